// A simulation as write-simulation.ts writes it: amounts as text with the decimals of the plan. No behaviour.
import type { Problem } from '../problem.ts';

export interface PersonData {
    payee: string;
    pay: string;
    againstPay: string | null;
    difference: string | null;
    /** part of the pay under the other plan; null where that was nothing */
    share: string | null;
}

export interface LeftData {
    payee: string;
    plan: string;
    problem: Problem;
}

export interface ProductData {
    product: string;
    deals: number;
    revenue: string;
    pay: string;
    againstPay: string | null;
    rate: string | null;
    againstRate: string | null;
}

export interface NumberData {
    place: string;
    name: string;
    value: string;
    isByLine: boolean;
    lower: MovedData;
    higher: MovedData;
}

export interface MovedData {
    value: string;
    change: string | null;
    gain: number;
    lose: number;
    problem: Problem | null;
}

export interface SimulationData {
    plan: { key: string; version: string };
    against: { key: string; version: string } | null;
    currency: string;
    from: string;
    to: string;
    total: { paid: string; later: string };
    againstTotal: { paid: string; later: string } | null;
    costs: { month: string; paid: string; againstPaid: string | null }[];
    winners: { count: number; amount: string };
    losers: { count: number; amount: string };
    spread: {
        bands: { from: string | null; to: string | null; count: number }[];
        same: number;
        fromNothing: number;
    } | null;
    people: PersonData[];
    curve: {
        payee: string;
        measure: string;
        target: string;
        points: { part: string; at: string; pay: string; againstPay: string | null }[];
        cliffs: { at: string; jump: string; share: string }[];
    } | null;
    products: {
        field: string;
        products: ProductData[];
        withoutDeal: string;
        againstWithoutDeal: string | null;
    } | null;
    productPay: { field: string; pay: { product: string; paid: string }[] } | null;
    gates: {
        component: string;
        gate: string;
        asked: number;
        closed: number;
        waived: number;
        payees: string[];
        heldBack: string | null;
    }[];
    sensitivity: {
        earned: string;
        people: number;
        numbers: NumberData[];
        left: number;
        reason: string | null;
    } | null;
    findings: {
        pack: string;
        packVersion: string;
        check: string;
        verdict: string;
        found: string;
        limit: string;
        where: string[];
        fix: string;
        citation: string;
        figures: { key: string; text: string; status: string; citation: string }[];
        confirmation: string;
    }[];
    left: LeftData[];
    problems: Problem[];
}
