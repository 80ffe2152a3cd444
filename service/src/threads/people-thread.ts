// The thread of people-in-thread.ts: one review of people, then it ends.
import { workerData } from 'node:worker_threads';
import type { PeopleFacts } from '../domain/people-review/people-facts.ts';
import { reviewPeople } from '../domain/people-review/review-people.ts';
import { answerWith } from './in-thread.ts';
import { withRatios } from './ratios.ts';

const facts = workerData as PeopleFacts;
answerWith(() =>
    reviewPeople({
        ...facts,
        definitions: withRatios(facts.definitions),
        playbook: withRatios(facts.playbook)
    })
);
