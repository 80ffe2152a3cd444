// YAML as plain lists, maps and texts with their lines. The failsafe schema: every scalar stays the text it is, nothing becomes
// a floating point number. What plans do not use (aliases, tags, several documents) is refused by name.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, YAMLError, YAMLWarning } from 'yaml';
import type { Problem } from '../../problem.ts';
import { quoteFlowExpressions } from './flow-expressions.ts';

/** Where a character of the text that was parsed stands in the file. */
type Locate = (offset: number) => Position;

export type Tree = { line: number; column: number } &
    /** `isPlain`: without quotes */
    (
        | { kind: 'text'; text: string; isPlain: boolean }
        | { kind: 'list'; items: Tree[] }
        | { kind: 'map'; entries: { key: string; keyAt: Position; value: Tree }[] }
    );

export interface Position {
    line: number;
    column: number;
}

/** Null where the text is no YAML a plan can be read from; then the problems say why. */
export function readTree(yaml: string): { tree: Tree | null; problems: Problem[] } {
    try {
        return readShallowTree(yaml);
    } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        const tooDeep = problem('YAML_TOO_DEEP', 'the plan', '', 'Nest lists and maps less deeply.');
        return { tree: null, problems: [tooDeep] };
    }
}

function readShallowTree(yaml: string): { tree: Tree | null; problems: Problem[] } {
    const { text, originalOffset } = quoteFlowExpressions(yaml);
    const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
    const locate = locator(yaml, originalOffset);
    const problems = [...document.errors, ...document.warnings].map((error) => invalid(error, yaml, locate));
    if (problems.length === 0 && !document.contents)
        problems.push(problem('PLAN_EMPTY', 'the plan', '', 'Write a plan; see plan-language.md.'));
    const tree = problems.length === 0 ? treeOf(document.contents, locate, problems) : null;
    return { tree: problems.length === 0 ? tree : null, problems };
}

function locator(yaml: string, originalOffset: (offset: number) => number): Locate {
    const lines = new LineCounter();
    for (let at = 0; at >= 0; at = yaml.indexOf('\n', at) + 1 || -1) lines.addNewLine(at);
    return (offset) => {
        const { line, col } = lines.linePos(originalOffset(offset));
        return { line, column: col };
    };
}

function invalid(error: YAMLError | YAMLWarning, yaml: string, locate: Locate): Problem {
    const position = locate(error.pos[0]);
    const hint = 'A value with commas or colons inside { } or [ ] must be in double quotes.';
    const text = yaml.split(/\r?\n/)[position.line - 1]?.trim() ?? '';
    return problem(
        'YAML_INVALID',
        positionText(position),
        text,
        `Correct the YAML: ${error.message}. ${hint}`
    );
}

export function positionText({ line, column }: Position): string {
    return `line ${line}, column ${column}`;
}

function treeOf(node: Node | null | undefined, locate: Locate, problems: Problem[]): Tree {
    const { line, column } = locate(node?.range?.[0] ?? 0);
    if (!node) return { kind: 'text', text: '', isPlain: true, line, column };
    if (node.tag && !/^tag:yaml.org,2002:(str|map|seq)$/.test(node.tag))
        problems.push(problem('YAML_TAG', positionText({ line, column }), node.tag, 'Leave out the tag.'));
    if (isScalar(node)) {
        const isPlain = node.type === 'PLAIN';
        return { kind: 'text', text: String(node.value ?? ''), isPlain, line, column };
    }
    if (isSeq(node)) {
        const items = node.items.map((item) => treeOf(item as Node, locate, problems));
        return { kind: 'list', items, line, column };
    }
    if (isMap(node)) {
        const entries = node.items.map(({ key, value }) => {
            const keyTree = treeOf(key as Node, locate, problems);
            if (keyTree.kind !== 'text')
                problems.push(
                    problem('YAML_KEY', positionText(keyTree), '', 'Write a word before the colon.')
                );
            const valueTree = value
                ? treeOf(value as Node, locate, problems)
                : { ...keyTree, kind: 'text' as const, text: '', isPlain: true };
            return { key: keyTree.kind === 'text' ? keyTree.text : '', keyAt: keyTree, value: valueTree };
        });
        return { kind: 'map', entries, line, column };
    }
    const name = isAlias(node) ? `*${node.source}` : '';
    problems.push(
        problem(
            'YAML_ALIAS',
            positionText({ line, column }),
            name,
            'Write the value out instead of an alias.'
        )
    );
    return { kind: 'text', text: '', isPlain: true, line, column };
}

function problem(code: string, where: string, value: string, fix: string): Problem {
    return { code, where, value, fix };
}
