// Keys of rows of a review of people.
import type { Scorecard } from '../scorecards/types.ts';

export function cardKey({ person, month, role }: Pick<Scorecard, 'person' | 'month' | 'role'>): string {
    return `${person}:${month}:${role}`;
}
