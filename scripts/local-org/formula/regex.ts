// REGEX(): the whole text must match a Java pattern. Patterns are literals that mean the same in JavaScript; what means
// something else there is refused when the formula is deployed.
import { checkCount, checkType } from './builders.ts';
import type { Part } from './builders.ts';
import { FormulaProblem } from './parse.ts';
import type { FormulaNode } from './parse.ts';

/** POSIX classes, inline flags, possessive quantifiers, class intersections, quotes, atomic groups. */
const JAVA_ONLY = /\\[pPQEAZzGhHRX]|\(\?[a-zA-Z>]|[*+?}]\+|&&|\[[^\]]*\[/;

export function regex(args: Part[], nodes: FormulaNode[]): Part {
    checkCount('REGEX', args, 2, 2);
    for (const arg of args) checkType('REGEX', arg, ['text']);
    const pattern = compiledPattern(nodes[1]);
    const [text] = args;
    return { type: 'boolean', run: (env) => pattern.test(String(text.run(env) ?? '')) };
}

function compiledPattern(node: FormulaNode): RegExp {
    if (node.kind !== 'text')
        throw new FormulaProblem('The local org supports REGEX() only with a literal pattern.');
    if (JAVA_ONLY.test(node.value))
        throw new FormulaProblem(`The local org does not support this pattern in REGEX(): ${node.value}`);
    try {
        return new RegExp(`^(?:${node.value})$`);
    } catch {
        throw new FormulaProblem(`REGEX(): "${node.value}" is no regular expression.`);
    }
}
