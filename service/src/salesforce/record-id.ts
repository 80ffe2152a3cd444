// Salesforce record ids: the 18-character form carries a checksum over the capitals of the first 15.

const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** `00D000000000001` gives `00D000000000001EAA`. */
export function toId18(id15: string): string {
    let suffix = '';
    for (let start = 0; start < 15; start += 5) {
        let bits = 0;
        for (let offset = 0; offset < 5; offset += 1) {
            const letter = id15[start + offset];
            if (letter >= 'A' && letter <= 'Z') bits |= 1 << offset;
        }
        suffix += SUFFIX[bits];
    }
    return id15 + suffix;
}

export function isId18(text: string): boolean {
    return /^[A-Za-z0-9]{18}$/.test(text) && toId18(text.slice(0, 15)) === text;
}
