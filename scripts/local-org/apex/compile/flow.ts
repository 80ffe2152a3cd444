// Where a method's code can go: whether it can end without a return, and statements that nothing leads to.
import type { BlockContext, StatementContext } from '@apexdevtools/apex-parser';
import type { Scope } from './scope.ts';

/** Whether the end of the block can be reached; statements right after a jump are problems. */
export function canComplete(scope: Scope, block: BlockContext): boolean {
    return sequenceCompletes(scope, block.statement_list());
}

function sequenceCompletes(scope: Scope, statements: StatementContext[]): boolean {
    for (const [index, statement] of statements.entries()) {
        if (completes(scope, statement)) continue;
        const next = statements[index + 1];
        if (next && isJump(statement)) scope.problem(next, 'Unreachable statement');
        return false;
    }
    return true;
}

const isJump = (ctx: StatementContext): boolean =>
    Boolean(ctx.returnStatement() ?? ctx.throwStatement() ?? ctx.breakStatement() ?? ctx.continueStatement());

function completes(scope: Scope, ctx: StatementContext): boolean {
    if (ctx.block()) return canComplete(scope, ctx.block());
    if (isJump(ctx)) return false;
    if (ctx.ifStatement()) {
        const branches = ctx.ifStatement().statement_list();
        const ends = branches.map((one) => completes(scope, one));
        return branches.length === 1 || ends.includes(true);
    }
    if (ctx.whileStatement()) {
        const loop = ctx.whileStatement();
        completes(scope, loop.statement());
        return !isTrue(loop.parExpression().expression().getText()) || hasBreak(loop.statement());
    }
    if (ctx.doWhileStatement()) return doWhileCompletes(scope, ctx);
    if (ctx.forStatement()) return forCompletes(scope, ctx);
    if (ctx.tryStatement()) return tryCompletes(scope, ctx);
    if (ctx.switchStatement()) return switchCompletes(scope, ctx);
    if (ctx.runAsStatement()) return canComplete(scope, ctx.runAsStatement().block());
    return true;
}

const isTrue = (condition: string): boolean => condition.toLowerCase() === 'true';

function doWhileCompletes(scope: Scope, ctx: StatementContext): boolean {
    const loop = ctx.doWhileStatement();
    const statements = loop.block().statement_list();
    const bodyEnds = canComplete(scope, loop.block());
    if (statements.some(hasBreak)) return true;
    return bodyEnds && !isTrue(loop.parExpression().expression().getText());
}

function forCompletes(scope: Scope, ctx: StatementContext): boolean {
    const loop = ctx.forStatement();
    const body = loop.statement();
    if (body) completes(scope, body);
    const control = loop.forControl();
    const isEndless = !control.enhancedForControl() && !control.expression();
    return !isEndless || (body !== null && hasBreak(body));
}

function tryCompletes(scope: Scope, ctx: StatementContext): boolean {
    const statement = ctx.tryStatement();
    const blocks = [statement.block(), ...statement.catchClause_list().map((one) => one.block())];
    const ends = blocks.map((one) => canComplete(scope, one));
    const last = statement.finallyBlock();
    return (!last || canComplete(scope, last.block())) && ends.includes(true);
}

function switchCompletes(scope: Scope, ctx: StatementContext): boolean {
    const whens = ctx.switchStatement().whenControl_list();
    const ends = whens.map((one) => canComplete(scope, one.block()));
    return !whens.some((one) => one.whenValue().ELSE()) || ends.includes(true);
}

/** A `break` of this loop, not of one inside it. */
function hasBreak(ctx: StatementContext): boolean {
    if (ctx.breakStatement()) return true;
    if (ctx.whileStatement() || ctx.doWhileStatement() || ctx.forStatement()) return false;
    return inner(ctx).some(hasBreak);
}

function inner(ctx: StatementContext): StatementContext[] {
    const blocks = [
        ctx.block(),
        ctx.runAsStatement()?.block(),
        ctx.tryStatement()?.block(),
        ctx.tryStatement()?.finallyBlock()?.block(),
        ...(ctx.tryStatement()?.catchClause_list() ?? []).map((one) => one.block()),
        ...(ctx.switchStatement()?.whenControl_list() ?? []).map((one) => one.block())
    ];
    return [
        ...blocks.flatMap((one) => one?.statement_list() ?? []),
        ...(ctx.ifStatement()?.statement_list() ?? [])
    ];
}
