// Writes quoted CSV rows into a large buffer, byte by byte: 17 million rows are generated, and strings would take longer
// than everything that is measured.
import { writeSync } from 'node:fs';
import { formatDay } from '../../service/src/domain/calendar.ts';
import { withChecksum } from '../../service/src/domain/pipeline/id-index.ts';

const BUFFER_BYTES = 1 << 20;
const LONGEST_ROW = 1024;
const MS_PER_DAY = 86_400_000;

export class RowWriter {
    #file: number;
    #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
    #at = 0;
    #isFirst = true;
    #days = new Map<number, Buffer>();

    constructor(file: number, header: string[]) {
        this.#file = file;
        for (const name of header) this.text(name);
        this.end();
    }

    text(value: string): void {
        this.#open();
        this.#at += this.#buffer.write(value, this.#at, 'latin1');
        this.#close();
    }

    /** 18-character id with decimal digits, so that every engine can get at the number. */
    id(prefix: string, suffix: string, number: number): void {
        this.#open();
        this.#at += this.#buffer.write(prefix, this.#at, 'latin1');
        this.#digits(number, 9);
        this.#at += this.#buffer.write(suffix, this.#at, 'latin1');
        this.#close();
    }

    day(day: number): void {
        this.#open();
        this.#day(day);
        this.#close();
    }

    instant(ms: number): void {
        const day = Math.floor(ms / MS_PER_DAY);
        const seconds = Math.floor((ms - day * MS_PER_DAY) / 1000);
        this.#open();
        this.#day(day);
        this.#byte(84);
        this.#digits(Math.floor(seconds / 3600), 2);
        this.#byte(58);
        this.#digits(Math.floor(seconds / 60) % 60, 2);
        this.#byte(58);
        this.#digits(seconds % 60, 2);
        this.#at += this.#buffer.write('.000Z', this.#at, 'latin1');
        this.#close();
    }

    end(): void {
        this.#byte(10);
        this.#isFirst = true;
        if (this.#at > BUFFER_BYTES - LONGEST_ROW) this.flush();
    }

    flush(): void {
        writeSync(this.#file, this.#buffer, 0, this.#at);
        this.#at = 0;
    }

    #open(): void {
        if (!this.#isFirst) this.#byte(44);
        this.#isFirst = false;
        this.#byte(34);
    }

    #close(): void {
        this.#byte(34);
    }

    #byte(byte: number): void {
        this.#buffer[this.#at++] = byte;
    }

    #digits(value: number, width: number): void {
        let rest = value;
        for (let i = this.#at + width - 1; i >= this.#at; i--) {
            this.#buffer[i] = 48 + (rest % 10);
            rest = Math.floor(rest / 10);
        }
        this.#at += width;
    }

    #day(day: number): void {
        let text = this.#days.get(day);
        if (!text) this.#days.set(day, (text = Buffer.from(formatDay(day))));
        text.copy(this.#buffer, this.#at);
        this.#at += 10;
    }
}

/** The three last characters of ids that have this prefix and digits otherwise. */
export function suffixOf(prefix: string): string {
    return withChecksum(prefix + '000000000').slice(15);
}
