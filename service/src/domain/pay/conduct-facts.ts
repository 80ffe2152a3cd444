// Facts about people that gates ask for, from the facts imported into the org: how much of a signal there was in each period. Nothing is
// as good as a fact only where it is known to be nothing: the source has delivered since, and what it delivered is still kept.
import { addDays, daysBetween } from '../incentives/dates.ts';
import type { IsoDay } from '../incentives/plan.ts';
import { Ratio, sumOf } from '../ratio.ts';
import type { PayPeriod } from './pay-facts.ts';

export interface ConductFact {
    /** as the list of signals has it, e.g. `compliance-event` */
    signal: string;
    payeeId: string;
    day: IsoDay;
    value: string;
    /** '' for none */
    severity: string;
    source: string;
    /** '' for ever */
    keptUntil: IsoDay | '';
}

export interface ConductFacts {
    facts: ConductFact[];
    /** last day each source has delivered to in full */
    deliveredTo: ReadonlyMap<string, IsoDay>;
    /** day on which this was read */
    asOf: IsoDay;
}

export interface FactRow {
    name: string;
    payee: string;
    period: string;
    value: string;
}

/** As the list of signals has them (config/scorecards/signals.yaml). */
const SEVERITIES = ['minor', 'material', 'severe'];

const FACT = /\bfact\.([A-Za-z]\w*)/g;

/** Names of facts a plan reads. */
export function factsIn(definition: string): string[] {
    return [...new Set([...definition.matchAll(FACT)].map(([, name]) => name!))].sort();
}

/** Signals a name may stand for: `complianceEventSevere` is `compliance-event-severe`, or `compliance-event` of that severity. */
export function signalsOf(name: string): string[] {
    const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const severity = SEVERITIES.find((one) => words.endsWith(`-${one}`));
    return severity === undefined ? [words] : [words, words.slice(0, -severity.length - 1)];
}

/** One for each name the plan reads, payee and period of which it is known. */
export function factRows(
    conduct: ConductFacts | null,
    definition: string,
    payeeIds: ReadonlySet<string>,
    periods: readonly PayPeriod[]
): FactRow[] {
    if (!conduct) return [];
    return factsIn(definition).flatMap((name) => {
        const known = ofName(name, conduct.facts);
        const rows = Map.groupBy(known.meant, ({ payeeId }) => payeeId);
        return periods
            .filter((period) => isKnown(known.ofSignal, period, conduct))
            .flatMap(({ key, start, end }) =>
                [...payeeIds].sort().map((payee) => {
                    const own = (rows.get(payee) ?? []).filter(({ day }) => start <= day && day <= end);
                    return { name, payee, period: key, value: sumText(own.map(({ value }) => value)) };
                })
            );
    });
}

/** A figure that cannot be read stays as it is: the calculation names whose it is. */
function sumText(values: readonly string[]): string {
    const figures = values.map((value) => Ratio.parseDecimal(value));
    const unread = figures.indexOf(null);
    return unread >= 0 ? values[unread]! : sumOf(figures as Ratio[]).toString();
}

/** All facts of the signal a name stands for, and those of them it means: all, or those of one severity. */
function ofName(
    name: string,
    facts: readonly ConductFact[]
): { ofSignal: ConductFact[]; meant: ConductFact[] } {
    const words = signalsOf(name)[0]!;
    for (const severity of ['', ...SEVERITIES]) {
        const end = severity === '' ? '' : `-${severity}`;
        if (!words.endsWith(end)) continue;
        const signal = words.slice(0, words.length - end.length);
        const ofSignal = facts.filter((one) => one.signal === signal);
        const isMeant = (one: ConductFact): boolean =>
            severity === '' || one.severity.toLowerCase() === severity;
        if (ofSignal.length > 0) return { ofSignal, meant: ofSignal.filter(isMeant) };
    }
    return { ofSignal: [], meant: [] };
}

/** Of a signal of which there is no fact at all nothing is known. */
function isKnown(
    ofSignal: readonly ConductFact[],
    { start, end }: PayPeriod,
    conduct: ConductFacts
): boolean {
    if (ofSignal.length === 0) return false;
    const sources = new Set(ofSignal.map(({ source }) => source));
    const isDelivered = [...sources].every((source) => (conduct.deliveredTo.get(source) ?? '') >= end);
    return isDelivered && keptDays(ofSignal).every((days) => addDays(start, days) >= conduct.asOf);
}

function keptDays(facts: readonly ConductFact[]): number[] {
    return facts
        .filter(({ keptUntil }) => keptUntil !== '')
        .map(({ day, keptUntil }) => daysBetween(day, keptUntil));
}
