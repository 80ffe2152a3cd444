// What every data wire has in common: an empty first value, answers that arrive late are dropped, everything emitted is
// frozen. A subclass says when a configuration is complete and how to fetch.
import { deepFreeze } from './freeze.ts';

export interface WireResult<Data = unknown> {
    data: Data | undefined;
    error: unknown;
}

export abstract class DataWire<Config, Data = unknown> {
    private readonly emit: (result: WireResult<Data>) => void;
    private sequence = 0;
    protected config: Config | undefined;

    constructor(emit: (result: WireResult<Data>) => void) {
        this.emit = emit;
        emit({ data: undefined, error: undefined });
    }

    /** False while a required parameter is missing: the wire then stays silent. */
    protected abstract isComplete(config: Config): boolean;
    protected abstract fetch(config: Config): Promise<Data>;
    /** Called with each emitted result, for modules that must find the wire again. */
    protected emitted(_result: WireResult<Data>): void {}

    connect(): void {}

    update(config: Config): void {
        this.config = config;
        void this.run();
    }

    disconnect(): void {
        this.sequence += 1;
        this.config = undefined;
    }

    async run(): Promise<void> {
        this.sequence += 1;
        const own = this.sequence;
        if (!this.config || !this.isComplete(this.config)) return;
        const result = await this.fetch(this.config).then(
            (data) => ({ data, error: undefined }),
            (error: unknown) => ({ data: undefined, error })
        );
        if (own !== this.sequence) return;
        deepFreeze(result);
        this.emitted(result);
        this.emit(result);
    }
}
