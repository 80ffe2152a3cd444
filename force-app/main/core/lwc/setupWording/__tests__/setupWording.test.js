import { needsKey, wayIn, wayOut } from 'c/setupWording';

const refusal = (code) => ({ body: { message: JSON.stringify({ code, message: '' }) } });
const outcomes = (lines) => lines.map(({ key, outcome }) => `${key} ${outcome}`);
const ORG = '00D000000000001EAA';

describe('the way in', () => {
    it('is open in four lines when the service answered', () => {
        expect(outcomes(wayIn(undefined, ORG))).toEqual(['reach ok', 'keyOk ok', 'own ok', 'works ok']);
    });

    it.each([
        ['UNREACHABLE', ['reach failed', 'keyOk unknown', 'own unknown', 'works unknown']],
        ['NOT_CONNECTED', ['reach unknown', 'keyOk failed', 'own unknown', 'works unknown']],
        ['UNAUTHORIZED', ['reach ok', 'keyOk failed', 'own unknown', 'works unknown']],
        ['ORG_MISMATCH', ['reach ok', 'keyOk ok', 'own failed', 'works unknown']],
        ['TENANT_SUSPENDED', ['reach ok', 'keyOk ok', 'own ok', 'works failed']]
    ])('stops at one line after %s, which says what to do', (code, expected) => {
        const lines = wayIn(refusal(code), ORG);
        expect(outcomes(lines)).toEqual(expected);
        const stop = lines.find(({ outcome }) => outcome === 'failed');
        expect(stop).toMatchObject({ code, word: 'Missing', hasDetail: true });
        expect(stop.fix).not.toBe('');
    });

    it('names the org a copy needs a key for', () => {
        expect(wayIn(refusal('ORG_MISMATCH'), ORG)[2].fix).toContain(`for org ${ORG}`);
    });

    it('asks for the key only where a key would help', () => {
        const codes = ['NOT_CONNECTED', 'UNAUTHORIZED', 'ORG_MISMATCH', 'TENANT_DISCONNECTED'];
        expect(codes.every((code) => needsKey(refusal(code)))).toBe(true);
        expect(['UNREACHABLE', 'TENANT_SUSPENDED'].some((code) => needsKey(refusal(code)))).toBe(false);
        expect(needsKey(undefined)).toBe(false);
    });
});

describe('the way out', () => {
    it('waits for the way in', () => {
        const lines = wayOut(undefined);
        expect(lines).toHaveLength(8);
        expect(new Set(lines.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']));
    });

    it('has a line for each check of the service, with what is missing', () => {
        const missing = {
            name: 'writes',
            outcome: 'failed',
            code: 'OBJECT_NOT_WRITABLE',
            message: 'm',
            fix: 'f'
        };
        const fine = { name: 'signIn', outcome: 'ok', code: null, message: 'm', fix: null };
        const lines = wayOut([missing, fine]);
        expect(outcomes(lines)).toEqual(['signIn ok', 'writes failed']);
        expect(lines[1]).toMatchObject({ code: 'OBJECT_NOT_WRITABLE', message: 'm', fix: 'f' });
    });

    it('has a line for changes as they happen only where the service hears of them', () => {
        const heard = { name: 'changes', outcome: 'ok', code: null, message: 'm', fix: null };
        expect(wayOut([heard])).toMatchObject([{ key: 'changes', name: 'Changes as they happen' }]);
        expect(wayOut(undefined).some(({ key }) => key === 'changes')).toBe(false);
    });
});
