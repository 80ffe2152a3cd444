// A plan version as rows of the org. The definition is the plan; everything else is made from it for people to read. Rows name their
// parents by key. Texts that decide nothing are cut where a field is too short for them; what decides is refused instead.
import type { Interval, Plan } from '../domain/incentives/plan.ts';
import { sentence, words } from '../domain/incentives/plan-words/words.ts';
import { NO_BEGINNING } from '../domain/incentives/vocabulary.ts';
import { writePlan } from '../domain/incentives/write-plan.ts';
import { planHash } from '../domain/incentives/write-result.ts';
import type { KeptFinding } from '../domain/plan-store/findings.ts';
import type { ComponentPart, PlanParts } from '../domain/plan-store/plan-parts.ts';
import type { Tier } from '../domain/plan-store/tiers.ts';
import { ProblemError } from '../domain/problem.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { RowFields } from './write-rows.ts';

export interface PlanRows {
    plan: RowFields;
    version: RowFields;
    components: RowFields[];
    tiers: RowFields[];
}

export interface PlanToStore {
    plan: Plan;
    parts: PlanParts;
    findings: KeptFinding[];
    /** what the author says about the plan; '' for nothing */
    about: string;
}

const INTERVALS: Record<Interval, string> = {
    week: 'Week',
    month: 'Month',
    quarter: 'Quarter',
    'half-year': 'HalfYear',
    year: 'Year',
    plan: 'Plan'
};

/** Keys and texts the org must hold whole: name of the field, and how much it holds. */
const PLAN_KEY = 64;
const VERSION = 40;
const COMPONENT_KEY = 80;
const LONG_TEXT = 131_072;
const TEXT = 32_768;
/** Fields for reading. */
const NAME = 80;
const LINE = 255;

export function planRows({ plan, parts, findings, about }: PlanToStore): PlanRows {
    const versionKey = versionKeyOf(plan);
    const components = parts.components.map((one) => componentRow(versionKey, one));
    return {
        plan: {
            ExternalKey__c: fitting(plan.key, PLAN_KEY, 'plan'),
            Name: cut(titleOf(plan), NAME),
            CurrencyCode__c: plan.currency,
            Interval__c: INTERVALS[plan.period],
            Purpose__c: about === '' ? null : cut(about, 4096)
        },
        version: versionRow(plan, parts, findings),
        components,
        tiers: parts.components.flatMap((one, index) =>
            one.tiers.map((tier) => tierRow(String(components[index]!['ExternalKey__c']), tier))
        )
    };
}

export function versionKeyOf({ key, version }: Pick<Plan, 'key' | 'version'>): string {
    return `${key}:${fitting(version, VERSION, 'version')}`;
}

export function titleOf({ key, name }: Plan): string {
    return name === key ? sentence(words(key.replaceAll('-', ' '))).slice(0, -1) : name;
}

function versionRow(plan: Plan, parts: PlanParts, findings: KeptFinding[]): RowFields {
    const { effectiveFrom: from, effectiveTo: to } = plan;
    return {
        ExternalKey__c: versionKeyOf(plan),
        Plan__r: { ExternalKey__c: plan.key },
        Name: cut(`${titleOf(plan)} ${plan.version}`, NAME),
        Version__c: plan.version,
        EffectiveStartDate__c: from === NO_BEGINNING ? null : from,
        EffectiveEndDate__c: to,
        Definition__c: fitting(writePlan(plan).trim(), LONG_TEXT, 'definition'),
        PartsHash__c: planHash(plan),
        PlainText__c: cut(parts.plainText, LONG_TEXT),
        ComplexityIndex__c: parts.complexityIndex,
        Examples__c: listOf(parts.examples, LONG_TEXT, 'examples'),
        Findings__c: listOf(findings, TEXT, 'findings'),
        EngineVersion__c: ENGINE_VERSION
    };
}

function componentRow(versionKey: string, part: ComponentPart): RowFields {
    const { table } = part;
    return {
        ExternalKey__c: `${versionKey}:${fitting(part.key, COMPONENT_KEY, `components.${part.key}`)}`,
        PlanVersion__r: { ExternalKey__c: versionKey },
        Name: cut(part.name, NAME),
        ComponentKey__c: part.key,
        Position__c: part.position,
        Basis__c: part.basis,
        Measure__c: part.measure === '' ? null : cut(part.measure, COMPONENT_KEY),
        TableKey__c: table && cut(table.key, COMPONENT_KEY),
        TableMode__c: table && pickedWord(table.mode),
        Boundary__c: table && pickedWord(table.boundary),
        PlainText__c: cut(part.plainText, TEXT),
        Clause__c: part.clause === '' ? null : cut(part.clause, LINE)
    };
}

function tierRow(componentKey: string, tier: Tier): RowFields {
    return {
        ExternalKey__c: `${componentKey}:${tier.row}:${tier.column}`,
        PlanComponent__r: { ExternalKey__c: componentKey },
        Position__c: tier.row,
        ColumnNumber__c: tier.column,
        FromText__c: cut(tier.from, LINE),
        ToText__c: tier.to === '' ? null : cut(tier.to, LINE),
        ColumnText__c: tier.columnText === '' ? null : cut(tier.columnText, LINE),
        ValueText__c: cut(tier.value, LINE),
        LowerBound__c: tier.lower,
        UpperBound__c: tier.upper,
        Rate__c: tier.rate,
        Unit__c: tier.unit,
        BoundUnit__c: tier.boundUnit
    };
}

function listOf(list: readonly object[], most: number, what: string): string | null {
    return list.length === 0 ? null : fitting(JSON.stringify(list), most, what);
}

/** `slab` is `Slab`. */
function pickedWord(word: string): string {
    return word.charAt(0).toUpperCase() + word.slice(1);
}

function cut(text: string, most: number): string {
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function fitting(text: string, most: number, where: string): string {
    if (text.length <= most) return text;
    throw new ProblemError({
        code: 'TEXT_TOO_LONG',
        where,
        value: `${text.slice(0, 40)}… (${text.length} characters)`,
        fix: `The org holds ${most} characters here; make it shorter, or divide the plan.`
    });
}
