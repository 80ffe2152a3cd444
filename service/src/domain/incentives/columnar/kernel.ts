// A generated kernel as functions. Only where code may be made from text, and only from text that was made here: the caller
// keeps it with its hash. Everywhere else operatorKernel (operators.ts) gives the same bits.
import type { Kernel } from './frame.ts';

export function generatedKernel(source: string): Kernel {
    return (new Function(source) as () => Kernel)();
}
