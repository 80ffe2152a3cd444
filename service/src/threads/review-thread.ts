// The thread of review-in-thread.ts: one review, then it ends.
import { workerData } from 'node:worker_threads';
import { orgTimeZone } from '../domain/org-time-zone.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import type { QuarterFacts } from '../domain/quarter/quarter-facts.ts';
import { reviewQuarters } from '../domain/quarter/review-quarters.ts';
import { answerWith } from './in-thread.ts';

export interface ReviewJob {
    facts: Omit<QuarterFacts, 'zone'>;
    zoneName: string;
    pastDays: readonly DayNumber[];
}

const { facts, zoneName, pastDays } = workerData as ReviewJob;
answerWith(() => reviewQuarters({ ...facts, zone: orgTimeZone(zoneName) }, pastDays));
