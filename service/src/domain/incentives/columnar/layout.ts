// How the rules of a plan are laid out in a kernel: neighbouring rules that do the same steps form a group, and what differs
// between them (which sums, which tables) is data. Known from the plan alone, so that a kernel can be made at publication.
import type { ComponentShape, RuleShape, Shape, SumShape, WalkKind } from './shape.ts';

/** What a credit does to a sum. */
export interface SlotSteps {
    /** false: the rule only looks at it */
    isMoved: boolean;
    /** every credit that moves it adds just its whole amount */
    isPlain: boolean;
    /** what it adds is counted in shares of a deal, not in money */
    of: 'amount' | 'share' | 'one';
    /** a component per credit looks at it in the second pass */
    isFollowed: boolean;
}

/** How a component per credit pays for a credit. */
export interface LineSteps {
    kind: WalkKind;
    /** positions among the rule's sums */
    at: number;
    base: number;
    position: 'before' | 'after';
    /** rates differ between payees or periods */
    isByCell: boolean;
    /** nothing moves the sum but what it pays for, so the band of the credit before is where this one starts */
    isAlone: boolean;
    /** kinds of transactions decide whether it pays */
    isAsked: boolean;
    /** its lines are rounded each */
    isRounded: boolean;
    /** the period's earning is the sum of its lines */
    isAddedUp: boolean;
}

export interface GroupSteps {
    target: 'splits' | 'holder' | 'payee';
    /** place among owner and roles */
    holder: number;
    /** the rule's share is not the whole */
    hasShare: boolean;
    slots: SlotSteps[];
    lines: LineSteps[];
}

export interface Group extends GroupSteps {
    /** indices of the rules, in order */
    rules: number[];
}

export interface Layout {
    groups: Group[];
    /** by rule, the index of its group */
    groupOf: number[];
    /** most sums and lines of a rule */
    slotStride: number;
    lineStride: number;
    /** components per credit, in order; their cells follow each other */
    lineComponents: number[];
    residual: Shape['plan']['rounding']['residual'];
    mode: Shape['plan']['rounding']['mode'];
    fieldCount: number;
}

export function layoutOf(shape: Shape): Layout {
    const groups: Group[] = [];
    for (const [index, rule] of shape.rules.entries()) {
        const steps = stepsOf(shape, rule);
        const last = groups.at(-1);
        if (last && isSame(last, steps)) last.rules.push(index);
        else groups.push({ ...steps, rules: [index] });
    }
    const { residual, mode } = shape.plan.rounding;
    return {
        groups,
        groupOf: groups.flatMap(({ rules }, index) => rules.map(() => index)),
        slotStride: Math.max(1, ...shape.rules.map(({ sums }) => sums.length)),
        lineStride: Math.max(1, ...shape.rules.map(({ lines }) => lines.length)),
        lineComponents: [...shape.components.keys()].filter((one) => isPerCredit(shape.components[one]!)),
        residual,
        mode,
        fieldCount: shape.fields.length
    };
}

export function isPerCredit({ component }: ComponentShape): boolean {
    return component.per === 'credit';
}

/** Whether the period's earning follows from sums alone, without looking at single credits. */
export function isClosed({ plan }: Shape, { component, kind, ownsWalk }: ComponentShape): boolean {
    if (component.per === 'period') return true;
    return plan.rounding.at !== 'line' && kind !== 'banded' && ownsWalk;
}

function isSame({ rules: _, ...group }: Group, steps: GroupSteps): boolean {
    return JSON.stringify(group) === JSON.stringify(steps);
}

function stepsOf(shape: Shape, one: RuleShape): GroupSteps {
    const { rule, target, sums, lines } = one;
    const isShared = rule.share !== null && target.kind !== 'splits';
    return {
        target: target.kind === 'owner' || target.kind === 'role' ? 'holder' : target.kind,
        holder: target.kind === 'role' ? 1 + shape.roles.indexOf(target.role) : 0,
        hasShare: isShared,
        slots: sums.map((sum) => slotSteps(shape, one, sum)),
        lines: lines.map((line) => lineSteps(shape, shape.components[line]!, sums))
    };
}

function slotSteps(shape: Shape, { rule }: RuleShape, sum: number): SlotSteps {
    const { figure, counts } = shape.sums[sum]!;
    return {
        isMoved: counts[shape.plan.crediting.indexOf(rule)]!,
        isPlain: isPlain(shape, shape.sums[sum]!),
        of: figure.part === 'countCredit' ? 'share' : figure.part === 'one' ? 'one' : 'amount',
        isFollowed: shape.components.some((one) => isPerCredit(one) && one.kind !== 'flat' && one.at === sum)
    };
}

/** Nothing turns whole amounts into parts, whichever rule credits. */
function isPlain({ plan }: Shape, { figure: { part, factor }, when, counts }: SumShape): boolean {
    if (factor || when || part === 'countCredit') return false;
    const factorOf = { payable: 'payable', quotaCredit: 'quota', one: 'count' } as const;
    return plan.crediting.every(
        (rule, index) =>
            !counts[index] ||
            part === 'one' ||
            (!rule[factorOf[part]] && (!rule.share || rule.to.kind === 'splits'))
    );
}

function lineSteps(shape: Shape, one: ComponentShape, sums: readonly number[]): LineSteps {
    const { component, kind, at, base, position, ownsWalk } = one;
    const isRounded = shape.plan.rounding.at === 'line';
    return {
        kind,
        at: sums.indexOf(at),
        base: sums.indexOf(base ?? at),
        position,
        isByCell: one.rateNames.length > 0,
        isAlone: ownsWalk,
        isAsked: component.when !== null,
        isRounded,
        isAddedUp: !isClosed(shape, one)
    };
}
