// One subscription to one topic, from the first request to its end. Asks for more events as it hears some; hears in silence that the
// stream is dead. What happens after the end is change-feed.ts.
import type { ServiceError } from '@grpc/grpc-js';
import type { ConsumerEvent, FetchResponse, Headers, PubSub } from './protocol.ts';
import { refusalCode } from './protocol.ts';

/** Events asked for at a time: as many as Salesforce allows. */
const ASKED = 100;
const ASK_AGAIN_BELOW = 50;
/** Salesforce says something every 270 seconds. */
const SILENT_MS = 300_000;

export interface TopicParts {
    pubSub: PubSub;
    headers: Headers;
    topicName: string;
    /** Where to go on; null: with what happens from now on. */
    replayId: Buffer | null;
    signal: AbortSignal;
    onEvent: (event: ConsumerEvent) => void;
    /** The server has answered; `latest` is where to go on after this. */
    onAnswer: (latest: Buffer) => void;
    silentMs?: number;
}

/** Resolves with why it ended. */
export function followTopic(parts: TopicParts): Promise<string> {
    const { pubSub, headers, topicName, replayId, signal, onEvent, onAnswer, silentMs = SILENT_MS } = parts;
    const stream = pubSub.subscribe(headers);
    return new Promise((resolve) => {
        const end = (code: string): void => {
            clearTimeout(silence);
            signal.removeEventListener('abort', stop);
            stream.cancel();
            resolve(code);
        };
        const stop = (): void => end('stopped');
        const silence = setTimeout(() => end('silence'), silentMs);
        const hear = ({ events, latestReplayId, pendingNumRequested }: FetchResponse): void => {
            silence.refresh();
            onAnswer(events.at(-1)?.replayId ?? latestReplayId);
            for (const event of events) onEvent(event);
            if (pendingNumRequested < ASK_AGAIN_BELOW)
                stream.write({ numRequested: ASKED - pendingNumRequested });
        };
        stream.on('data', hear);
        // Also after the end: a cancelled stream tells of it as an error.
        stream.on('error', (error: ServiceError) => end(refusalCode(error)));
        stream.on('end', () => end('ended'));
        signal.addEventListener('abort', stop);
        if (signal.aborted) return stop();
        const from = replayId ? { replayPreset: 'CUSTOM' as const, replayId } : {};
        stream.write({ topicName, numRequested: ASKED, ...from });
    });
}
