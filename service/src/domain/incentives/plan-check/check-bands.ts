// Bands of tables: lowest first, touching, none overlapping; a value for each column. The last may end: published tables do, and
// the engine refuses values beyond. Bounds that are not constant (a parameter by date, a field of the payee) are compared by how
// they are written.
import type { Problem } from '../../problem.ts';
import type { Ratio } from '../../ratio.ts';
import type { Expression } from '../expression.ts';
import type { Plan, RateTable } from '../plan.ts';
import { writeExpression } from '../plan-file/write-expression.ts';
import { constantOf } from './constant.ts';

interface Band {
    from: Expression;
    to: Expression | null;
}

export function checkBands(plan: Plan): Problem[] {
    return plan.tables.flatMap((table) => {
        const place = `tables.${table.key}`;
        const rows =
            table.mode === 'interpolated'
                ? pointsIn(table, place, plan)
                : bandsIn(table.rows, `${place}.rows`, plan);
        return [...rows, ...bandsIn(table.columns, `${place}.columns`, plan), ...valuesIn(table, place)];
    });
}

function bandsIn(bands: Band[], place: string, plan: Plan): Problem[] {
    return bands.flatMap((band, index) => {
        const where = `${place}[${index + 1}]`;
        const next = bands[index + 1];
        return [...turnedRound(band, where, plan), ...(next ? meeting(band, next, where, plan) : [])];
    });
}

function turnedRound({ from, to }: Band, where: string, plan: Plan): Problem[] {
    const [low, high] = [constantOf(from, plan), constantOf(to, plan)];
    if (!low || !high || low.compare(high) < 0) return [];
    return [
        problem(
            'BAND_TURNED',
            where,
            `${low} to ${high}`,
            'A band must end above where it begins: swap or correct its bounds.'
        )
    ];
}

function meeting(band: Band, next: Band, where: string, plan: Plan): Problem[] {
    if (band.to === null)
        return [
            problem(
                'BAND_WITHOUT_END',
                where,
                '',
                `Only the last band has no end: write to: ${writeExpression(next.from)}.`
            )
        ];
    const [end, begin] = [constantOf(band.to, plan), constantOf(next.from, plan)];
    if (!end || !begin) return writtenAlike(band.to, next.from, where);
    const difference = end.compare(begin);
    if (difference === 0) return [];
    const [low, high] = difference > 0 ? [begin, end] : [end, begin];
    return [bandProblem(difference > 0, low, high, where)];
}

function bandProblem(isOverlap: boolean, low: Ratio, high: Ratio, where: string): Problem {
    return isOverlap
        ? problem(
              'BANDS_OVERLAP',
              where,
              `${low} to ${high}`,
              `Two bands hold ${low} to ${high}: end this one where the next begins, lowest first.`
          )
        : problem(
              'BANDS_HOLE',
              where,
              `${low} to ${high}`,
              `No band holds ${low} to ${high}: end this one where the next begins.`
          );
}

function writtenAlike(end: Expression, begin: Expression, where: string): Problem[] {
    const [to, from] = [writeExpression(end), writeExpression(begin)];
    if (to === from) return [];
    return [
        problem(
            'BANDS_UNCERTAIN',
            where,
            `${to} and ${from}`,
            'Write the same expression where one band ends and the next begins.'
        )
    ];
}

function pointsIn(table: RateTable, place: string, plan: Plan): Problem[] {
    return table.rows.slice(1).flatMap(({ from }, index) => {
        const [low, high] = [constantOf(table.rows[index]!.from, plan), constantOf(from, plan)];
        if (!low || !high || low.compare(high) < 0) return [];
        return [
            problem(
                'POINTS_ORDER',
                `${place}.rows[${index + 2}].at`,
                high.toString(),
                `Write the points lowest first: ${high} does not come after ${low}.`
            )
        ];
    });
}

function valuesIn(table: RateTable, place: string): Problem[] {
    const wanted = Math.max(1, table.columns.length);
    return table.rows.flatMap(({ values }, index) => {
        if (values.length === wanted) return [];
        const fix = `Write ${wanted} ${wanted === 1 ? 'value, or columns for the others' : 'values, one for each column'}.`;
        return [problem('VALUES_COUNT', `${place}.rows[${index + 1}].values`, String(values.length), fix)];
    });
}

function problem(code: string, where: string, value: string, fix: string): Problem {
    return { code, where, value, fix };
}
