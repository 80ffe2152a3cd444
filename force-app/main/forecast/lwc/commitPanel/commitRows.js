// From what was said to rows of the table: one for each person, with the amount in force by category, and the manager's
// amount beside it where there is one.
import commit from '@salesforce/label/c.SpmForecastCommit';
import bestCase from '@salesforce/label/c.SpmCommitBestCase';
import pipeline from '@salesforce/label/c.SpmCommitPipeline';

export const CATEGORIES = [
    { value: 'Commit', label: commit },
    { value: 'BestCase', label: bestCase },
    { value: 'Pipeline', label: pipeline }
];

export function categoryWords(category) {
    return CATEGORIES.find(({ value }) => value === category)?.label ?? category;
}

/**
 * @param {object[]} own CommitView[] about the user
 * @param {object[]} people CommitView[] about who reports to the user
 * @param {{ id: string, name: string }} user
 * @param {(amount: number) => string} money
 */
export function peopleOf(own, people, user, money) {
    const names = new Map([[user.id, user.name]]);
    const inForce = new Map([[user.id, []]]);
    for (const one of [...own, ...people]) {
        if (!names.has(one.repId)) names.set(one.repId, one.repName);
        if (!inForce.has(one.repId)) inForce.set(one.repId, []);
        if (one.isInForce) inForce.get(one.repId).push(one);
    }
    return [...inForce].map(([id, commits]) => ({
        id,
        name: names.get(id),
        cells: CATEGORIES.map(({ value }) => {
            const said = commits.find(({ category, isOverride }) => category === value && !isOverride);
            const overrides = commits.filter(({ category, isOverride }) => category === value && isOverride);
            return {
                key: value,
                amount: said ? money(said.amount) : '–',
                overrides: overrides.map((one) => ({
                    key: one.commitId,
                    text: `${one.submittedByName}: ${money(one.amount)}`
                }))
            };
        })
    }));
}

/** Newest first. */
export function historyOf(commits) {
    return commits.toSorted((a, b) => (a.submittedAt < b.submittedAt ? 1 : -1));
}
