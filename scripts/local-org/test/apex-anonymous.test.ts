// executeAnonymous by SOAP, as `sf apex run` and jsforce call it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apexClass, deployZip } from './support/deploy-zip.ts';
import { startTestOrg, TEAM } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let server: TestOrg;
beforeAll(async () => {
    server = await startTestOrg();
    server.admin.metadata.pollInterval = 10;
    const source = 'public class Sums { public static Integer two() { return 1 + 1; } }';
    const zip = deployZip({ ApexClass: ['Sums'] }, apexClass('Sums', source));
    await server.admin.metadata.deploy(zip.toString('base64') as never, {}).complete(true);
});
afterAll(() => server.stop());

async function execute(code: string, username?: string): Promise<string> {
    const token = server.org.auth.issueToken(
        username ? server.org.users.byUsername(username)!.userId : server.org.adminUserId
    );
    const escaped = code.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>
        <SessionHeader><sessionId>${token}</sessionId></SessionHeader></e:Header><e:Body>
        <executeAnonymous><apexcode>${escaped}</apexcode></executeAnonymous></e:Body></e:Envelope>`;
    const response = await fetch(`${server.url}/services/Soap/s/65.0/${server.org.orgId}`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml', SOAPAction: 'executeAnonymous' },
        body: envelope
    });
    return response.text();
}

describe('anonymous Apex', () => {
    test('runs statements with the deployed classes, keeps what it saved and shows what it debugged', async () => {
        const answer = await execute(
            "Account made = new Account(Name = 'By statement');\ninsert made;\nSystem.debug('two is ' + Sums.two());"
        );
        expect(answer).toContain('<compiled>true</compiled>');
        expect(answer).toContain('<success>true</success>');
        expect(answer).toMatch(/\|USER_DEBUG\|\[3\]\|DEBUG\|two is 2\n/);
        const found = await server.admin.query("SELECT Id FROM Account WHERE Name = 'By statement'");
        expect(found.totalSize).toBe(1);
    });

    test('that throws says where, and nothing of it is kept', async () => {
        const answer = await execute(
            "insert new Account(Name = 'Lost');\nInteger none = null;\nnone.format();"
        );
        expect(answer).toContain('<compiled>true</compiled>');
        expect(answer).toContain('<success>false</success>');
        expect(answer).toContain('<line>3</line>');
        expect(answer).toContain('<exceptionMessage>System.NullPointerException: ');
        expect(answer).toContain('<exceptionStackTrace>AnonymousBlock: line 3, column 1');
        expect((await server.admin.query("SELECT Id FROM Account WHERE Name = 'Lost'")).totalSize).toBe(0);
    });

    test.each([
        ['Integer x = ;', 1],
        ["String a = 'b';\nNobody.answer();", 2],
        ['} public static void other() { }', 1]
    ])('that does not compile (%j) is told with its line and does not run', async (code, line) => {
        const answer = await execute(code);
        expect(answer).toContain('<compiled>false</compiled>');
        expect(answer).toContain(`<line>${line}</line>`);
        expect(answer).toMatch(/<compileProblem>.+<\/compileProblem>/);
    });

    test('with methods or types is refused by name, and to users who may not change the setup', async () => {
        expect(await execute('void helper() { }\nhelper();')).toContain(
            'methods and types in anonymous Apex'
        );
        expect(await execute('System.debug(1);', TEAM.rep)).toContain('<faultcode>sf:INSUFFICIENT_ACCESS');
    });
});
