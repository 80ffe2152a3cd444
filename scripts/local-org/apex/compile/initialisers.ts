// Field initialisers and initialiser blocks: compiled in source order, run when a class is first used or an object made.
import type { Frame } from '../transaction.ts';
import type { Scope } from './scope.ts';

export function initialiser(
    scope: Scope,
    isStatic: boolean,
    compile: (scope: Scope) => (frame: Frame) => void
): void {
    scope.isInitialising = true;
    const code = compile(scope);
    const list = isStatic ? scope.cls.staticInitialisers : scope.cls.instanceInitialisers;
    list.push(code);
    scope.cls.initialiserSlots = Math.max(scope.cls.initialiserSlots, scope.slots);
}
