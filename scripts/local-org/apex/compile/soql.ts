// `[SELECT ...]`: takes the bind expressions and the access mode out of the text; the rest goes to the org's own
// query engine as written. Objects and fields are checked against the deployed schema while loading.
import {
    BoundExpressionContext,
    LimitClauseContext,
    OffsetClauseContext,
    WithClauseContext
} from '@apexdevtools/apex-parser';
import type { ApexParserRuleContext, SoqlLiteralContext } from '@apexdevtools/apex-parser';
import { OrgError } from '../../org.ts';
import type { Code } from '../model.ts';
import { ALL_ROWS, runQuery } from '../query.ts';
import { INTEGER } from '../types.ts';
import { compileExpression } from './expressions.ts';
import type { Expression, Scope } from './scope.ts';

interface Cut {
    start: number;
    end: number;
    text: string;
}

export function compileSoql(scope: Scope, ctx: SoqlLiteralContext): Expression {
    const query = ctx.query();
    const cuts: Cut[] = [];
    const binds: { name: string; run: Code }[] = [];
    /** Values any field and any limit accepts, for the check. */
    const placeholders: Record<string, number | null> = {};
    let asked: 'user' | 'system' | null = null;
    let secured: Cut | null = null;
    walk(query, (node) => {
        if (node instanceof BoundExpressionContext) {
            const name = `bind${binds.length}`;
            binds.push({ name, run: compileExpression(scope, node.expression()).run });
            placeholders[name] = isCount(node.parentCtx) ? 1 : null;
            cuts.push(cutOf(node, `:${name}`));
            return false;
        }
        if (node instanceof WithClauseContext) {
            if (node.USER_MODE() || node.SYSTEM_MODE()) {
                asked = node.USER_MODE() ? 'user' : 'system';
                cuts.push(cutOf(node, ''));
            } else if (node.SECURITY_ENFORCED()) secured = cutOf(node, '');
        }
        return true;
    });
    const soql = applyCuts(scope, query, cuts);
    // What the running user may read is not known yet.
    const unsecured = secured ? applyCuts(scope, query, [...cuts, secured]) : soql;
    checkQuery(scope, ctx, unsecured, placeholders);
    const isNumber = /^count\(\)$/i.test(query.selectList().getText());
    const level = asked;
    const run: Code = (frame) => {
        const values = new Map(binds.map((bind) => [bind.name, bind.run(frame)]));
        const result = runQuery(frame, soql, values, level);
        return isNumber ? result.count : result.rows;
    };
    return { run, type: isNumber ? INTEGER : null };
}

const isCount = (node: unknown): boolean =>
    node instanceof LimitClauseContext || node instanceof OffsetClauseContext;

function checkQuery(
    scope: Scope,
    ctx: SoqlLiteralContext,
    soql: string,
    binds: Record<string, number | null>
): void {
    const { program } = scope;
    const allRows = ALL_ROWS.test(soql);
    try {
        program.org.queries.check(
            { user: program.administrator(), mode: 'system' },
            soql.replace(ALL_ROWS, ''),
            { binds, allRows }
        );
    } catch (error) {
        if (!(error instanceof OrgError)) throw error;
        const [, row = '1'] = /ERROR at Row:(\d+):/.exec(error.message) ?? [];
        const sentence = error.message.split('\n').at(-1)!;
        const { className, line } = scope.place(ctx);
        program.problems.push({ className, line: line + Number(row) - 1, message: sentence });
    }
}

function walk(node: ApexParserRuleContext, visit: (node: ApexParserRuleContext) => boolean): void {
    if (!visit(node)) return;
    for (const child of node.children ?? [])
        if ('start' in child) walk(child as ApexParserRuleContext, visit);
}

const cutOf = (node: ApexParserRuleContext, text: string): Cut => ({
    start: node.start.start,
    end: node.stop!.stop + 1,
    text
});

function applyCuts(scope: Scope, query: ApexParserRuleContext, cuts: Cut[]): string {
    let text = '';
    let position = query.start.start;
    for (const cut of cuts.toSorted((a, b) => a.start - b.start)) {
        text += scope.parsed.text(position, cut.start) + cut.text;
        position = cut.end;
    }
    return text + scope.parsed.text(position, query.stop!.stop + 1);
}
