// What people of the demo firm said past quarters would become, a month into each: sellers whose quarters had wins, and the managers
// above them for their teams. Some promise more than comes in, some less, most about what comes: which is who is seeded.
import type { Row } from '../content.ts';
import type { Quarter } from '../pay/quarters.ts';
import type { Firm } from './firm.ts';
import type { Person } from './people.ts';
import { createRandom, mixSeed } from './random.ts';

/** Promise over outcome, and how much it varies from quarter to quarter. */
const LEANINGS = [1.5, 0.7, 1, 1.05, 0.95];
const SPREAD = 0.12;
const DAYS_IN = 30;
const DAY_MS = 86_400_000;

export function commitRows(firm: Firm, seed: number, quarters: readonly Quarter[], currency: string): Row[] {
    const won = wonByPerson(firm, quarters);
    return firm.people.persons.flatMap((person, index) => {
        const sums = won.get(person.id);
        if (!sums) return [];
        const leaning = LEANINGS[mixSeed(seed, index) % LEANINGS.length]!;
        const random = createRandom(mixSeed(seed, index, 7));
        return quarters.flatMap((quarter, at) => {
            const promised = Math.round(random.around(sums[at]! * leaning, SPREAD) / 100) * 100;
            return promised > 0 ? [commitRow(person, quarter, promised, currency)] : [];
        });
    });
}

function commitRow({ id }: Person, { key, start, end }: Quarter, amount: number, currency: string): Row {
    const saidAt = new Date(Date.parse(start) + DAYS_IN * DAY_MS + DAY_MS / 2).toISOString();
    return {
        Rep__c: id,
        OwnerId: id,
        SubmittedBy__c: id,
        SubmittedAt__c: saidAt,
        PeriodName__c: key,
        PeriodStartDate__c: start,
        PeriodEndDate__c: end,
        Category__c: 'Commit',
        Amount__c: amount,
        CurrencyCode__c: currency
    };
}

/** Of managers the team's, by quarter. */
function wonByPerson(firm: Firm, quarters: readonly Quarter[]): Map<string, number[]> {
    const managers = new Map(firm.people.persons.map(({ id, managerId }) => [id, managerId]));
    const won = new Map<string, number[]>();
    for (const { opportunity } of firm.deals()) {
        if (opportunity['StageName'] !== 'Closed Won') continue;
        const day = String(opportunity['CloseDate']);
        const index = quarters.findIndex(({ start, end }) => day >= start && day <= end);
        if (index < 0) continue;
        let person: string | null = String(opportunity['OwnerId']);
        for (; person; person = managers.get(person) ?? null) {
            const sums = won.get(person) ?? quarters.map(() => 0);
            sums[index]! += Number(opportunity['Amount']);
            won.set(person, sums);
        }
    }
    return won;
}
