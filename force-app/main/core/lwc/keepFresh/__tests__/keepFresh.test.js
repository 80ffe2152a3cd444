import { refreshApex } from '@salesforce/apex';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import { keepFresh, readWires } from 'c/keepFresh';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });

const SECOND = 1000;

function setVisible(state) {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new CustomEvent('visibilitychange'));
}

/** The user looks at something else for so long, and comes back. */
function leaveFor(seconds) {
    setVisible('hidden');
    jest.setSystemTime(Date.now() + seconds * SECOND);
    setVisible('visible');
}

function setOnline(isOnline) {
    Object.defineProperty(navigator, 'onLine', { value: isOnline, configurable: true });
}

describe('keepFresh', () => {
    let read;
    let end;

    beforeEach(() => {
        jest.useFakeTimers({ now: Date.parse('2026-11-21T10:00:00Z') });
        jest.clearAllMocks();
        read = jest.fn();
        end = keepFresh({ name: 'page' }, read);
    });

    afterEach(() => {
        end();
        setOnline(true);
        jest.useRealTimers();
    });

    it('reads again when something else on the page changed what it shows', async () => {
        const [component, handler] = registerRefreshHandler.mock.calls[0];
        await handler.call(component);
        expect(read.mock.contexts).toEqual([{ name: 'page' }]);
    });

    it('reads again when its user comes back after a while, and not after a glance elsewhere', () => {
        leaveFor(29);
        expect(read).not.toHaveBeenCalled();
        leaveFor(30);
        expect(read.mock.contexts).toEqual([{ name: 'page' }]);
    });

    it('asks for nothing while nobody looks, however long', () => {
        setVisible('hidden');
        jest.advanceTimersByTime(3_600 * SECOND);
        expect(read).not.toHaveBeenCalled();
        setVisible('visible');
        expect(read).toHaveBeenCalledTimes(1);
    });

    it('leaves what it shows alone without a network, and reads at the next return', () => {
        setOnline(false);
        leaveFor(60);
        expect(read).not.toHaveBeenCalled();
        setOnline(true);
        leaveFor(1);
        expect(read).toHaveBeenCalledTimes(1);
    });

    it('hears nothing any more once the page has gone', () => {
        end();
        leaveFor(60);
        expect(read).not.toHaveBeenCalled();
        expect(unregisterRefreshHandler).toHaveBeenCalledTimes(1);
    });
});

describe('readWires', () => {
    it('reads again what a wire gave, an error too, but not one that has given nothing yet', async () => {
        const [rows, none, error] = [{ data: [1] }, { data: null }, { error: 'no' }];
        await readWires(rows, {}, undefined, none, error);
        expect(refreshApex.mock.calls).toEqual([[rows], [none], [error]]);
    });
});
