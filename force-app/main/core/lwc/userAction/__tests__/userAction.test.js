import { attempt, carryOut } from 'c/userAction';

const refused = { body: { message: 'The period is closed.' } };

function work() {
    const controls = {};
    const promise = new Promise((resolve, reject) => Object.assign(controls, { resolve, reject }));
    return { ...controls, run: () => promise };
}

describe('userAction', () => {
    it('is busy for as long as the work takes, and tells that it was done', async () => {
        const page = { isBusy: false, actionError: undefined, announcement: '' };
        const saving = work();
        const outcome = carryOut(page, saving.run);
        expect(page.isBusy).toBe(true);
        saving.resolve();
        expect(await outcome).toBe(true);
        expect(page).toEqual({ isBusy: false, actionError: undefined, announcement: '' });
    });

    it('keeps why something was refused, and is not busy any more', async () => {
        const page = { isBusy: false, actionError: undefined, announcement: '' };
        const saving = work();
        const outcome = carryOut(page, saving.run);
        saving.reject(refused);
        expect(await outcome).toBe(false);
        expect(page).toEqual({ isBusy: false, actionError: refused, announcement: '' });
    });

    it('keeps what the work threw before it waited for anything', async () => {
        const page = { isBusy: false, actionError: undefined };
        const outcome = await carryOut(page, () => {
            throw refused;
        });
        expect([outcome, page]).toEqual([false, { isBusy: false, actionError: refused }]);
    });

    it('shows nothing of an earlier action while it does the next', () => {
        const page = { isBusy: false, actionError: refused, announcement: 'Saved' };
        carryOut(page, work().run);
        expect(page).toEqual({ isBusy: true, actionError: undefined, announcement: '' });
    });

    it('lets the work say what was done', async () => {
        const page = { isBusy: false, actionError: undefined, announcement: 'Taken' };
        await carryOut(page, async () => {
            page.announcement = 'Approved';
        });
        expect(page.announcement).toBe('Approved');
    });

    it('leaves a page alone that announces nothing', async () => {
        const page = { isBusy: false, actionError: refused };
        await carryOut(page, async () => {});
        expect(page).toEqual({ isBusy: false, actionError: undefined });
    });

    it('goes on with an action under what is shown of it', async () => {
        const page = { isBusy: false, actionError: undefined, announcement: 'Calculating' };
        const looking = work();
        const outcome = attempt(page, looking.run);
        expect(page).toEqual({ isBusy: true, actionError: undefined, announcement: 'Calculating' });
        looking.reject(refused);
        expect(await outcome).toBe(false);
        expect(page).toEqual({ isBusy: false, actionError: refused, announcement: 'Calculating' });
    });
});
