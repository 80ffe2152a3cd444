// Decides what has to be written: compares what a row should say with what is remembered of it. A row whose content and
// owner are as before is skipped; lookups go only with new rows, OwnerId only when it differs.
import { createHash } from 'node:crypto';
import { formatDay } from '../domain/calendar.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { KnownRows, RememberedRow, ResultObject } from '../usecases/ports/memory.ts';
import type { AssessedDeal, ResultBatch } from '../usecases/ports/org.ts';
import { CLOSED_HEALTH_CONTENT, healthContent } from './map-deal-health.ts';
import { CLEARED_FLAG_CONTENT, flagContent, flagKey } from './map-flag.ts';
import { NO_SCORE, scoreFields } from './map-quarter-rows.ts';
import type { RowFields } from './write-rows.ts';

/** Marks in the memory an owner the row could not be given to; the row belongs to the integration user. */
export const REFUSED_OWNER = '!';

/** A row that has to be written, and what to remember once it is. */
export interface PlannedRow {
    fields: RowFields;
    remember: RememberedRow;
}

export interface Plan {
    health: PlannedRow[];
    flags: PlannedRow[];
    skipped: number;
}

export interface Owners {
    /** The user who owns rows that cannot be given to their rep. */
    fallbackId: string;
    canOwn(userId: string): boolean;
}

export function contentHash(content: RowFields): string {
    return createHash('sha256')
        .update(JSON.stringify([ENGINE_VERSION, Object.entries(content)]))
        .digest('hex');
}

/** Plans one open deal: its health, the flags that are met, and the clearing of those that are not any more. */
export function planOpenDeal(
    deal: AssessedDeal,
    known: KnownRows,
    batch: ResultBatch,
    owners: Owners,
    plan: Plan
): void {
    const { facts, assessment } = deal;
    const id = facts.opportunityId;
    const knownHealth = known.get('DealHealth__c', id);
    const health = planRow('DealHealth__c', id, healthContent(deal), deal, knownHealth, batch, owners);
    const isNewHealth = health !== null && knownHealth === null;
    if (health) plan.health.push(health);
    else plan.skipped += 1;
    const met = new Set<string>();
    for (const flag of assessment.flags) {
        const key = flagKey(id, flag.ruleKey);
        met.add(key);
        const planned = planRow(
            'PipelineFlag__c',
            key,
            flagContent(facts, flag),
            deal,
            known.get('PipelineFlag__c', key),
            batch,
            owners,
            isNewHealth
        );
        if (planned) plan.flags.push(planned);
        else plan.skipped += 1;
    }
    for (const row of known.flagsOf(id))
        if (!met.has(row.key) && row.isOpen) plan.flags.push(cleared(row, batch));
}

/** Plans a deal that was open and is closed now. */
export function planClosedDeal(
    opportunityId: string,
    known: KnownRows,
    batch: ResultBatch,
    plan: Plan
): void {
    const health = known.get('DealHealth__c', opportunityId);
    if (health?.isOpen) {
        const hash = contentHash(CLOSED_HEALTH_CONTENT);
        const fields = {
            ExternalKey__c: health.key,
            ...CLOSED_HEALTH_CONTENT,
            ...NO_SCORE,
            ...stamps(batch, hash),
            DataAsOf__c: batch.dataAsOf
        };
        plan.health.push({ fields, remember: { ...health, hash, isOpen: false } });
    }
    for (const row of known.flagsOf(opportunityId)) if (row.isOpen) plan.flags.push(cleared(row, batch));
}

function planRow(
    object: ResultObject,
    key: string,
    content: RowFields,
    { facts }: AssessedDeal,
    known: RememberedRow | null,
    batch: ResultBatch,
    owners: Owners,
    isNewHealth = false
): PlannedRow | null {
    const hash = contentHash(content);
    const owner = ownerChange(facts.ownerId, known, owners, batch.retryOwners);
    // A health row that was deleted and comes back has lost its flags' lookups: they are sent again.
    const fresh = object === 'DealHealth__c' ? batch.scores.get(facts.opportunityId) : undefined;
    if (known && known.hash === hash && !owner && !isNewHealth && !fresh) return null;
    const fields: RowFields = { ExternalKey__c: key, ...content, ...stamps(batch, hash) };
    if (object === 'DealHealth__c')
        Object.assign(
            fields,
            { DataAsOf__c: batch.dataAsOf, EngineVersion__c: ENGINE_VERSION },
            fresh && scoreFields(fresh.score, fresh.fittedOn)
        );
    else Object.assign(fields, flagExtras(facts.opportunityId, known, batch, isNewHealth));
    if (!known) fields.Opportunity__c = facts.opportunityId;
    if (owner) fields.OwnerId = owner.sendId;
    return {
        fields,
        remember: {
            object,
            key,
            opportunityId: facts.opportunityId,
            hash,
            ownerId: owner?.rememberId ?? known?.ownerId ?? '',
            isOpen: true
        }
    };
}

function flagExtras(
    opportunityId: string,
    known: RememberedRow | null,
    batch: ResultBatch,
    isNewHealth: boolean
): RowFields {
    const extras: RowFields = {};
    if (!known || isNewHealth) extras.DealHealth__r = { ExternalKey__c: opportunityId };
    // Raised again after it was cleared, or for the first time.
    if (!known?.isOpen) Object.assign(extras, { RaisedOn__c: formatDay(batch.today), ClearedOn__c: null });
    return extras;
}

/** What OwnerId has to be sent, if any. */
function ownerChange(
    ownerId: string,
    known: RememberedRow | null,
    owners: Owners,
    retryOwners: boolean
): { sendId: string; rememberId: string } | null {
    const canOwn = owners.canOwn(ownerId);
    const refused = REFUSED_OWNER + ownerId;
    if (canOwn) {
        if (known?.ownerId === ownerId || (known?.ownerId === refused && !retryOwners)) return null;
        return { sendId: ownerId, rememberId: ownerId };
    }
    return known?.ownerId === refused ? null : { sendId: owners.fallbackId, rememberId: refused };
}

function cleared(row: RememberedRow, batch: ResultBatch): PlannedRow {
    const hash = contentHash(CLEARED_FLAG_CONTENT);
    const fields = {
        ExternalKey__c: row.key,
        ...CLEARED_FLAG_CONTENT,
        ClearedOn__c: formatDay(batch.today),
        ...stamps(batch, hash)
    };
    return { fields, remember: { ...row, hash, isOpen: false } };
}

function stamps(batch: ResultBatch, hash: string): RowFields {
    return { ContentHash__c: hash, RunKey__c: batch.runKey };
}

/** Rows of one owner stand together, then those of one deal: neighbours lock the same parents. */
export function sortForWriting(rows: PlannedRow[]): void {
    const order = ({ fields, remember }: PlannedRow) =>
        `${String(fields.Rep__c ?? remember.ownerId)}|${remember.key}`;
    const keys = new Map(rows.map((row) => [row, order(row)]));
    rows.sort((a, b) => (keys.get(a)! < keys.get(b)! ? -1 : 1));
}
