// `lightning/messageService` as a bus inside the page. Messages are copied, as on the platform: a receiver cannot reach
// into the sender's objects.
interface Channel {
    channelName: string;
}

export interface Subscription {
    channelName: string;
    listener: (message: unknown) => void;
}

export const APPLICATION_SCOPE = Symbol('APPLICATION_SCOPE');
const CONTEXT = Object.freeze({});
const subscriptions = new Set<Subscription>();

export class MessageContext {
    constructor(emit: (context: object) => void) {
        emit(CONTEXT);
    }
    connect(): void {}
    update(): void {}
    disconnect(): void {}
}

export function createMessageContext(): object {
    return CONTEXT;
}

export function releaseMessageContext(): void {}

export function publish(_context: object, channel: Channel, message?: unknown): void {
    for (const subscription of [...subscriptions]) {
        if (subscription.channelName === channel.channelName) subscription.listener(structuredClone(message));
    }
}

export function subscribe(
    _context: object,
    channel: Channel,
    listener: (message: unknown) => void,
    _options?: { scope?: symbol }
): Subscription {
    const subscription = { channelName: channel.channelName, listener };
    subscriptions.add(subscription);
    return subscription;
}

export function unsubscribe(subscription: Subscription): void {
    subscriptions.delete(subscription);
}
