// `lightning/refresh`: a RefreshEvent asks every registered handler of the page to fetch again.
const EVENT_NAME = 'lightning__refreshview';

export class RefreshEvent extends Event {
    constructor() {
        super(EVENT_NAME, { bubbles: true, composed: true });
    }
}

type Handler = () => Promise<unknown> | unknown;

const handlers = new Map<number, { element: unknown; handler: Handler }>();
let nextId = 1;

/** `method` is called with `element` as `this` whether or not it was bound. */
export function registerRefreshHandler(element: unknown, method: Handler): number {
    const id = nextId++;
    handlers.set(id, { element, handler: method });
    return id;
}

export function unregisterRefreshHandler(id: number): boolean {
    return handlers.delete(id);
}

document.addEventListener(EVENT_NAME, () => {
    for (const { element, handler } of [...handlers.values()]) {
        // One failing handler must not keep the others from refreshing.
        Promise.resolve()
            .then(() => handler.call(element))
            .catch((error: unknown) => console.error('A refresh handler failed.', error));
    }
});
