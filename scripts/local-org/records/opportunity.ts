// Opportunities: what follows from the stage (closed, won, probability, forecast category), from the close date (fiscal
// period, pushes), and the OpportunityHistory row of every change of stage, amount, close date or probability.
// What other records of the deal do to it and it to them is with them (line-items.ts, splits.ts, deal-people.ts).
import type { Database } from 'better-sqlite3';
import type { CallContext } from '../org.ts';
import type { RecordParts } from '../records.ts';
import type { Behaviour } from './consequences.ts';
import type { FollowUps } from './follow-ups.ts';
import type { Values } from './input.ts';
import { createSplitsOfDeals } from './splits.ts';
import { roundHalfUp, type Stored } from './values.ts';

export interface Stage {
    isClosed: number;
    isWon: number;
    probability: number | null;
    category: string | null;
    categoryName: string | null;
}

const SELECT_STAGE = `
    SELECT "IsClosed" AS isClosed, "IsWon" AS isWon, "DefaultProbability" AS probability,
           "ForecastCategory" AS category, "ForecastCategoryName" AS categoryName
    FROM "OpportunityStage" WHERE ("ApiName" = @name OR "MasterLabel" = @name) AND "IsDeleted" = 0
    ORDER BY "IsActive" DESC LIMIT 1`;

/** A stage nobody defined is open and says nothing else, as in an org whose picklist lost the value. */
const UNKNOWN_STAGE: Stage = {
    isClosed: 0,
    isWon: 0,
    probability: null,
    category: 'Pipeline',
    categoryName: 'Pipeline'
};

const HISTORY_FIELDS = ['StageName', 'Amount', 'CloseDate', 'Probability', 'ForecastCategory'];

export function createOpportunityBehaviour(
    parts: Pick<RecordParts, 'db' | 'ids' | 'schema'>,
    follow: FollowUps
): Behaviour {
    const derivation = createOpportunityDerivation(opportunitySettings(parts.db));
    const splits = createSplitsOfDeals(parts, follow);
    return {
        derive(row, before, given, now) {
            const derived = {
                ...derivation.fromStage(row, before, given),
                ...amountOfProducts(before, given)
            };
            const merged = { ...row, ...derived };
            return {
                ...derived,
                ...derivation.fromDates(merged, before),
                ExpectedRevenue: expectedRevenue(merged),
                LastStageChangeDate:
                    before && before['StageName'] === row['StageName'] ? before['LastStageChangeDate']! : now
            };
        },
        apply(ctx, before, after) {
            const changed = HISTORY_FIELDS.some((name) => before?.[name] !== after[name]);
            if (!before || changed) insertHistory(parts, ctx, before, after);
            if (!before && after['ContactId']) addPrimaryContact(follow, ctx, after);
            splits.dealSaved(ctx, before, after);
        }
    };
}

/** The amount of a deal with products is their sum: what a client gives is passed over without a word. */
function amountOfProducts(before: Values | null, given: Values): Values {
    const isFromProducts = 'HasOpportunityLineItem' in given;
    if (!before?.['HasOpportunityLineItem'] || isFromProducts || !('Amount' in given)) return {};
    return { Amount: before['Amount'] ?? null };
}

function addPrimaryContact(follow: FollowUps, ctx: CallContext, deal: Values): void {
    const role = { OpportunityId: deal['Id']!, ContactId: deal['ContactId']!, IsPrimary: 1 };
    follow.insert(ctx, 'OpportunityContactRole', role);
}

/** Where stages and the fiscal year come from: asked at every save, or read once by the loader. */
export interface OpportunitySettings {
    stage(name: string): Stage | undefined;
    fiscalYear(): FiscalYear;
}

interface FiscalYear {
    month: number;
    startNames: number;
}

export function opportunitySettings(db: Database): OpportunitySettings {
    const selectStage = db.prepare(SELECT_STAGE);
    const selectYear = db.prepare(
        `SELECT coalesce("FiscalYearStartMonth", 1) AS month, "UsesStartDateAsFiscalYearName" AS startNames
         FROM "Organization"`
    );
    return {
        stage: (name) => selectStage.get({ name }) as Stage | undefined,
        fiscalYear: () => selectYear.get() as FiscalYear
    };
}

export function createOpportunityDerivation(settings: OpportunitySettings) {
    return {
        fromStage(row: Values, before: Values | null, given: Values): Values {
            const stage = settings.stage(String(row['StageName'] ?? '')) ?? UNKNOWN_STAGE;
            const isNewStage = !before || before['StageName'] !== row['StageName'];
            const derived: Values = { IsClosed: stage.isClosed, IsWon: stage.isWon };
            if (isNewStage && (given['Probability'] ?? null) === null) {
                derived['Probability'] = stage.probability ?? row['Probability'] ?? null;
            }
            const chosen = given['ForecastCategoryName'] ?? null;
            if (chosen !== null) derived['ForecastCategory'] = categoryOf(String(chosen));
            else if (isNewStage) {
                derived['ForecastCategory'] = stage.category;
                derived['ForecastCategoryName'] = stage.categoryName;
            }
            return derived;
        },
        fromDates(row: Values, before: Values | null): Values {
            const close = row['CloseDate'];
            if (typeof close !== 'string') return {};
            const wasDue = before?.['CloseDate'];
            const pushes = Number(before?.['PushCount'] ?? 0);
            const isPush = typeof wasDue === 'string' && close.slice(0, 7) > wasDue.slice(0, 7);
            return { ...fiscalPeriod(close, settings.fiscalYear()), PushCount: isPush ? pushes + 1 : pushes };
        }
    };
}

/** `BestCase` is the stored name of "Best Case"; "Commit" is stored as `Forecast`. */
function categoryOf(name: string): string {
    return name === 'Commit' ? 'Forecast' : name.replaceAll(' ', '');
}

function fiscalPeriod(day: string, { month, startNames }: FiscalYear): Values {
    const year = Number(day.slice(0, 4));
    const shifted = (Number(day.slice(5, 7)) - month + 12) % 12;
    const startYear = Number(day.slice(5, 7)) >= month ? year : year - 1;
    const fiscalYear = month === 1 || startNames ? startYear : startYear + 1;
    const quarter = Math.floor(shifted / 3) + 1;
    return { FiscalYear: fiscalYear, FiscalQuarter: quarter, Fiscal: `${fiscalYear} ${quarter}` };
}

export function expectedRevenue(row: Values): Stored {
    const { Amount: amount, Probability: probability } = row;
    if (typeof amount !== 'number' || typeof probability !== 'number') return null;
    return roundHalfUp((amount * probability) / 100, 2);
}

function insertHistory(
    { db, ids, schema }: Pick<RecordParts, 'db' | 'ids' | 'schema'>,
    ctx: CallContext,
    before: Values | null,
    after: Values
): void {
    const hasCurrency = schema.field('OpportunityHistory', 'CurrencyIsoCode') !== undefined;
    db.prepare(
        `INSERT INTO "OpportunityHistory" (${hasCurrency ? '"CurrencyIsoCode", ' : ''}"Id", "OpportunityId", "StageName", "Amount", "ExpectedRevenue", "CloseDate",
            "Probability", "FromForecastCategory", "ForecastCategory", "PrevAmount", "PrevCloseDate", "CreatedById",
            "CreatedDate", "LastModifiedById", "LastModifiedDate", "SystemModstamp")
         VALUES (${hasCurrency ? '@currency, ' : ''}@id, @opportunityId, @stage, @amount, @expected, @close, @probability, @from, @category, @prevAmount,
            @prevClose, @userId, @now, @userId, @now, @now)`
    ).run({
        id: ids.newId('008'),
        opportunityId: after['Id'],
        stage: after['StageName'],
        amount: after['Amount'] ?? null,
        expected: after['ExpectedRevenue'] ?? null,
        close: after['CloseDate'] ?? null,
        probability: after['Probability'] ?? null,
        from: before?.['ForecastCategory'] ?? null,
        category: after['ForecastCategory'] ?? null,
        prevAmount: before?.['Amount'] ?? null,
        prevClose: before?.['CloseDate'] ?? null,
        userId: ctx.user.userId,
        now: after['SystemModstamp'],
        ...(hasCurrency ? { currency: after['CurrencyIsoCode'] ?? null } : {})
    });
}
