// Commas in the round brackets of an expression that stands in { } or [ ] as it is: hidden from YAML, which would end the value
// there, and shown again in what it reads.
const HIDDEN = '\uE000';

export function showCommas(text: string): string {
    return text.replaceAll(HIDDEN, ',');
}

export function hideCommas(yaml: string): string {
    let [read, at, depth, round] = ['', 0, 0, 0];
    while (at < yaml.length) {
        const letter = yaml[at]!;
        const taken = depth > 0 ? quotedOrComment(yaml, at, round > 0) : letter;
        at += taken.length;
        read += round > 0 ? taken.replaceAll(',', HIDDEN) : taken;
        if (taken.length > 1) continue;
        if (depth > 0 && letter === '(') round++;
        if (round > 0 && letter === ')') round--;
        if (round === 0 && '{['.includes(letter) && (depth > 0 || beginsValue(yaml, at - 1))) depth++;
        if (round === 0 && depth > 0 && '}]'.includes(letter)) depth--;
    }
    return read;
}

/** A text in quotes or a comment as a whole, else one letter. Quotes count where a value begins, and in round brackets. */
function quotedOrComment(yaml: string, at: number, isInBrackets: boolean): string {
    const letter = yaml[at]!;
    const before = yaml.slice(0, at).trimEnd().at(-1) ?? '';
    if (letter === '#' && /\s/.test(yaml[at - 1] ?? '')) return yaml.slice(at).split('\n', 1)[0]!;
    if (!'"\''.includes(letter) || !(isInBrackets || '{[,:'.includes(before))) return letter;
    const quoted = letter === '"' ? /"(?:[^"\\]|\\[^])*"/y : /'(?:[^']|'')*'/y;
    quoted.lastIndex = at;
    return quoted.exec(yaml)?.[0] ?? letter;
}

/** Whether a bracket stands where a value begins: first in its line, or behind a key or a dash. */
function beginsValue(yaml: string, at: number): boolean {
    const line = yaml.slice(yaml.lastIndexOf('\n', at - 1) + 1, at).trimEnd();
    return line === '' || line.endsWith(':') || line.endsWith('-');
}
