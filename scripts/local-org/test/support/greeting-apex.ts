// Answers the Apex of the greeting fixture and remembers the calls, so that tests see what the page sent.
import type { AuraApex } from '../../lightning/routes.ts';

export interface GreetingApex extends AuraApex {
    calls: { username: string; method: string; params: Record<string, unknown> }[];
}

export function greetingApex(): GreetingApex {
    let text = 'Hello';
    const calls: GreetingApex['calls'] = [];
    return {
        calls,
        invokeAura(user, _className, method, params) {
            calls.push({ username: user.username, method, params });
            if (method === 'greet') return { text: `${text} ${String(params['tone'])}` };
            if (params['text'] === 'fail') throw apexException('AuraHandledException', 'No greeting today');
            text = String(params['text']);
            return undefined;
        }
    };
}

/** An exception as the interpreter throws it. */
function apexException(className: string, message: string): Error {
    return Object.assign(new Error(message), { exception: { cls: { fullName: className }, error: { message } } });
}
