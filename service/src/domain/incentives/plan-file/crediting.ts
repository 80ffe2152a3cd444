// Crediting rules of a plan file.
import { TOUCH_SOURCES } from '../plan.ts';
import type {
    Attribution,
    CreditRule,
    CreditTarget,
    Deduction,
    HandOverSource,
    TouchSource
} from '../plan.ts';
import { readKeyed } from './keyed.ts';
import type { PartReader } from './part-reader.ts';
import { textOf } from './part-reader.ts';

const TARGETS =
    'owner, splits, { role: SE }, { payee: A }, { payees: payee.territory = territory }, { manager: direct, levels: 1 }, { handOver: days } or { touches: linear }';

export function readCreditRule(part: PartReader, key: string): CreditRule {
    const to = targetOf(part);
    const bringsShares = to.kind === 'splits' || to.kind === 'handOver' || to.kind === 'touches';
    return {
        key,
        when: part.expression('when'),
        to,
        share: part.expression('share'),
        before: readKeyed(part, 'before', readDeduction),
        total: part.choice('total', ['whole', 'any'], bringsShares ? 'whole' : 'any'),
        payable: part.expression('payable'),
        quota: part.expression('quota'),
        count: part.expression('count'),
        only: part.words('only')
    };
}

function readDeduction(part: PartReader, key: string): Deduction {
    return { key, when: part.expression('when'), amount: part.needExpression('amount', 'amount * 6%') };
}

function targetOf(part: PartReader): CreditTarget {
    const tree = part.tree('to');
    const otherwise: CreditTarget = { kind: 'owner' };
    if (tree === null) {
        part.reportMissing('to', 'owner');
        return otherwise;
    }
    if (tree.kind === 'text' && tree.text === 'owner') return otherwise;
    if (tree.kind === 'text' && tree.text === 'splits') return { kind: 'splits' };
    if (tree.kind === 'map') return part.part('to', targetInMap) ?? otherwise;
    part.report('TARGET_UNKNOWN', 'to', textOf(tree), `Write ${TARGETS}.`);
    return otherwise;
}

function targetInMap(to: PartReader): CreditTarget {
    const kinds = ['role', 'payee', 'payees', 'manager', 'handOver', 'touches'].filter((kind) =>
        to.has(kind)
    );
    switch (kinds.length === 1 ? kinds[0] : undefined) {
        case 'role':
            return { kind: 'role', role: to.text('role') ?? '' };
        case 'payee':
            return { kind: 'payee', payee: to.text('payee') ?? '' };
        case 'payees':
            return { kind: 'payees', when: to.needExpression('payees', 'payee.territory = territory') };
        case 'manager':
            return { kind: 'manager', of: to.text('manager') ?? '', levels: to.whole('levels', 1) ?? 1 };
        case 'handOver':
            return {
                kind: 'handOver',
                by: to.choice('handOver', ['days', 'stages', 'date'], 'days'),
                from: handOverFrom(to)
            };
        case 'touches':
            return { kind: 'touches', method: attributionOf(to), from: sourcesOf(to) };
        default:
            to.report('TARGET_UNKNOWN', '', kinds.join(' and ') || 'a map', `Write one of ${TARGETS}.`);
            return { kind: 'owner' };
    }
}

function handOverFrom(to: PartReader): HandOverSource {
    if (to.tree('from')?.kind !== 'map') return to.choice('from', ['owner', 'splits'] as const, 'owner');
    return to.part('from', (from) => ({ role: from.needText('role', 'SE') })) ?? 'owner';
}

/** One word, or several in a list. */
function sourcesOf(to: PartReader): TouchSource[] {
    if (!to.has('from')) return [];
    if (to.tree('from')?.kind !== 'list') return [to.choice('from', TOUCH_SOURCES, 'activities')];
    return to.list('from', (tree, place) => {
        const source = TOUCH_SOURCES.find((one) => tree.kind === 'text' && tree.text === one);
        if (source) return source;
        const fix = `Write one of ${TOUCH_SOURCES.join(', ')}.`;
        to.reading.report('CHOICE_UNKNOWN', place, textOf(tree), fix);
        return null;
    });
}

function attributionOf(to: PartReader): Attribution {
    if (to.tree('touches')?.kind !== 'map')
        return { method: to.choice('touches', ['first', 'last', 'linear', 'shapley'], 'linear') };
    const position = to.part('touches', (touches) => ({
        method: 'position' as const,
        first: touches.needExpression('first', '40%'),
        last: touches.needExpression('last', '40%')
    }));
    return position ?? { method: 'linear' };
}
