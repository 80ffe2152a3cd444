// Apex source to the parser's tree, once per text; small readers of that tree shared by the compiler.
import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import type {
    ApexParser,
    ApexParserRuleContext,
    CompilationUnitContext,
    IdContext,
    ModifierContext,
    TriggerUnitContext,
    TypeRefContext
} from '@apexdevtools/apex-parser';
import type { ApexProblem } from '../errors.ts';
import type { Access, Annotations, Sharing } from '../model.ts';
import type { WrittenType } from '../program.ts';

/** A source file and its tree. */
export interface ParsedSource<Unit> {
    name: string;
    unit: Unit;
    problems: ApexProblem[];
    /** Source by parser positions, which count characters and not UTF-16 units. */
    text(start: number, end: number): string;
}

export type ParsedClass = ParsedSource<CompilationUnitContext>;
export type ParsedTrigger = ParsedSource<TriggerUnitContext>;

class SyntaxErrors extends ApexErrorListener {
    readonly found: { line: number; message: string }[] = [];
    override apexSyntaxError(line: number, _column: number, message: string): void {
        this.found.push({ line, message });
    }
}

const parsed = new Map<string, ParsedSource<unknown>>();
const MAX_CACHED_SOURCES = 500;

export const parseClass = (name: string, source: string): ParsedClass =>
    parse(name, source, (parser) => parser.compilationUnit());

export const parseTrigger = (name: string, source: string): ParsedTrigger =>
    parse(name, source, (parser) => parser.triggerUnit());

function parse<Unit extends ApexParserRuleContext>(
    name: string,
    source: string,
    read: (parser: ApexParser) => Unit
): ParsedSource<Unit> {
    const key = `${name}\u0000${source}`;
    const known = parsed.get(key);
    if (known) return known as ParsedSource<Unit>;
    if (parsed.size >= MAX_CACHED_SOURCES) parsed.clear();
    const listener = new SyntaxErrors();
    const unit = read(ApexParserFactory.createLexerAndParser(source, listener).parser);
    const characters = /[\ud800-\udbff]/.test(source) ? [...source] : null;
    const result: ParsedSource<Unit> = {
        name,
        unit,
        problems: listener.found.map(({ line, message }) => ({
            className: name,
            line,
            message: `Syntax error: ${message}`
        })),
        text: (start, end) => (characters ? characters.slice(start, end).join('') : source.slice(start, end))
    };
    parsed.set(key, result);
    return result;
}

/** A type written as text, as Type.forName takes it; undefined when it is none. */
export function parseType(text: string): WrittenType | undefined {
    const listener = new SyntaxErrors();
    const { parser } = ApexParserFactory.createLexerAndParser(text, listener);
    const ctx = parser.typeRef();
    const isWhole = listener.found.length === 0 && ctx.stop?.stop === text.trimEnd().length - 1;
    return isWhole ? writtenType(ctx) : undefined;
}

export const lineOf = (ctx: ApexParserRuleContext): number => ctx.start.line;
export const nameOf = (id: IdContext): string => id.getText();

export function writtenType(ctx: TypeRefContext): WrittenType {
    const names = ctx.typeName_list();
    const last = names[names.length - 1];
    const written: WrittenType = {
        path: names.map((one) => (one.id() ?? one.LIST() ?? one.SET() ?? one.MAP()).getText()),
        arguments: last.typeArguments()?.typeList().typeRef_list().map(writtenType) ?? [],
        line: lineOf(ctx)
    };
    const dimensions = ctx.arraySubscripts()?.LBRACK_list().length ?? 0;
    let type = written;
    for (let dimension = 0; dimension < dimensions; dimension++) {
        type = { path: ['List'], arguments: [type], line: written.line };
    }
    return type;
}

export function writtenText(type: WrittenType): string {
    const inner = type.arguments.map(writtenText).join(', ');
    return type.path.join('.') + (inner ? `<${inner}>` : '');
}

export interface Modifiers {
    access: Access;
    /** The access is written, not the default. */
    hasAccess: boolean;
    sharing: Sharing;
    isStatic: boolean;
    isAbstract: boolean;
    isVirtual: boolean;
    isOverride: boolean;
    isFinal: boolean;
    isTransient: boolean;
    isTestMethod: boolean;
    annotations: Annotations;
}

export function readModifiers(list: ModifierContext[]): Modifiers {
    const words = new Set(
        list.filter((one) => !one.annotation()).map((one) => spacedText(one).toLowerCase())
    );
    const written = (['global', 'public', 'protected', 'private'] as const).find((word) => words.has(word));
    const access = written ?? 'private';
    const sharing =
        (['with', 'without', 'inherited'] as const).find((word) => words.has(`${word} sharing`)) ?? 'omitted';
    return {
        access: words.has('webservice') ? 'global' : access,
        hasAccess: written !== undefined,
        sharing,
        isStatic: words.has('static'),
        isAbstract: words.has('abstract'),
        isVirtual: words.has('virtual'),
        isOverride: words.has('override'),
        isFinal: words.has('final'),
        isTransient: words.has('transient'),
        isTestMethod: words.has('testmethod'),
        annotations: readAnnotations(list)
    };
}

function spacedText(one: ModifierContext): string {
    return (one.children ?? []).map((child) => child.getText()).join(' ');
}

function readAnnotations(list: ModifierContext[]): Annotations {
    const annotations: Annotations = new Map();
    for (const modifier of list) {
        const annotation = modifier.annotation();
        if (!annotation) continue;
        const pairs = new Map<string, string>();
        for (const pair of annotation.elementValuePairs()?.elementValuePair_list() ?? []) {
            pairs.set(nameOf(pair.id()).toLowerCase(), pair.elementValue().getText());
        }
        annotations.set(nameOf(annotation.id()).toLowerCase(), pairs);
    }
    return annotations;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The text a string literal stands for. */
export function stringOf(literal: string): string {
    const body = literal.startsWith("'''")
        ? literal.slice(3, -3).replace(/^\r?\n/, '')
        : literal.slice(1, -1);
    return body.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_all, code: string | undefined, letter: string) =>
        code ? String.fromCharCode(parseInt(code, 16)) : (ESCAPES[letter] ?? letter)
    );
}
