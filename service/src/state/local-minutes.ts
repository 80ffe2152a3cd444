// The clock of the schedule without a server: every process looks at the beginning of each minute.
import type { StartMinutes } from '../usecases/ports/turns.ts';
import { claimMinutes } from './served-minutes.ts';
import type { SqlStore } from './sql.ts';

const MINUTE_MS = 60_000;

export function localMinutes(store: SqlStore, onError: (error: unknown) => void): StartMinutes {
    return async (onMinutes) => {
        let timer: NodeJS.Timeout;
        let underWay: Promise<void> = Promise.resolve();
        const serve = async (): Promise<void> => {
            const minutes = await claimMinutes(store);
            if (minutes.length > 0) await onMinutes(minutes);
        };
        const wait = (): void => {
            timer = setTimeout(
                () => {
                    underWay = underWay.then(serve).catch(onError);
                    wait();
                },
                MINUTE_MS - (Date.now() % MINUTE_MS)
            );
            timer.unref();
        };
        wait();
        return async () => {
            clearTimeout(timer);
            await underWay;
        };
    };
}
