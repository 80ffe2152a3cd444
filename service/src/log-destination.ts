// Where the log goes: lines are written many at a time, since one by one they cost a tenth of the work of answering. They are
// gathered here because sonic-boom 4.2.1 measures all it has gathered anew with every line. What the log may hold is logging.ts.
import { openSync } from 'node:fs';
import { destination } from 'pino';
import type { DestinationStream } from 'pino';

const WRITE_AT_CHARACTERS = 16_384;
const WRITE_EVERY_MS = 200;

class LinesTogether implements DestinationStream {
    readonly #out: DestinationStream;
    #gathered = '';
    #timer: NodeJS.Timeout | null = null;

    constructor(out: DestinationStream) {
        this.#out = out;
        process.once('exit', () => this.flushSync());
    }

    write(line: string): void {
        this.#gathered += line;
        if (this.#gathered.length >= WRITE_AT_CHARACTERS) this.flushSync();
        else this.#timer ??= setTimeout(() => this.flushSync(), WRITE_EVERY_MS).unref();
    }

    /** pino asks for it after a line of level fatal. */
    flushSync(): void {
        if (this.#timer) clearTimeout(this.#timer);
        this.#timer = null;
        if (this.#gathered === '') return;
        this.#out.write(this.#gathered);
        this.#gathered = '';
    }
}

/** What has not been written is when the process ends by itself or is told to; killed, it loses the lines of the last
 *  WRITE_EVERY_MS.
 *  @param path left out: standard output */
export function logDestination(path?: string): DestinationStream {
    // A file is opened before the first line: what ends at once would find it closed.
    return new LinesTogether(destination({ dest: path === undefined ? 1 : openSync(path, 'a'), sync: true }));
}
