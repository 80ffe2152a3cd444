// The seal of a result worked out anew: a chain of hashes over each payee's statements, and one over everything.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { differences, type Finding } from './compare.ts';
import { asText, isExact, isTable, tables, type Data, type Table } from './data.ts';
import { written } from './exact.ts';

export function seals(result: Table): Finding[] {
    const { seal, ...rest } = result;
    const payees = isTable(result['payees']) ? result['payees'] : {};
    const keys = tables(result['periods']).map(({ key }) => asText(key));
    const chains = Object.entries(payees).map(([payee, told]): [string, Table] => {
        const statements = isTable(told) && isTable(told['periods']) ? told['periods'] : {};
        return [payee, chainOf(payee, statements, keys)];
    });
    const statements = Object.fromEntries(chains);
    const sealed = { statements, result: hash({ statements, result: rest }) };
    return differences(sealed, seal, 'seal').map((finding) => ({
        ...finding,
        why: 'it is not what was sealed'
    }));
}

function chainOf(payee: string, statements: Table, keys: readonly string[]): Table {
    let previous = '0'.repeat(64);
    const hashes: Record<string, string> = {};
    for (const key of keys) {
        const statement = statements[key];
        if (statement === undefined) continue;
        previous = hash({ content: { payee, period: key, statement }, previous });
        hashes[key] = previous;
    }
    return hashes;
}

function hash(data: Data): string {
    return bytesToHex(sha256(utf8ToBytes(inOrder(data))));
}

/** JSON without blanks, keys in order. */
function inOrder(data: Data): string {
    if (isExact(data)) return written(data);
    if (Array.isArray(data)) return `[${data.map(inOrder).join()}]`;
    if (!isTable(data)) return JSON.stringify(data);
    const keys = Object.keys(data).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${inOrder(data[key]!)}`).join()}}`;
}
