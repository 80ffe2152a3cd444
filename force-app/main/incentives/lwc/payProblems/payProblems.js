// What was wrong in a calculation, payee by payee: what, where, and what to do about it.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import none from '@salesforce/label/c.SpmConsoleNoProblems';
import noneText from '@salesforce/label/c.SpmConsoleNoProblemsText';
import intro from '@salesforce/label/c.SpmConsoleProblemsIntro';
import everybody from '@salesforce/label/c.SpmConsoleEverybody';
import fix from '@salesforce/label/c.SpmConsoleFix';
import where from '@salesforce/label/c.SpmConsoleWhere';
import code from '@salesforce/label/c.SpmCode';

export default class PayProblems extends LightningElement {
    @api problems = [];
    /** Name by id. */
    @api names = {};

    label = { none, noneText, intro };

    get isEmpty() {
        return this.problems.length === 0;
    }

    /** Payees by name; what concerns nobody in particular comes first. */
    get groups() {
        const byPayee = new Map();
        for (const problem of this.problems) {
            const key = problem.payeeId || '';
            byPayee.set(key, [...(byPayee.get(key) ?? []), problem]);
        }
        return [...byPayee]
            .map(([id, problems]) => ({
                key: id || 'everybody',
                isFirst: !id,
                name: id ? (this.names[id] ?? id) : everybody,
                problems: problems.map(textsOf)
            }))
            .sort((a, b) => Number(b.isFirst) - Number(a.isFirst) || a.name.localeCompare(b.name));
    }
}

function textsOf(problem, index) {
    return {
        key: `${problem.code}:${index}`,
        message: problem.message,
        place: problem.value ? fillLabel(where, problem.place, problem.value) : problem.place,
        fix: problem.fix ? fillLabel(fix, problem.fix) : '',
        code: fillLabel(code, problem.code)
    };
}
