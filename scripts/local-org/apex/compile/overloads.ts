// Types while loading: which overload the declared types of the arguments choose, and which assignments cannot be right.
// Unknown types (null) decide nothing; the values do then, when the line runs.
import type { ApexType, MethodInfo, PrimitiveName } from '../model.ts';
import { typeText } from '../model.ts';

/** What a primitive becomes where another is declared, nearest first. */
const WIDENINGS: Partial<Record<PrimitiveName, PrimitiveName[]>> = {
    Integer: ['Long', 'Decimal', 'Double'],
    Long: ['Decimal', 'Double'],
    Double: ['Decimal'],
    Decimal: ['Double'],
    Id: ['String'],
    String: ['Id'],
    Date: ['Datetime']
};

/** The overload for these declared types; undefined when a type is unknown or none is nearest. */
export function chooseOverload(candidates: MethodInfo[], types: (ApexType | null)[]): MethodInfo | undefined {
    if (types.includes(null)) return undefined;
    const rated = candidates
        .map((method) => ({ method, distance: totalDistance(method, types as ApexType[]) }))
        .filter(({ distance }) => distance !== undefined)
        .toSorted((a, b) => a.distance! - b.distance!);
    const [best, second] = rated;
    return best && best.distance !== second?.distance ? best.method : undefined;
}

function totalDistance(method: MethodInfo, types: ApexType[]): number | undefined {
    let total = 0;
    for (const [index, { type }] of method.parameters.entries()) {
        const one = distance(types[index], type);
        if (one === undefined) return undefined;
        total += one;
    }
    return total;
}

const FAR = 100;

/** 0: the same type; more: further up; undefined: does not fit. */
function distance(from: ApexType, to: ApexType): number | undefined {
    if (typeText(from).toLowerCase() === typeText(to).toLowerCase()) return 0;
    if (isObject(to)) return FAR;
    if (from.kind === 'primitive' && to.kind === 'primitive') {
        const at = (WIDENINGS[from.name] ?? []).indexOf(to.name);
        return at < 0 ? undefined : at + 1;
    }
    if (from.kind === 'class' && to.kind === 'class') return stepsUp(from, to);
    if (from.kind === 'class' && to.kind === 'platform')
        return from.cls.implementsPlatform(to.name.toLowerCase()) ? 1 : undefined;
    if (from.kind === 'sobject' && to.kind === 'sobject') return to.name === null ? 1 : undefined;
    if ((from.kind === 'list' || from.kind === 'set') && to.kind === from.kind) {
        return distance(from.of, (to as { of: ApexType }).of);
    }
    if (from.kind === 'map' && to.kind === 'map') {
        const [key, of] = [distance(from.key, to.key), distance(from.of, to.of)];
        return key === undefined || of === undefined ? undefined : key + of;
    }
    return undefined;
}

function stepsUp(from: ApexType & { kind: 'class' }, to: ApexType & { kind: 'class' }): number | undefined {
    if (!from.cls.isSubclassOf(to.cls)) return undefined;
    let steps = 0;
    for (let cls = from.cls.superclass; cls; cls = cls.superclass) {
        steps++;
        if (cls === to.cls) return steps;
    }
    return steps + 1;
}

const isObject = (type: ApexType): boolean => type.kind === 'primitive' && type.name === 'Object';

/** Whether a value of `from` can never become one of `to`. Only what is certain: primitives and enumerations. */
export function cannotBecome(from: ApexType | null, to: ApexType): boolean {
    if (!from || isObject(from) || isObject(to) || from.kind === 'void') return false;
    const isPlain = (type: ApexType): boolean => type.kind === 'primitive' || type.kind === 'enum';
    if (!isPlain(from) && !isPlain(to)) return false;
    // A query of one row stands for its record.
    if (from.kind === 'list' && to.kind === 'sobject') return false;
    return distance(from, to) === undefined;
}
