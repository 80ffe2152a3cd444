// `lightning/navigation` over the shell's router.
import { currentPage, onPage, open, urlOf, type PageReference } from '../platform/router.ts';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

type Constructor = new (...args: any[]) => object;

export function NavigationMixin<Base extends Constructor>(base: Base): Base {
    return class extends base {
        [Navigate](reference: PageReference, replace = false): void {
            open(urlOf(reference), { replace });
        }
        async [GenerateUrl](reference: PageReference): Promise<string> {
            return urlOf(reference);
        }
    };
}

NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;

/** Emits the bare reference, not `{ data }`. */
export class CurrentPageReference {
    private readonly emit: (reference: PageReference | undefined) => void;
    private stop: () => void = () => {};

    constructor(emit: (reference: PageReference | undefined) => void) {
        this.emit = emit;
        emit(currentPage());
    }

    connect(): void {
        this.stop = onPage((reference) => this.emit(reference));
    }

    update(): void {}

    disconnect(): void {
        this.stop();
    }
}
