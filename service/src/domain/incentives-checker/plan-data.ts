// The parts of a plan as its YAML has them, found by key, with the defaults of plan-language.md.
import {
    asText,
    asTable,
    isTable,
    named,
    namedTables,
    readYaml,
    tables,
    type Data,
    type Table
} from './data.ts';
import { Intervals, type Span } from './days.ts';
import { exact, readExact } from './exact.ts';
import { formulaOf, type Formula } from './formula.ts';
import type { Rounding } from './rounded.ts';

export class PlanData {
    readonly key: string;
    readonly version: string;
    readonly currency: string;
    /** how often it pays */
    readonly period: string;
    readonly rounding: Rounding;
    readonly allowsNegative: boolean;
    /** its first and last day */
    readonly effective: Span;
    readonly intervals: Intervals;
    readonly crediting: readonly [string, Table][];
    readonly measures: ReadonlyMap<string, Table>;
    readonly quotas: ReadonlyMap<string, Table>;
    readonly tables: ReadonlyMap<string, Table>;
    readonly components: ReadonlyMap<string, Table>;
    readonly payout: readonly [string, Table][];
    readonly figures: readonly [string, Data][];
    readonly #parameters: ReadonlyMap<string, Data>;

    constructor(yaml: string) {
        const plan = readYaml(yaml);
        this.key = asText(plan['plan']);
        this.version = asText(plan['version']) || '1';
        this.currency = asText(plan['currency']);
        this.period = asText(plan['period']) || 'month';
        this.rounding = roundingOf(plan['rounding']);
        this.allowsNegative = asText(plan['negativeAmounts']) === 'allowed';
        const effective = isTable(plan['effective']) ? plan['effective'] : {};
        this.effective = {
            from: asText(effective['from']) || '0001-01-01',
            to: asText(effective['to']) || '9999-12-31'
        };
        this.intervals = new Intervals(asText(plan['yearStart']) || '01-01', this.effective);
        this.crediting = namedTables(plan['crediting']);
        this.measures = new Map(namedTables(plan['measures']));
        this.quotas = new Map(namedTables(plan['quotas']));
        this.tables = new Map(namedTables(plan['tables']));
        this.components = new Map(namedTables(plan['components']));
        this.payout = namedTables(plan['payout']);
        this.figures = named(plan['figures']);
        this.#parameters = new Map(named(plan['parameters']));
    }

    /** The value in force on the day: the last that began by then. */
    parameter(key: string, day: string): Formula | undefined {
        const found = this.#parameters.get(key);
        if (found === undefined) return undefined;
        if (!isTable(found) && !Array.isArray(found)) return formulaOf(asText(found));
        if (isTable(found) && 'value' in found) return formulaOf(asText(found['value']));
        const dated = tables(isTable(found) ? found['values'] : found);
        const begun = dated.filter((one) => asText(one['from']) <= day);
        const latest = begun.sort((a, b) => (asText(a['from']) < asText(b['from']) ? -1 : 1)).at(-1);
        return latest && formulaOf(asText(latest['value']));
    }

    measureInterval(measure: Table): string {
        return asText(measure['interval']) || this.period;
    }
}

/** An expression of a part; undefined where it is not written. */
export function formulaIn(part: Table, key: string): Formula | undefined {
    return part[key] === undefined ? undefined : formulaOf(asText(part[key]));
}

export function partIn(part: Table, key: string): Table | undefined {
    return part[key] === undefined ? undefined : asTable(part[key], key);
}

function roundingOf(data: Data | undefined): Rounding {
    const rounding = isTable(data) ? data : {};
    return {
        unit: readExact(asText(rounding['unit']) || '0.01') ?? exact(1, 100),
        mode: asText(rounding['mode']) || 'half-even',
        at: (asText(rounding['at']) || 'line') as Rounding['at'],
        residual: asText(rounding['residual']) || 'largestRemainder'
    };
}
