// Requests for the data of a person in the org: what is asked, every row about somebody, the parts of a file, deletion. What becomes
// of a request is not decided here.
import { addMonths } from '../domain/incentives/dates.ts';
import { formatDay, MS_PER_DAY } from '../domain/calendar.ts';
import type {
    DataRequest,
    ObjectAnswer,
    PersonalRow,
    PersonalRows
} from '../domain/data-rights/answer-request.ts';
import type { DataMapEntry } from '../domain/data-rights/data-map.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import type { DataRequestAnswer, DataRequestGateway } from '../usecases/ports/data-requests.ts';
import type { Notes } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { textOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { isPastItsDay, purgeWhere } from './purge-rows.ts';
import { quoted, readList, readRows, type RawRow } from './query.ts';
import { deleteRows, updateRows, upsertRows } from './write-rows.ts';

const DAYS_FILES_ARE_KEPT = 30;
const MONTHS_REQUESTS_ARE_KEPT = 36;
/** What the platform adds to every row and says nothing about a person. */
const PLATFORM = new Set([
    'isdeleted',
    'systemmodstamp',
    'lastmodifiedbyid',
    'lastreferenceddate',
    'lastvieweddate',
    'lastactivitydate',
    'contenthash__c'
]);

export class DataRequestsInOrg implements DataRequestGateway {
    readonly #client: OrgClient;
    readonly #fields: ObjectFields;

    constructor(client: OrgClient, fields: ObjectFields) {
        this.#client = client;
        this.#fields = fields;
    }

    async asked(): Promise<DataRequest[]> {
        const { q } = this.#client.names;
        const rows = await readList(this.#client, {
            object: 'DataRequest__c',
            fields: ['Id', 'Kind__c', 'Person__c', 'OwnerId', 'Result__c'],
            where: `${q('Status__c')} = 'Asked'`,
            orderBy: 'CreatedDate, Id'
        });
        return rows.map((row) => ({
            id: textOf(row['Id']),
            kind: row['Kind__c'] === 'Erasure' ? 'Erasure' : 'Export',
            person: textOf(row['Person__c']) || null,
            askedBy: textOf(row['OwnerId']),
            foundBefore: countsOf(textOf(row['Result__c']))
        }));
    }

    async isActive(userId: string): Promise<boolean | null> {
        const where = `Id = ${quoted(userId)}`;
        const [user] = await readList(this.#client, { object: 'User', fields: ['IsActive'], where });
        return user ? user['IsActive'] === true : null;
    }

    async read(entry: DataMapEntry, userId: string): Promise<PersonalRows> {
        const readable = await this.#fields.namesOf(entry.object);
        const held = { entry, rows: [] as PersonalRow[], named: [] as string[], acted: 0 };
        if (!readable) return held;
        const about = entry.within ? [entry.within] : entry.about;
        if (about.length > 0) {
            const fields = [...readable].filter((name) => !PLATFORM.has(name));
            await this.#readWhere(entry.object, fields, this.#anyIs(about, userId), (row) =>
                held.rows.push(row as PersonalRow)
            );
        }
        const seen = new Set(held.rows.map(({ Id }) => Id));
        await this.#readNamed(entry, userId, (id) => seen.has(id) || held.named.push(id));
        if (entry.acted.length > 0)
            await this.#readWhere(entry.object, ['Id'], this.#anyIs(entry.acted, userId), ({ Id }) => {
                if (!seen.has(textOf(Id))) held.acted += 1;
            });
        return held;
    }

    async erase({ entry, rows, named }: PersonalRows): Promise<string | null> {
        const ids = [...rows.map(({ Id }) => textOf(Id)), ...named];
        if (ids.length === 0) return null;
        // Rows that are kept until a day may be deleted after it: for them it has come.
        const { until } = entry;
        if (until !== null) {
            const yesterday = formatDay(this.#today() - 1);
            const dated = await updateRows(
                this.#client,
                entry.object,
                ids.map((id) => ({ id, [until]: yesterday }))
            );
            const refused = dated.find((result) => !result.ok && result.code !== 'ENTITY_IS_DELETED');
            if (refused && !refused.ok) return refused.code;
        }
        return (await deleteRows(this.#client, ids))[0] ?? null;
    }

    async saveParts({ id, askedBy }: DataRequest, parts: readonly string[]): Promise<void> {
        const rows = parts.map((text, index) => ({
            ExternalKey__c: `${id}:${index + 1}`,
            DataRequest__c: id,
            Position__c: index + 1,
            Text__c: text,
            RetainUntilDate__c: formatDay(this.#today() + DAYS_FILES_ARE_KEPT),
            OwnerId: askedBy
        }));
        const results = await upsertRows(this.#client, 'DataRequestPart__c', rows);
        const refused = results.find((result) => !result.ok);
        if (refused && !refused.ok) throw new Error(`DataRequestPart__c was refused with ${refused.code}.`);
    }

    async answer(
        request: DataRequest,
        { status, result, parts }: DataRequestAnswer,
        runKey: string
    ): Promise<void> {
        const isOver = status !== 'Asked';
        const row = {
            id: request.id,
            Status__c: status,
            Result__c: JSON.stringify(result),
            PartCount__c: parts,
            AnsweredAt__c: isOver ? new Date(this.#client.serverNowMs).toISOString() : null,
            RunKey__c: runKey,
            RetainUntilDate__c: isOver ? addMonths(formatDay(this.#today()), MONTHS_REQUESTS_ARE_KEPT) : null
        };
        const [saved] = await updateRows(this.#client, 'DataRequest__c', [row]);
        if (saved && !saved.ok) throw new Error(`DataRequest__c was refused with ${saved.code}.`);
    }

    async purge(note: Notes): Promise<number> {
        let count = 0;
        const where = isPastItsDay(this.#client, this.#today());
        for (const object of ['DataRequestPart__c', 'DataRequest__c'])
            count += await purgeWhere(this.#client, object, where, note);
        return count;
    }

    #today(): DayNumber {
        return Math.floor(this.#client.serverNowMs / MS_PER_DAY);
    }

    #anyIs(fields: readonly string[], userId: string): string {
        const { q } = this.#client.names;
        const path = (field: string): string => field.split('.').map(q).join('.');
        return fields.map((field) => `${path(field)} = ${quoted(userId)}`).join(' OR ');
    }

    async #readWhere(
        object: string,
        fields: readonly string[],
        where: string,
        onRow: (row: RawRow) => void
    ): Promise<void> {
        await readRows(this.#client, { object, fields, where }, onRow);
    }

    /** Long texts cannot be searched by a query, so all rows are looked through. */
    async #readNamed(
        { object, names }: DataMapEntry,
        userId: string,
        onId: (id: string) => void
    ): Promise<void> {
        if (names.length === 0) return;
        await readRows(this.#client, { object, fields: ['Id', ...names] }, (row) => {
            if (names.some((field) => textOf(row[field]).includes(userId))) onId(textOf(row['Id']));
        });
    }
}

/** Of an answer that was begun. */
function countsOf(result: string): ReadonlyMap<string, number> {
    if (result === '') return new Map();
    const { objects = [] } = JSON.parse(result) as { objects?: ObjectAnswer[] };
    return new Map(
        objects.filter(({ object }) => !object.includes(':')).map(({ object, count }) => [object, count])
    );
}
