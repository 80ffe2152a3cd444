// Record ids of generated data: key prefix and a number, in the org's own 18-character form.
import { to18 } from '../../local-org/ids.ts';

/** `demoId('006', 17)` is the same id at every run. The fourth and fifth character mark the demo's own rows. */
export function demoId(keyPrefix: string, index: number): string {
    return to18(keyPrefix + 'Dm' + index.toString(36).toUpperCase().padStart(10, '0'));
}
