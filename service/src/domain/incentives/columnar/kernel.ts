// A generated kernel as functions. Only where code may be made from text, and only from text that was made here: the caller
// keeps it with its hash. Everywhere else operatorKernel (operators.ts) gives the same bits.
import type { Kernel, Pass } from './frame.ts';
import type { KernelSource } from './kernel-source.ts';

export function generatedKernel({ first, second }: KernelSource): Kernel {
    return { first: compiled(first), second: compiled(second) };
}

function compiled(body: string): Pass {
    return new Function('f', 'from', 'to', 'k', 'l', body) as Pass;
}
