// YAML as plain lists, maps and texts with their lines. The failsafe schema: every scalar stays the text it is, nothing becomes
// a floating point number. What plans do not use (aliases, tags, several documents) is refused by name.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, Scalar, YAMLError, YAMLMap, YAMLSeq, YAMLWarning } from 'yaml';
import type { Problem } from '../../problem.ts';

type LinePosition = ReturnType<LineCounter['linePos']>;

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
    const lines = new LineCounter();
    const document = parseDocument(yaml, {
        schema: 'failsafe',
        uniqueKeys: false,
        lineCounter: lines,
        prettyErrors: false
    });
    const problems = [...document.errors, ...document.warnings].map((error) =>
        invalid(error, yaml, lines.linePos(error.pos[0]))
    );
    if (problems.length === 0 && !document.contents)
        problems.push(problem('PLAN_EMPTY', 'the plan', '', 'Write a plan; see plan-language.md.'));
    const tree = problems.length === 0 ? treeOf(document.contents, lines, problems) : null;
    return { tree: problems.length === 0 ? tree : null, problems };
}

function invalid(error: YAMLError | YAMLWarning, yaml: string, { line, col }: LinePosition): Problem {
    const why = error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
    const hint =
        'An expression with commas, colons or quotes that stands inside { } or [ ] must be in double quotes.';
    const text = yaml.split(/\r?\n/)[line - 1]?.trim() ?? '';
    return problem(
        'YAML_INVALID',
        positionText({ line, column: col }),
        text,
        `Correct the YAML: ${why}. ${hint}`
    );
}

// In YAML a comma inside { } or [ ] ends a value, also where it stands in brackets: { value: min(a, b) } is read as `min(a` and a
// key `b)`. No expression has an open bracket, so such pieces are put together again.

function joinValues(map: YAMLMap): void {
    if (!map.flow) return;
    for (let index = 0; index < map.items.length; index++) {
        const { value } = map.items[index]!;
        const rest = map.items.slice(index + 1).map((pair) => (pair.value === null ? pair.key : null));
        map.items.splice(index + 1, join(value, rest));
    }
}

function joined(list: YAMLSeq): unknown[] {
    if (!list.flow) return list.items;
    const items = [...list.items];
    for (let index = 0; index < items.length; index++)
        items.splice(index + 1, join(items[index], items.slice(index + 1)));
    return items;
}

/** Adds the pieces that close the brackets of `first` to it; how many they were, 0 where they do not close them. */
function join(first: unknown, rest: unknown[]): number {
    const pieces = [first, ...rest];
    let text = '';
    for (const [index, piece] of pieces.entries()) {
        if (!isScalar(piece) || piece.type !== 'PLAIN') return 0;
        text += `${index === 0 ? '' : ', '}${String(piece.value)}`;
        if (openBrackets(text) > 0) continue;
        if (index > 0) (first as Scalar).value = text;
        return index;
    }
    return 0;
}

function openBrackets(text: string): number {
    const bare = text.replace(/'[^']*'|"[^"]*"/g, '');
    return bare.split('(').length - bare.split(')').length;
}

export function positionText({ line, column }: Position): string {
    return `line ${line}, column ${column}`;
}

function treeOf(node: Node | null | undefined, lines: LineCounter, problems: Problem[]): Tree {
    const { line, col: column } = lines.linePos(node?.range?.[0] ?? 0);
    if (!node) return { kind: 'text', text: '', isPlain: true, line, column };
    if (node.tag && !/^tag:yaml.org,2002:(str|map|seq)$/.test(node.tag))
        problems.push(problem('YAML_TAG', positionText({ line, column }), node.tag, 'Leave out the tag.'));
    if (isScalar(node)) {
        const isPlain = node.type === 'PLAIN';
        return { kind: 'text', text: String(node.value ?? ''), isPlain, line, column };
    }
    if (isSeq(node)) {
        const items = joined(node).map((item) => treeOf(item as Node, lines, problems));
        return { kind: 'list', items, line, column };
    }
    if (isMap(node)) {
        joinValues(node);
        const entries = node.items.map(({ key, value }) => {
            const keyTree = treeOf(key as Node, lines, problems);
            if (keyTree.kind !== 'text')
                problems.push(
                    problem('YAML_KEY', positionText(keyTree), '', 'Write a word before the colon.')
                );
            const valueTree = value
                ? treeOf(value as Node, lines, problems)
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
