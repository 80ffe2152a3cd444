import { describeError } from 'c/errorMessages';

const ours = (code, message = 'why') => ({ body: { message: JSON.stringify({ code, message }) } });

describe('errorMessages', () => {
    it.each([
        ['NOT_CONNECTED', 'connection'],
        ['UNAUTHORIZED', 'connection'],
        ['ORG_MISMATCH', 'connection'],
        ['NO_ACCESS', 'access'],
        ['UNREACHABLE', 'error'],
        ['TIMEOUT', 'error'],
        ['RATE_LIMITED', 'error'],
        ['SERVICE_BUSY', 'error'],
        ['RUNS_WAITING', 'error'],
        ['SERVICE_ERROR', 'error'],
        ['FLAG_GONE', 'error']
    ])('knows our code %s as a problem of kind %s', (code, kind) => {
        const text = describeError(ours(code));
        expect(text).toMatchObject({ code, kind });
        expect(text.message).not.toContain('Salesforce answered with an error');
    });

    it('tells an administrator what to do when the org is not connected', () => {
        expect(describeError(ours('NOT_CONNECTED')).message).toContain('Plumbline Callout permission set');
    });

    it('says whom to tell when nobody answers, and what an administrator looks at first', () => {
        const { message } = describeError(ours('UNREACHABLE'));
        expect(message).toContain('Try again in a few minutes');
        expect(message).toMatch(/administrator.*is running.*Named Credential SpmService/);
    });

    it('passes on what Salesforce said when it refused a record', () => {
        expect(describeError(ours('SAVE_REFUSED', 'Due date is required')).message).toContain(
            'Due date is required'
        );
    });

    it('reads a controller that no permission set names as a missing permission', () => {
        const error = {
            status: 500,
            body: { message: "You do not have access to the Apex class named 'RunController'." }
        };
        expect(describeError(error)).toMatchObject({ code: 'NO_PERMISSION', kind: 'access' });
    });

    it('keeps the code of a platform error, and shows nothing of its inside', () => {
        const error = {
            status: 500,
            body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'SELECT Id FROM X: stack' }]
        };
        const text = describeError(error);
        expect(text.code).toBe('UNKNOWN_EXCEPTION');
        expect(text.message).not.toContain('SELECT');
    });

    it('has a sentence for nothing at all', () => {
        expect(describeError(undefined)).toMatchObject({ code: 'UNKNOWN', kind: 'error' });
    });

    it('survives a message that only looks like ours', () => {
        expect(describeError({ body: { message: '{broken' } }).code).toBe('UNKNOWN');
    });

    it('says that the user is offline before anything else', () => {
        const online = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
        expect(describeError({ status: 0 }).code).toBe('OFFLINE');
        online.mockRestore();
    });
});
