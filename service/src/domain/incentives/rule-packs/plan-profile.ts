// What rules ask of a plan that the plan itself does not say: who is advised, what fixed pay stands beside it, what its criteria are
// and where their data come from. Written beside the plan (profile.yaml); without one, checks that need it say so.
import type { Problem } from '../../problem.ts';
import type { Expression, Value } from '../expression.ts';
import { parseNumber } from '../parse-expression.ts';
import { withLines } from '../parse-plan.ts';
import { PartReader, Reading, textOf } from '../plan-file/part-reader.ts';
import { readTree } from '../plan-file/tree.ts';
import type { Fields } from '../input.ts';

export interface PlanProfile {
    /** whether retail clients get recommendations from those paid */
    audience: Audience;
    /** fixed pay of a year, of `payee.x`; null where it is not known */
    fixedPay: Expression | null;
    /** target variable pay of a year, of `payee.x` */
    targetPay: Expression | null;
    /** fields of a transaction that say which product or type of product it is */
    productFields: string[];
    criteria: Criterion[];
    /** facts of the people on the plan, as rules ask for them, e.g. `isSeniorManager` */
    person: Fields;
}

export const AUDIENCES = ['retailRecommendations', 'other', 'unknown'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const CRITERION_KINDS = ['commercial', 'qualitative', 'conduct'] as const;

export interface Criterion {
    /** as expressions name it: `fact.complaints`, `measure.calls`, `complaint` */
    name: string;
    kind: (typeof CRITERION_KINDS)[number];
    /** where the data come from; '' where nobody said */
    dataSource: string;
    /** of conduct: whether a higher figure is worse (breaches) or better (a score) */
    moreIs: 'worse' | 'better';
}

export const NO_PROFILE: PlanProfile = {
    audience: 'unknown',
    fixedPay: null,
    targetPay: null,
    productFields: ['product', 'productType', 'security', 'securityType'],
    criteria: [],
    person: {}
};

export function parsePlanProfile(yaml: string): { profile: PlanProfile | null; problems: Problem[] } {
    const { tree, problems } = readTree(yaml);
    if (tree === null) return { profile: null, problems };
    const reading = new Reading();
    const profile = PartReader.read(tree, '', reading, readProfile);
    const found = withLines(reading);
    return { profile: found.length === 0 ? profile : null, problems: found };
}

function readProfile(part: PartReader): PlanProfile {
    return {
        audience: part.choice('audience', AUDIENCES, 'unknown'),
        fixedPay: part.expression('fixedPay'),
        targetPay: part.expression('targetPay'),
        productFields: part.has('productFields') ? part.words('productFields') : NO_PROFILE.productFields,
        criteria: readCriteria(part),
        person: readPerson(part)
    };
}

/** Names have dots, so the map is read as it stands. */
function readCriteria(part: PartReader): Criterion[] {
    const tree = part.tree('criteria');
    if (tree === null) return [];
    if (tree.kind !== 'map') {
        part.report(
            'MAP_WANTED',
            'criteria',
            textOf(tree),
            'Write names and kinds, e.g. fact.breaches: { kind: conduct }.'
        );
        return [];
    }
    return tree.entries.flatMap(({ key, value }) => {
        const criterion = PartReader.read(value, `criteria.${key}`, part.reading, (one) => ({
            name: key,
            kind: one.needChoice('kind', CRITERION_KINDS, 'commercial'),
            dataSource: one.text('dataSource') ?? '',
            moreIs: one.choice('moreIs', ['worse', 'better'] as const, 'worse')
        }));
        return criterion === null ? [] : [criterion];
    });
}

function readPerson(part: PartReader): Fields {
    const tree = part.tree('person');
    if (tree === null) return {};
    if (tree.kind !== 'map') {
        part.report('MAP_WANTED', 'person', textOf(tree), 'Write facts, e.g. isSeniorManager: false.');
        return {};
    }
    return Object.fromEntries(tree.entries.map(({ key, value }) => [key, factOf(textOf(value))]));
}

/** `true`, a figure, or words. */
export function factOf(text: string): Value {
    if (text === 'true' || text === 'false') return text === 'true';
    return parseNumber(text) ?? text;
}
