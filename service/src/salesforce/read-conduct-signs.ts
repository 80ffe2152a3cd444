// What the search for manufactured numbers looks at, gathered while tasks, events and history are read for other ends: mails logged,
// answers and meetings, close dates moved, shares given. Owns what of a row counts; the patterns are the domain's.
import { formatDay } from '../domain/calendar.ts';
import { firmDomains } from '../domain/people-review/firm-domains.ts';
import type { PeopleFacts } from '../domain/people-review/people-facts.ts';
import { activityKind, OUTBOUND, TWO_WAY } from '../domain/pipeline/activity-kind.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import type { LoggedMail, SplitShare } from '../domain/scorecards/warnings/gaming/types.ts';
import type { Notes, OrgReference } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { activityRow, dayOrNone, instantOf, numberOrNull, textOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { idList, readList, readTogether, type RawRow } from './query.ts';

/** No pattern looks further back. */
const DAYS = 200;
/** Mails to oneself are looked for in four weeks: addresses of others are not needed. */
const ADDRESS_DAYS = 30;
const IDS_A_QUERY = 400;
const USER = /^005/;
const DEAL = /^006/;

interface Saved {
    id: string;
    atMs: number;
    by: string;
    closeDate: DayNumber;
}

export class ConductSigns {
    readonly #client: OrgClient;
    readonly #fields: ObjectFields;
    readonly #reference: OrgReference;
    readonly #note: Notes;
    readonly #mails: (LoggedMail & { who: string })[] = [];
    readonly #contacts: { dealId: string; on: DayNumber }[] = [];
    readonly #history = new Map<string, Saved[]>();

    constructor(client: OrgClient, fields: ObjectFields, reference: OrgReference, note: Notes) {
        this.#client = client;
        this.#fields = fields;
        this.#reference = reference;
        this.#note = note;
    }

    /** A task that is closed, or an event. */
    addActivity(object: 'Task' | 'Event', row: RawRow, on: DayNumber): void {
        const { today } = this.#reference;
        const person = textOf(row.OwnerId);
        if (on < today - DAYS || on > today || !USER.test(person)) return;
        const activity = activityRow(object, { ...row, IsClosed: true }, this.#note);
        const kind = activityKind(activity);
        if (kind !== TWO_WAY && kind !== OUTBOUND) return;
        const what = activity.whatId ?? '';
        if (kind === TWO_WAY && DEAL.test(what)) this.#contacts.push({ dealId: what, on });
        // A talk is an answer too; a call nobody took is none, and no mail.
        if (kind === OUTBOUND && activity.subtype !== 'Email') return;
        this.#mails.push({
            id: activity.id,
            person,
            atMs: activity.completedAtMs ?? instantOf(row.StartDateTime) ?? activity.createdAtMs,
            client: what,
            isReceived: kind === TWO_WAY,
            recipients: [],
            who: activity.whoId ?? ''
        });
    }

    addHistory(dealId: string, row: RawRow): void {
        const closeDate = dayOrNone(row.CloseDate, 'OpportunityHistory.CloseDate', this.#note);
        if (closeDate === NONE) return;
        const saved = this.#history.get(dealId) ?? [];
        this.#history.set(dealId, saved);
        saved.push({
            id: textOf(row.Id),
            atMs: instantOf(row.CreatedDate) ?? 0,
            by: textOf(row.CreatedById),
            closeDate
        });
    }

    /** @param accounts account of each deal: mails with one client belong together
     *  @param owners owner of each deal */
    async input(
        accounts: ReadonlyMap<string, string>,
        owners: ReadonlyMap<string, string>
    ): Promise<PeopleFacts['conduct']> {
        const own = await this.#ownAddresses();
        const addressOf = await this.#addresses();
        return {
            ownAddresses: own,
            ownDomains: firmDomains([...own.values()].map(([first]) => first ?? '')),
            mails: this.#mails.map(({ who, ...mail }) => ({
                ...mail,
                client: accounts.get(mail.client) ?? mail.client,
                recipients: mail.isReceived ? [] : [addressOf.get(who) ?? ''].filter((one) => one !== '')
            })),
            moves: this.#moves(),
            contacts: this.#contacts,
            splits: await this.#splits(owners)
        };
    }

    #moves(): PeopleFacts['conduct']['moves'] {
        const { timeZone, today } = this.#reference;
        return [...this.#history].flatMap(([dealId, saved]) => {
            const inOrder = saved.toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
            return inOrder.slice(1).flatMap(({ id, atMs, by, closeDate: after }, index) => {
                const before = inOrder[index]!.closeDate;
                const on = timeZone.dayOfInstant(atMs);
                if (before === after || on < today - DAYS) return [];
                return [{ id, dealId, person: by, on, before, after }];
            });
        });
    }

    /** Mail address first: what a person writes from. */
    async #ownAddresses(): Promise<Map<string, string[]>> {
        const rows = await readList(this.#client, {
            object: 'User',
            fields: ['Id', 'Email', 'Username'],
            where: `IsActive = true AND UserType = 'Standard'`
        });
        return new Map(
            rows.map((row) => [
                textOf(row.Id),
                [textOf(row.Email), textOf(row.Username)].filter((address) => address !== '')
            ])
        );
    }

    /** Address, or the id where none is on record, of whom mails of the last weeks went to; nobody where addresses cannot be read. */
    async #addresses(): Promise<Map<string, string>> {
        const since = (this.#reference.today - ADDRESS_DAYS) * 86_400_000;
        const recent = this.#mails.filter(
            ({ isReceived, atMs, who }) => !isReceived && atMs >= since && who !== ''
        );
        const ids = [...new Set(recent.map(({ who }) => who))].sort();
        const addressOf = new Map<string, string>();
        for (const object of ['Contact', 'Lead'] as const) {
            const own = ids.filter((id) => id.startsWith(object === 'Contact' ? '003' : '00Q'));
            if (own.length === 0 || !(await this.#fields.namesOf(object))?.has('email')) continue;
            // Without an address on record it reached somebody all the same: who cannot be told apart is not suspected.
            for (const id of own) addressOf.set(id, id);
            const reads = [];
            for (let start = 0; start < own.length; start += IDS_A_QUERY)
                reads.push({
                    query: {
                        object,
                        fields: ['Id', 'Email'],
                        where: `Email != null AND Id IN ${idList(own.slice(start, start + IDS_A_QUERY))}`
                    },
                    onRow: (row: RawRow) => void addressOf.set(textOf(row.Id), textOf(row.Email))
                });
            await readTogether(this.#client, reads);
        }
        return addressOf;
    }

    /** Splits are a feature an org may not have. */
    async #splits(owners: ReadonlyMap<string, string>): Promise<SplitShare[]> {
        if (!(await this.#fields.namesOf('OpportunitySplit'))) return [];
        const { today, timeZone } = this.#reference;
        const rows = await readList(this.#client, {
            object: 'OpportunitySplit',
            fields: ['Id', 'OpportunityId', 'SplitOwnerId', 'SplitPercentage', 'CreatedDate'],
            where: `CreatedDate >= ${formatDay(today - DAYS)}T00:00:00Z`
        });
        return rows.flatMap((row) => {
            const dealId = textOf(row.OpportunityId);
            const ownerId = owners.get(dealId);
            if (!ownerId) return [];
            return [
                {
                    id: textOf(row.Id),
                    dealId,
                    ownerId,
                    person: textOf(row.SplitOwnerId),
                    percent: numberOrNull(row.SplitPercentage) ?? 0,
                    on: timeZone.dayOfInstant(instantOf(row.CreatedDate) ?? 0)
                }
            ];
        });
    }
}
