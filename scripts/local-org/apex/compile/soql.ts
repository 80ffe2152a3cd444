// `[SELECT ...]`: takes the bind expressions and the access mode out of the text; the rest goes to the org's own
// query engine as written.
import { BoundExpressionContext, WithClauseContext } from '@apexdevtools/apex-parser';
import type { ApexParserRuleContext, SoqlLiteralContext } from '@apexdevtools/apex-parser';
import type { Code } from '../model.ts';
import { runQuery } from '../query.ts';
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
    let asked: 'user' | 'system' | null = null;
    walk(query, (node) => {
        if (node instanceof BoundExpressionContext) {
            const name = `bind${binds.length}`;
            binds.push({ name, run: compileExpression(scope, node.expression()).run });
            cuts.push(cutOf(node, `:${name}`));
            return false;
        }
        if (node instanceof WithClauseContext && (node.USER_MODE() || node.SYSTEM_MODE())) {
            asked = node.USER_MODE() ? 'user' : 'system';
            cuts.push(cutOf(node, ''));
        }
        return true;
    });
    const soql = applyCuts(scope, query, cuts);
    const isCount = /^count\(\)$/i.test(query.selectList().getText());
    const level = asked;
    const run: Code = (frame) => {
        const values = new Map(binds.map((bind) => [bind.name, bind.run(frame)]));
        const result = runQuery(frame, soql, values, level);
        return isCount ? result.count : result.rows;
    };
    return { run, type: isCount ? INTEGER : null };
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
