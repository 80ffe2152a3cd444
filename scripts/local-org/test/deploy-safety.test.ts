// What hostile or broken deploys are answered, and that the org is as before: through the SOAP door, by jsforce and fetch.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { claiming, joined } from './support/crooked-zip.ts';
import { deployZip, metadata, objectXml } from './support/deploy-zip.ts';
import { ADMIN, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

const OBJECT = 'objects/Thing__c.object';
const MANIFEST = '<types><members>Thing__c</members><name>CustomObject</name></types><version>65.0</version>';
const GOOD = deployZip({ CustomObject: ['Thing__c'] }, { [OBJECT]: objectXml('Thing') });

let server: TestOrg;
let before: unknown;

beforeAll(async () => {
    server = await startTestOrg();
    server.admin.metadata.pollInterval = 10;
});

afterAll(() => server.stop());

beforeEach(() => {
    before = state();
});

/** Everything a deploy could have touched. */
function state(): unknown {
    const { db } = server.org;
    const tables = db.prepare("SELECT name, sql FROM sqlite_master WHERE name <> 'local_org_deploy'").all();
    return { tables, components: db.prepare('SELECT * FROM local_org_component').all() };
}

async function send(zip: Buffer): Promise<Record<string, unknown>> {
    const job = server.admin.metadata.deploy(zip.toString('base64') as never, {});
    return (await job.complete(true)) as unknown as Record<string, unknown>;
}

const withFiles = (files: Record<string, string>): Buffer =>
    deployZip({ CustomObject: ['Thing__c'] }, { [OBJECT]: objectXml('Thing'), ...files });
const big = withFiles({ 'staticresources/Zeros.resource': '0'.repeat(3_000_000) });

describe('a zip is refused and the org is as before when', () => {
    const cases: [string, Buffer, string, string][] = [
        ['it is no zip', Buffer.from('hello'), 'UNKNOWN_EXCEPTION', 'it has no directory'],
        ['it is cut off', GOOD.subarray(0, -30), 'UNKNOWN_EXCEPTION', 'it has no directory'],
        [
            'its directory is cut off',
            Buffer.concat([GOOD.subarray(0, 200), GOOD.subarray(-22)]),
            'UNKNOWN_EXCEPTION',
            'its directory ends too early'
        ],
        ['it has no package.xml', deployZip({}, {}, 'a/b/'), 'INVALID_CROSS_REFERENCE_KEY', 'No package.xml'],
        [
            'a path leads up',
            withFiles({ '../../etc/passwd': 'x' }),
            'UNKNOWN_EXCEPTION',
            'outside the package'
        ],
        ['a path is absolute', withFiles({ '/etc/passwd': 'x' }), 'UNKNOWN_EXCEPTION', 'outside the package'],
        ['a path has a drive', withFiles({ 'C:/x': 'x' }), 'UNKNOWN_EXCEPTION', 'outside the package'],
        ['a path has backslashes', withFiles({ '..\\x': 'x' }), 'UNKNOWN_EXCEPTION', 'outside the package'],
        [
            'a path is there twice',
            joined(
                { 'package.xml': metadata('Package', MANIFEST), [OBJECT]: objectXml('One') },
                { [OBJECT]: objectXml('Two') }
            ),
            'UNKNOWN_EXCEPTION',
            'twice'
        ],
        [
            'a file is larger than it says',
            claiming(big, 'staticresources/Zeros.resource', { size: 10 }),
            'UNKNOWN_EXCEPTION',
            'another size'
        ],
        [
            'a file is smaller than it says',
            claiming(GOOD, OBJECT, { size: 100_000 }),
            'UNKNOWN_EXCEPTION',
            'another size'
        ],
        [
            'its files say they are more than 400 MB',
            claiming(big, 'staticresources/Zeros.resource', { size: 0xf000_0000 }),
            'LIMIT_EXCEEDED',
            'unpacks to more than'
        ],
        [
            'the bytes of a file were changed',
            claiming(GOOD, OBJECT, { checksum: 1 }),
            'UNKNOWN_EXCEPTION',
            'checksum'
        ],
        [
            'a file has two names',
            claiming(GOOD, OBJECT, { localName: 'objects/Thonk' }),
            'UNKNOWN_EXCEPTION',
            'another name'
        ],
        ['a file is encrypted', claiming(GOOD, OBJECT, { flags: 1 }), 'UNKNOWN_EXCEPTION', 'encrypted'],
        [
            'a file is a symbolic link',
            claiming(GOOD, OBJECT, { attributes: 0o120777 * 0x10000 }),
            'UNKNOWN_EXCEPTION',
            'symbolic link'
        ],
        [
            'a file is packed strangely',
            claiming(GOOD, OBJECT, { method: 12 }),
            'UNKNOWN_EXCEPTION',
            'deflate'
        ],
        [
            'it has more than 10,000 files',
            withFiles(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f/${index}`, '']))),
            'INVALID_OPERATION',
            'Too many files in zip'
        ]
    ];

    test.each(cases)('%s', async (_when, zip, errorStatusCode, words) => {
        const result = await send(zip);
        expect(result).toMatchObject({ status: 'Failed', success: false, errorStatusCode });
        expect(result['errorMessage']).toContain(words);
        expect(String(result['errorMessage'])).toMatch(new RegExp(`^${errorStatusCode}: `));
        expect(state()).toEqual(before);
    });

    test('there is none', async () => {
        await expect(send(Buffer.alloc(0))).rejects.toMatchObject({
            name: 'sf:INVALID_OPERATION',
            message: expect.stringContaining('No zip file content passed in')
        });
    });
});

test('10,000 files are not too many', async () => {
    const files = Array.from({ length: 9_998 }, (_, index) => [`f/${index}`, '']);
    expect(await send(withFiles(Object.fromEntries(files)))).toMatchObject({ status: 'Succeeded' });
});

describe('a request past 52,428,800 bytes is refused with the limit', () => {
    const words = 'Maximum size of request reached. Maximum size of request is 52428800 bytes.';

    test('by SOAP', async () => {
        const zip = Buffer.alloc(40_000_000);
        await expect(send(zip)).rejects.toMatchObject({
            name: 'sf:LIMIT_EXCEEDED',
            message: expect.stringContaining(words)
        });
        expect(state()).toEqual(before);
    });

    test('by REST', async () => {
        const form = new FormData();
        form.append('entity_content', JSON.stringify({ deployOptions: {} }));
        form.append('file', new Blob([new Uint8Array(53_000_000)]), 'package.xml');
        const request = new Request(server.url, { method: 'POST', body: form });
        const response = await server.fetchAs(ADMIN, '/services/data/v65.0/metadata/deployRequest', {
            method: 'POST',
            body: await request.arrayBuffer(),
            headers: { 'Content-Type': request.headers.get('content-type')! }
        });
        expect(await response.json()).toEqual([{ errorCode: 'LIMIT_EXCEEDED', message: words }]);
        expect(state()).toEqual(before);
    });
});

test('after all of them a good package is still taken', async () => {
    expect(await send(GOOD)).toMatchObject({ status: 'Succeeded', success: true });
});
