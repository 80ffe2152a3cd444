// Requests for what is held about a person.
import type { DataRequest, ObjectAnswer, PersonalRows } from '../../domain/data-rights/answer-request.ts';
import type { DataMapEntry } from '../../domain/data-rights/data-map.ts';
import type { Notes } from './org.ts';

export interface DataRequestAnswer {
    /** Asked: told how far it is, not done yet */
    status: 'Asked' | 'Answered' | 'Refused';
    result: { refused: string } | { objects: readonly ObjectAnswer[] };
    /** parts of the file of an export */
    parts: number;
}

export interface DataRequestGateway {
    /** Those without an answer, oldest first. */
    asked(): Promise<DataRequest[]>;
    /** Null: there is no such user. */
    isActive(userId: string): Promise<boolean | null>;
    read(entry: DataMapEntry, userId: string): Promise<PersonalRows>;
    /** Null, or the code with which the org refused. Rows that are gone already are no failure. */
    erase(held: PersonalRows): Promise<string | null>;
    /** Saving them again changes nothing. */
    saveParts(request: DataRequest, parts: readonly string[]): Promise<void>;
    answer(request: DataRequest, answer: DataRequestAnswer, runKey: string): Promise<void>;
    /** Deletes requests and files past the day they are kept; returns how many rows. */
    purge(note: Notes): Promise<number>;
}
