// References in a composite request: `@{refAccount.id}` in the URL or body of a later part stands for a value in the answer
// of an earlier one. Names are matched with their case, as in Salesforce.
import { OrgError } from '../org.ts';

export interface Answered {
    status: number;
    body?: unknown;
}

/** Answers so far, by reference id. */
export type Answers = ReadonlyMap<string, Answered>;

/** A text that is nothing but a reference takes the value as it is; inside of text it becomes text. */
export function fill(value: unknown, answers: Answers): unknown {
    if (typeof value === 'string') {
        const whole = /^@\{([^}]+)\}$/.exec(value);
        return whole ? referenced(whole[1]!, answers) : fillText(value, answers);
    }
    if (Array.isArray(value)) return value.map((one) => fill(one, answers));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, answers)]));
}

export function fillText(text: string, answers: Answers): string {
    return text.replace(/@\{([^}]+)\}/g, (_whole, path: string) => String(referenced(path, answers)));
}

/** `ref.id`, `ref.records[0].Id`. */
function referenced(path: string, answers: Answers): unknown {
    const [referenceId = '', ...steps] = path.split(/[.[\]]+/).filter((step) => step !== '');
    const answer = answers.get(referenceId);
    if (!answer || answer.status >= 400) throw noValue(path, referenceId);
    let value = answer.body;
    for (const step of steps) value = own(value, step);
    if (value === undefined) throw noValue(path, referenceId);
    return value;
}

function own(value: unknown, name: string): unknown {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    return (value as Record<string, unknown>)[name];
}

function noValue(path: string, referenceId: string): OrgError {
    const message = `Invalid reference specified. No value for ${path} found in ${referenceId}.`;
    return new OrgError(400, 'PROCESSING_HALTED', message);
}
