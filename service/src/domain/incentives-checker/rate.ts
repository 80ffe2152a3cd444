// What the rate of a component makes of its base: one rate, or the parts of a table's bands.
import { Bands, type BandPart } from './bands.ts';
import { asText, isTable, namedTables, type Data, type Table } from './data.ts';
import { add, divide, isSame, least, most, multiply, subtract, total, ZERO, type Exact } from './exact.ts';
import { formulaOf, type Place } from './formula.ts';
import { asExact, asTruth, CannotDerive } from './values.ts';
import { formulaIn } from './plan-data.ts';
import type { MovingPlace } from './measure-names.ts';
import type { Review } from './review.ts';
import { Working } from './working.ts';

export interface RatedPart extends BandPart {
    rate: Exact;
    amount: Exact;
}

export interface Rated {
    amount: Exact;
    bands: RatedPart[];
}

export function rated(
    review: Review,
    key: string,
    component: Table,
    base: Exact | null,
    place: MovingPlace,
    working: Working
): Rated {
    const rule = `components.${key}.rate`;
    const written = component['rate'];
    if (written === undefined) return { amount: base ?? ZERO, bands: [] };
    const choices: readonly Data[] = Array.isArray(written) ? written : [written];
    const choice = choices.find((one) => holds(isTable(one) ? one : {}, place));
    if (choice === undefined) return { amount: working.step(rule, {}, ZERO), bands: [] };
    if (isTable(choice) && choice['table'] !== undefined)
        return byTable(review, key, component, choice, base, place, working);
    const value = isTable(choice) ? formulaIn(choice, 'value')! : formulaOf(asText(choice));
    return single(key, component, base, working.figure(rule, value, place), place, working);
}

export function holds(part: Table, place: Place): boolean {
    const when = formulaIn(part, 'when');
    return !when || asTruth(when(place));
}

function byTable(
    review: Review,
    key: string,
    component: Table,
    choice: Table,
    base: Exact | null,
    place: MovingPlace,
    working: Working
): Rated {
    const table = review.plan.tables.get(asText(choice['table']));
    if (!table) throw new CannotDerive(`there is no table ${asText(choice['table'])}`);
    const column = formulaIn(choice, 'column');
    const y = column ? asExact(column(place)) : null;
    const { name, before, after } = position(component, asText(choice['at']), place);
    const bands = new Bands(table, y, place);
    const tell = (result: Exact): Exact =>
        working.step(
            `tables.${asText(choice['table'])}`,
            {
                ...(name === 'at' ? {} : { [`${name} before`]: before }),
                [name]: after,
                ...(y ? { column: y } : {})
            },
            result
        );
    if (bands.mode !== 'marginal') {
        const value = bands.valueAt(asText(choice['position']) === 'before' ? before : after);
        return single(key, component, base, tell(value), place, working);
    }
    if (isSame(before, after)) {
        if (!base) return { amount: tell(ZERO), bands: [] };
        const value = bands.bandOf(after).value;
        return single(key, component, base, tell(value), place, working);
    }
    const adjusting = new Working();
    const adjust = adjustment(key, component, place, adjusting);
    const moved = subtract(after, before);
    const parts = bands.parts(before, after).map((part) => {
        const rate = adjust(part.value);
        const worth = base ? divide(multiply(base, part.quantity), moved) : part.quantity;
        return { ...part, rate, amount: multiply(worth, rate) };
    });
    const amount = tell(total(parts.map((part) => part.amount)));
    working.add(adjusting);
    return { amount, bands: parts };
}

/** From where to where a table is walked; what is earned to date is walked from the beginning. */
function position(
    component: Table,
    at: string,
    place: MovingPlace
): { name: string; before: Exact; after: Exact } {
    const [first, measure, ...more] = at.trim().split('.');
    const isToDate = component['toDate'] !== undefined;
    if (first === 'measure' && measure && more.length === 0) {
        const { before, after } = place.movement(measure);
        return { name: `measure.${measure}`, before: isToDate ? ZERO : before, after };
    }
    const after = asExact(formulaOf(at)(place));
    if (first !== 'attainment' || !measure || !/^\w+$/.test(measure))
        return { name: 'at', before: ZERO, after };
    const before = isToDate ? ZERO : asExact(formulaOf(`attainmentBefore.${measure}`)(place));
    return { name: `attainment.${measure}`, before, after };
}

function single(
    key: string,
    component: Table,
    base: Exact | null,
    found: Exact,
    place: Place,
    working: Working
): Rated {
    const rate = adjustment(key, component, place, working)(found);
    const amount = base ? working.step(`components.${key}`, { base, rate }, multiply(base, rate)) : rate;
    return { amount, bands: [] };
}

/** Points added, then the floor, then the ceiling. */
function adjustment(key: string, component: Table, place: Place, working: Working): (rate: Exact) => Exact {
    const added = namedTables(component['rateAdjustments'])
        .filter(([, one]) => holds(one, place))
        .map(([name, one]) =>
            working.figure(`components.${key}.rateAdjustments.${name}`, formulaIn(one, 'add')!, place)
        );
    const [floor, ceiling] = ['rateFloor', 'rateCeiling'].map((name) => {
        const formula = formulaIn(component, name);
        return formula && working.figure(`components.${key}.${name}`, formula, place);
    });
    return (rate) => {
        const sum = add(rate, total(added));
        const raised = floor ? most(sum, floor) : sum;
        return ceiling ? least(raised, ceiling) : raised;
    };
}
