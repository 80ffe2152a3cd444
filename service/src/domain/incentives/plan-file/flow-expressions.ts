// In YAML a comma inside { } or [ ] ends a value, also where it stands in the brackets of an expression: in
// { when: product in ('A', 'B'), value: min(a, b) } it would cut both in pieces. Such expressions are put in double quotes before
// the YAML is read, so that authors need not. Everything else is left as it stands.

export interface QuotedText {
    text: string;
    /** where a character of the new text stood in the old one */
    originalOffset(offset: number): number;
}

/** Up to the value of a line outside of { } and [ ]: indentation, dashes, a key with its colon. */
const BEFORE_VALUE =
    /[ ]*(?:-[ ]+)*(?:(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\s'"{}[\],#][^#{}[\]"'\n]*?):[ ]+)?(?=[{[])/y;
/** `key: |` and `key: >`: what follows, further in, is text. */
const BLOCK_TEXT = /^( *)[^\n]*[:-][ ]+[|>][-+\d]*[ ]*(?:#.*)?$/;
const PLAIN_END = /[,{}[\]\n]|:\s/g;
const QUOTED = /"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*'/y;

export function quoteFlowExpressions(yaml: string): QuotedText {
    const quoter = new Quoter(yaml);
    quoter.readLines();
    return quoter.quoted();
}

class Quoter {
    readonly #yaml: string;
    /** expressions to be quoted, as [from, to) */
    readonly #found: [number, number][] = [];

    constructor(yaml: string) {
        this.#yaml = yaml;
    }

    readLines(): void {
        let textIndent = -1;
        for (let at = 0; at < this.#yaml.length;) {
            const end = this.#endOfLine(at);
            const line = this.#yaml.slice(at, end);
            const indent = line.search(/[^ ]/);
            if (textIndent >= 0 && (indent > textIndent || line.trim() === '')) {
                at = end + 1;
                continue;
            }
            textIndent = BLOCK_TEXT.exec(line)?.[1]?.length ?? -1;
            BEFORE_VALUE.lastIndex = at;
            const begin = BEFORE_VALUE.exec(this.#yaml) ? BEFORE_VALUE.lastIndex : null;
            at = begin === null ? end + 1 : this.#endOfLine(this.#readFlow(begin)) + 1;
        }
    }

    quoted(): QuotedText {
        const shifts: { from: number; by: number }[] = [];
        let text = '';
        let last = 0;
        let grown = 0;
        for (const [from, to] of this.#found) {
            const expression = this.#yaml.slice(from, to);
            const written = JSON.stringify(expression);
            text += this.#yaml.slice(last, from);
            shifts.push({ from: text.length, by: grown });
            text += written;
            grown += written.length - expression.length;
            shifts.push({ from: text.length, by: grown });
            last = to;
        }
        const shiftAt = (offset: number): number => shifts.findLast(({ from }) => from <= offset)?.by ?? 0;
        return { text: text + this.#yaml.slice(last), originalOffset: (offset) => offset - shiftAt(offset) };
    }

    #endOfLine(at: number): number {
        const end = this.#yaml.indexOf('\n', at);
        return end < 0 ? this.#yaml.length : end;
    }

    /** From the opening bracket to behind the one that closes it. */
    #readFlow(begin: number): number {
        let depth = 0;
        let at = begin;
        while (at < this.#yaml.length) {
            const letter = this.#yaml[at]!;
            if (letter === '{' || letter === '[') depth++;
            if (letter === '}' || letter === ']') depth--;
            if (/[{}[\],\s]/.test(letter) || (letter === ':' && /\s/.test(this.#yaml[at + 1] ?? ' '))) at++;
            else if (letter === '#') at = this.#endOfLine(at);
            else if (letter === '"' || letter === "'") at = this.#afterKey(this.#afterQuotes(at) ?? at + 1);
            else at = this.#readWord(at);
            if (depth === 0) return at;
        }
        return at;
    }

    /** A key in quotes may have its value right behind the colon, as JSON is written. */
    #afterKey(at: number): number {
        return this.#yaml[at] === ':' ? at + 1 : at;
    }

    #afterQuotes(at: number): number | null {
        QUOTED.lastIndex = at;
        return QUOTED.test(this.#yaml) ? QUOTED.lastIndex : null;
    }

    /** A value without quotes; noted where it has a comma in its brackets. Returns where it ends. */
    #readWord(begin: number): number {
        const { end, isCut } = this.#wordAt(begin);
        if (isCut) {
            const trimmed = this.#yaml.slice(begin, end).trimEnd();
            this.#found.push([begin, begin + trimmed.length]);
        }
        return end;
    }

    #wordAt(begin: number): { end: number; isCut: boolean } {
        let open = 0;
        let isCut = false;
        /** where the word ends for YAML, should its brackets not close */
        let plainEnd: number | null = null;
        for (let at = begin; at < this.#yaml.length; at++) {
            const letter = this.#yaml[at]!;
            const isEnd = /[,{}[\]]/.test(letter) || /^(:\s|\s#)/.test(this.#yaml.slice(at, at + 2));
            if (open === 0 && isEnd) return { end: at, isCut };
            if (isEnd) plainEnd ??= at;
            if (open > 0 && letter !== ',' && isEnd) break;
            if (letter === '(') open++;
            if (letter === ')') open--;
            if (open < 0) break;
            if (open > 0 && (letter === "'" || letter === '"')) at = (this.#afterQuotes(at) ?? at + 1) - 1;
            if (open > 0 && letter === ',') isCut = true;
        }
        return { end: plainEnd ?? this.#plainEnd(begin), isCut: false };
    }

    #plainEnd(begin: number): number {
        PLAIN_END.lastIndex = begin + 1;
        return PLAIN_END.exec(this.#yaml)?.index ?? this.#yaml.length;
    }
}
