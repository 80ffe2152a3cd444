// A number over the hashes of a set of rows, in any order: who reads the rows later sees by it whether they are all there, as they
// were. It tells half a set from a whole one; that nobody has forged rows is for the chain (hash-chain.ts).

/** So many hexadecimal digits of each hash are added up: 64 bits. */
const DIGITS = 16;

/** Sixteen hexadecimal digits. The seal of seals is the seal of all their rows. */
export function sealOf(hashes: Iterable<string>): string {
    let sum = 0n;
    for (const hash of hashes) sum += BigInt(`0x${hash.slice(0, DIGITS)}`);
    return BigInt.asUintN(4 * DIGITS, sum)
        .toString(16)
        .padStart(DIGITS, '0');
}
