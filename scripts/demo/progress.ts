// One line per step: what is being done, how far it is, how long it took. Rewrites the line on a terminal only.

export interface Step {
    update(detail: string): void;
    done(detail: string): void;
}

export function startStep(title: string): Step {
    const startedAt = Date.now();
    const isTerminal = process.stdout.isTTY;
    const line = (detail: string): string => `${title.padEnd(34)} ${detail}`;
    if (isTerminal) process.stdout.write(line('...'));
    return {
        update(detail) {
            if (isTerminal) process.stdout.write(`\r\x1b[K${line(detail)}`);
        },
        done(detail) {
            const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
            process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}${line(`${detail} (${seconds} s)`)}\n`);
        }
    };
}
