// One `@salesforce/apex/Class.method` import: callable, and when cacheable a wire adapter as well.
import { deepFreeze } from './freeze.ts';
import { requestJson } from './page.ts';
import { DataWire, type WireResult } from './wire.ts';

interface MethodName {
    className: string;
    method: string;
    cacheable: boolean;
}

type Params = Record<string, unknown>;

/** Wires on the page by method and parameters: refreshApex reaches all that show the same answer. */
const live = new Set<ApexWire>();
const wireOf = new WeakMap<object, ApexWire>();

abstract class ApexWire extends DataWire<Params> {
    protected abstract readonly method: MethodName;

    override connect(): void {
        live.add(this);
    }

    override disconnect(): void {
        live.delete(this);
        super.disconnect();
    }

    /** `undefined` keeps the wire silent; `null` is a value and is sent. */
    protected isComplete(config: Params): boolean {
        return Object.values(config).every((value) => value !== undefined);
    }

    protected fetch(config: Params): Promise<unknown> {
        return callApex(this.method, config);
    }

    protected override emitted(result: WireResult): void {
        wireOf.set(result, this);
    }

    sameQuestion(other: ApexWire): boolean {
        return this.question() === other.question();
    }

    private question(): string {
        return JSON.stringify([this.method, this.config]);
    }
}

async function callApex({ className, method, cacheable }: MethodName, params: Params = {}): Promise<unknown> {
    const answer = (await requestJson('POST', '/lightning/apex', { className, method, params })) as {
        returnValue: unknown;
    };
    return cacheable ? deepFreeze(answer.returnValue) : answer.returnValue;
}

export function apexMethod(name: MethodName): (params?: Params) => Promise<unknown> {
    const call = (params?: Params): Promise<unknown> => callApex(name, params);
    if (!name.cacheable) return call;
    return Object.assign(call, {
        adapter: class extends ApexWire {
            protected readonly method = name;
        }
    });
}

/** Asks again for every wire that shows the same answer as `result`; settles when all have it. */
export async function refreshApex(result: unknown): Promise<void> {
    const wire = typeof result === 'object' && result !== null ? wireOf.get(result) : undefined;
    if (!wire) throw new Error('refreshApex: expected the value a wired Apex method provided');
    await Promise.all([...live].filter((other) => other.sameQuestion(wire)).map((other) => other.run()));
}
