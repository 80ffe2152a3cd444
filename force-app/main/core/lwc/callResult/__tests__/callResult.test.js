import { resultOf } from 'c/callResult';

describe('callResult', () => {
    it('has the data of a call that was answered, also where the answer is that there is none', async () => {
        expect(await resultOf(Promise.resolve(['a1']))).toEqual({ data: ['a1'] });
        expect(await resultOf(Promise.resolve(null))).toEqual({ data: null });
    });

    it('has the error of a call that failed, and never throws it', async () => {
        const error = { status: 500, body: {} };
        expect(await resultOf(Promise.reject(error))).toEqual({ error });
    });
});
