import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { SECRET_NAMES, loggerOptions } from '../../src/logging.ts';
import { KEY, ORG_ID, basic, signedIn, testApp } from '../support/test-app.ts';

const SECRET = 'S3cret-Zebra';

test('nothing secret that is sent to any route reaches the log', async () => {
    const { ask, close, log } = await testApp({
        verifyOutbound: async () => {
            throw Object.assign(new Error(`token ${SECRET}`), { token: SECRET, clientSecret: SECRET });
        }
    });
    const document = (await ask({ url: '/openapi.json' })).json();
    const routes = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => ({ method, url: path.replace(/\{\w+\}/g, SECRET) }))
    );
    // After it the org is refused everything.
    routes.sort((a, b) => Number(a.url.endsWith('/disconnect')) - Number(b.url.endsWith('/disconnect')));
    const credentials = [
        signedIn(),
        { authorization: basic(ORG_ID, SECRET), 'x-spm-org': ORG_ID },
        {
            authorization: `Bearer ${SECRET}`,
            'x-spm-org': SECRET,
            'x-spm-user': SECRET,
            cookie: `sid=${SECRET}`
        }
    ];
    for (const { method, url } of [...routes, { method: 'get', url: `/${SECRET}?token=${SECRET}` }]) {
        for (const headers of credentials) {
            const payload =
                method === 'post' && !url.endsWith('/verify')
                    ? { kind: 'pipeline', name: SECRET, amount: SECRET }
                    : undefined;
            await ask({ method: method.toUpperCase(), url: `${url}?key=${SECRET}`, headers, payload });
        }
    }
    const text = log.join('');
    expect(log.length).toBeGreaterThan(30);
    expect(text).toContain('request failed');
    for (const secret of [
        SECRET,
        KEY,
        Buffer.from(`${ORG_ID}:${KEY}`).toString('base64'),
        'client-secret-value'
    ]) {
        expect(text).not.toContain(secret);
    }
    await close();
});

test.each(SECRET_NAMES)('%s is removed wherever a logged object holds it', (name) => {
    const lines: string[] = [];
    const log = pino(loggerOptions('info'), { write: (line: string) => void lines.push(line) });
    log.info({ [name]: SECRET, run: { [name]: SECRET, deal: { [name]: SECRET } } }, 'a run');
    expect(lines.join('')).not.toContain(SECRET);
    expect(lines.join('')).toContain('[removed]');
});

test('an error is logged by its code and place, without its words', () => {
    const lines: string[] = [];
    const log = pino(loggerOptions('info'), { write: (line: string) => void lines.push(line) });
    const error = Object.assign(new Error(`Bad value '${SECRET}'`), { errorCode: 'INVALID_FIELD' });
    log.error({ err: error }, 'run had an error');
    expect(lines[0]).toContain('INVALID_FIELD');
    expect(lines[0]).not.toContain(SECRET);
});

test('requests are logged with their id and route, and runs with their key', async () => {
    const { ask, close, log, desk } = await testApp();
    const headers = { ...signedIn(), 'x-request-id': 'request-7' };
    await ask({ method: 'POST', url: '/v1/runs', headers, payload: { kind: 'pipeline' } });
    const asked = log.map((line) => JSON.parse(line)).find((line) => line.msg === 'run requested');
    expect(asked).toMatchObject({ reqId: 'request-7', runKey: desk.runs[0].runKey });
    await close();
});
