// Rows of the list: from what Apex gives to what is shown, filtered and sorted. Pure.
import { urgencyOf } from 'c/healthBand';
import { observedText } from 'c/flagWording';

/** @typedef {{ band: string, stage: string, text: string }} Filters */

/**
 * @param {any} row RiskRowView of RiskListController
 * @param {number} rank its place as Apex ordered it, most urgent first
 */
export function toRow(row, rank) {
    const why = row.unit ? observedText({ ...row, ruleKey: row.topRuleKey }, row.currencyIsoCode) : '';
    return { ...row, rank, why };
}

/**
 * @param {any[]} rows
 * @param {Filters} filters
 */
export function filterRows(rows, { band, stage, text }) {
    const words = text.trim().toLowerCase().split(/\s+/);
    return rows.filter(
        (row) =>
            (!band || row.band === band) &&
            (!stage || row.stageName === stage) &&
            words.every((word) => searchable(row).includes(word))
    );
}

function searchable({ opportunityName, accountName, ownerName, why, topActionText }) {
    return [opportunityName, accountName, ownerName, why, topActionText]
        .filter(Boolean)
        .join(' ')
        .toLowerCase();
}

const SORT_VALUES = {
    priority: (row) => row.rank,
    band: (row) => urgencyOf(row.band),
    deal: (row) => row.opportunityName,
    amount: (row) => row.amount,
    stage: (row) => row.stageName,
    close: (row) => row.closeDate,
    owner: (row) => row.ownerName
};

/**
 * Blank values come last in either direction; equal ones stay most urgent first.
 * @param {any[]} rows
 * @param {string} key
 * @param {'ascending' | 'descending'} direction
 */
export function sortRows(rows, key, direction) {
    const valueOf = SORT_VALUES[key];
    const sign = direction === 'ascending' ? 1 : -1;
    return [...rows].sort((a, b) => compare(valueOf(a), valueOf(b), sign) || a.rank - b.rank);
}

function compare(a, b, sign) {
    const isBlankA = a === undefined || a === null;
    const isBlankB = b === undefined || b === null;
    if (isBlankA || isBlankB) return Number(isBlankA) - Number(isBlankB);
    return sign * (typeof a === 'string' ? a.localeCompare(b) : a - b);
}

/** Stages that occur, in the order of their first and so most urgent deal. */
export function stagesOf(rows) {
    return [...new Set(rows.map((row) => row.stageName))].filter(Boolean);
}
