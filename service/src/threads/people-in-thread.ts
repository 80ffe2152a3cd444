// Runs a review of people in a thread of its own: requests are answered meanwhile.
import type { PeopleReview } from '../domain/people-review/people-review.ts';
import type { ReviewPeople } from '../usecases/ports/people.ts';
import { inThread } from './in-thread.ts';
import { withRatios } from './ratios.ts';

export const peopleInThread: ReviewPeople = async (facts, checkStop) => {
    const review = await inThread<PeopleReview>('./people-thread.ts', facts, { checkStop });
    return { ...review, cards: withRatios(review.cards) };
};
