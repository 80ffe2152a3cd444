// Statements to code. Each sets the line of its frame, so that exceptions know where they come from.
import type {
    ApexParserRuleContext,
    BlockContext,
    CatchClauseContext,
    FieldDeclarationContext,
    ForStatementContext,
    LocalVariableDeclarationContext,
    ReturnStatementContext,
    RunAsStatementContext,
    StatementContext,
    SwitchStatementContext,
    TryStatementContext,
    WhenControlContext,
    WhenLiteralContext
} from '@apexdevtools/apex-parser';
import { countStatement, dmlStatement } from '../dml.ts';
import { ApexFatal, ApexThrown, apexError, exceptionBase, nullDereference } from '../errors.ts';
import type { ApexType, ClassInfo, Code, StatementCode } from '../model.ts';
import { EnumConstant, typeText } from '../model.ts';
import { invokePromised, runInitialisers, runConstructor } from '../objects.ts';
import { callInstance } from '../library/index.ts';
import { equals } from '../operators.ts';
import type { Frame } from '../transaction.ts';
import { assign, isOfType, SOBJECT } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexInstance, ApexList, ApexSet, ApexSObject } from '../values.ts';
import { compileExpression, literalValue } from './expressions.ts';
import { lineOf, nameOf, readModifiers, writtenText } from './parse.ts';
import type { Expression, Scope } from './scope.ts';

const NOTHING: StatementCode = () => undefined;
const NO_VALUE: Expression = { run: () => null, type: null };

export function compileBlock(scope: Scope, block: BlockContext): StatementCode {
    return scope.inBlock(() => sequence(block.statement_list().map((one) => compileStatement(scope, one))));
}

export function sequence(codes: StatementCode[]): StatementCode {
    return (frame) => {
        for (const code of codes) {
            const completion = code(frame);
            if (completion) return completion;
        }
        return undefined;
    };
}

/** A constructor's body, with the call of another constructor it starts with or the one it leaves out. */
export function compileConstructor(scope: Scope, block: BlockContext): StatementCode {
    const { cls } = scope;
    const [first] = block.statement_list();
    const call = /^(this|super)\(/i.exec(first?.getText() ?? '')?.[1].toLowerCase();
    const body = compileBlock(scope, block);
    if (call === 'this') return body;
    if (call === 'super') return body;
    return (frame) => {
        if (cls.superclass) runConstructor(frame, cls.superclass, frame.self!, []);
        runInitialisers(frame.tx, cls, frame.self!);
        return body(frame);
    };
}

export function compileStatement(scope: Scope, ctx: StatementContext): StatementCode {
    return atLine(ctx, compileAny(scope, ctx));
}

export function atLine(ctx: ApexParserRuleContext, code: StatementCode): StatementCode {
    const line = lineOf(ctx);
    return (frame) => {
        frame.line = line;
        return code(frame);
    };
}

function compileAny(scope: Scope, ctx: StatementContext): StatementCode {
    if (ctx.block()) return compileBlock(scope, ctx.block());
    if (ctx.localVariableDeclarationStatement()) {
        return compileLocals(scope, ctx.localVariableDeclarationStatement().localVariableDeclaration());
    }
    if (ctx.expressionStatement())
        return effect(compileExpression(scope, ctx.expressionStatement().expression()).run);
    if (ctx.ifStatement()) {
        const branch = ctx.ifStatement();
        const condition = booleanCode(compileExpression(scope, branch.parExpression().expression()).run);
        const [yes, no = NOTHING] = branch.statement_list().map((one) => compileScoped(scope, one));
        return (frame) => (condition(frame) ? yes(frame) : no(frame));
    }
    if (ctx.returnStatement()) return compileReturn(scope, ctx.returnStatement());
    if (ctx.forStatement()) return compileFor(scope, ctx.forStatement());
    if (ctx.whileStatement()) {
        const condition = booleanCode(
            compileExpression(scope, ctx.whileStatement().parExpression().expression()).run
        );
        return loop(condition, compileScoped(scope, ctx.whileStatement().statement()), () => {});
    }
    if (ctx.doWhileStatement()) {
        const condition = booleanCode(
            compileExpression(scope, ctx.doWhileStatement().parExpression().expression()).run
        );
        const body = compileBlock(scope, ctx.doWhileStatement().block());
        return loop(condition, body, () => {}, 'body first');
    }
    if (ctx.tryStatement()) return compileTry(scope, ctx.tryStatement());
    if (ctx.throwStatement())
        return compileThrow(compileExpression(scope, ctx.throwStatement().expression()).run);
    if (ctx.breakStatement()) return () => 'break';
    if (ctx.continueStatement()) return () => 'continue';
    if (ctx.switchStatement()) return compileSwitch(scope, ctx.switchStatement());
    if (ctx.runAsStatement()) return compileRunAs(scope, ctx.runAsStatement());
    return compileDml(scope, ctx);
}

const effect =
    (run: Code): StatementCode =>
    (frame) => {
        run(frame);
        return undefined;
    };

const compileScoped = (scope: Scope, ctx: StatementContext): StatementCode =>
    scope.inBlock(() => compileStatement(scope, ctx));

function booleanCode(run: Code): (frame: Frame) => boolean {
    return (frame) => {
        const value = run(frame);
        if (value === null) throw nullDereference();
        if (typeof value !== 'boolean')
            throw apexError('TypeException', 'Condition expression must be of type Boolean');
        return value;
    };
}

/** In a trigger's own block the grammar has fields where others have locals. */
export function compileLocals(
    scope: Scope,
    ctx: LocalVariableDeclarationContext | FieldDeclarationContext
): StatementCode {
    const type = scope.type(ctx.typeRef());
    const isFinal = 'modifier_list' in ctx && readModifiers(ctx.modifier_list()).isFinal;
    return sequence(
        ctx
            .variableDeclarators()
            .variableDeclarator_list()
            .map((declarator): StatementCode => {
                const value = declarator.expression()
                    ? compileExpression(scope, declarator.expression())
                    : NO_VALUE;
                scope.checkAssignment(declarator, value.type, type);
                const isFixed = isFinal && value !== NO_VALUE;
                const { slot } = scope.declare(nameOf(declarator.id()), type, declarator, isFixed);
                return (frame) => {
                    frame.locals[slot] = assign(value.run(frame), type);
                    return undefined;
                };
            })
    );
}

function compileReturn(scope: Scope, ctx: ReturnStatementContext): StatementCode {
    const { returns } = scope;
    const written = ctx.expression();
    if (returns && (returns.kind === 'void') !== (written === null)) {
        const message = written
            ? 'Void methods must not return a value'
            : `Missing return value: ${typeText(returns)}`;
        scope.problem(ctx, message);
    }
    if (!written) return () => 'return';
    const { run, type } = compileExpression(scope, written);
    if (returns && returns.kind !== 'void') scope.checkAssignment(ctx, type, returns);
    return (frame) => {
        frame.returned = run(frame);
        return 'return';
    };
}

function loop(
    condition: (frame: Frame) => boolean,
    body: StatementCode,
    update: (frame: Frame) => void,
    order: 'condition first' | 'body first' = 'condition first'
): StatementCode {
    return (frame) => {
        for (let isDue = order === 'body first'; isDue || condition(frame); isDue = false) {
            frame.tx.tick();
            const completion = body(frame);
            if (completion === 'break') break;
            if (completion === 'return') return completion;
            update(frame);
        }
        return undefined;
    };
}

function compileFor(scope: Scope, ctx: ForStatementContext): StatementCode {
    const control = ctx.forControl();
    return scope.inBlock(() => {
        if (control.enhancedForControl()) return compileForEach(scope, ctx);
        const init = control.forInit();
        const declaration = init?.localVariableDeclaration();
        const start = declaration
            ? compileLocals(scope, declaration)
            : sequence(
                  (init?.expressionList()?.expression_list() ?? []).map((one) =>
                      effect(compileExpression(scope, one).run)
                  )
              );
        const condition = control.expression()
            ? booleanCode(compileExpression(scope, control.expression()).run)
            : () => true;
        const updates = (control.forUpdate()?.expressionList().expression_list() ?? []).map(
            (one) => compileExpression(scope, one).run
        );
        const body = ctx.statement() ? compileScoped(scope, ctx.statement()) : NOTHING;
        const turn = loop(condition, body, (frame) => {
            for (const update of updates) update(frame);
        });
        return (frame) => {
            start(frame);
            return turn(frame);
        };
    });
}

const FOR_CHUNK = 200;

function compileForEach(scope: Scope, ctx: ForStatementContext): StatementCode {
    const control = ctx.forControl().enhancedForControl();
    const source = compileExpression(scope, control.expression());
    const type = scope.type(control.typeRef());
    const { slot } = scope.declare(nameOf(control.id()), type, control);
    const body = ctx.statement() ? compileScoped(scope, ctx.statement()) : NOTHING;
    return (frame) => {
        for (const item of itemsOf(frame, source.run(frame), type)) {
            frame.tx.tick();
            frame.locals[slot] = assign(item, type);
            const completion = body(frame);
            if (completion === 'break') break;
            if (completion === 'return') return completion;
        }
        return undefined;
    };
}

function itemsOf(frame: Frame, source: Value, type: ApexType): Iterable<Value> {
    if (source === null) throw nullDereference();
    if (source instanceof ApexInstance && source.cls.implementsPlatform('iterable'))
        return iterated(frame, source);
    if (source instanceof ApexSet) {
        const { keysOf } = source;
        return watched([...source.members.values()], () => keysOf?.entries.size ?? source.members.size);
    }
    if (!(source instanceof ApexList))
        throw apexError('TypeException', 'Loop must iterate over a collection type');
    if (!source.fromQuery || type.kind !== 'list') return watched(source.items, () => source.items.length);
    const chunks: Value[] = [];
    for (let start = 0; start < source.items.length; start += FOR_CHUNK) {
        chunks.push(new ApexList(source.of, source.items.slice(start, start + FOR_CHUNK)));
    }
    return chunks;
}

/** The elements a class of the program gives out itself. */
function* iterated(frame: Frame, source: ApexInstance): Iterable<Value> {
    const iterator = invokePromised(frame, source, 'iterator', []);
    if (iterator === null) throw nullDereference();
    const call = (name: string): Value =>
        iterator instanceof ApexInstance
            ? invokePromised(frame, iterator, name, [])
            : callInstance(frame, iterator, name, []);
    while (call('hasNext') === true) yield call('next');
}

/** A collection may not grow or shrink while it is walked. */
function* watched(items: Value[], size: () => number): Iterable<Value> {
    const before = size();
    for (const [index, item] of items.entries()) {
        yield item;
        if (size() !== before && index + 1 < before) {
            throw apexError('FinalException', 'Cannot modify a collection while it is being iterated.');
        }
    }
}

function compileThrow(run: Code): StatementCode {
    return (frame) => {
        const exception = run(frame);
        if (!(exception instanceof ApexInstance) || !exception.error) throw nullDereference();
        throw new ApexThrown(exception);
    };
}

interface CatchCode {
    cls: ClassInfo;
    slot: number;
    body: StatementCode;
}

function compileTry(scope: Scope, ctx: TryStatementContext): StatementCode {
    const body = compileBlock(scope, ctx.block());
    const catches = ctx.catchClause_list().map((one) => compileCatch(scope, one));
    const last = ctx.finallyBlock() ? compileBlock(scope, ctx.finallyBlock().block()) : NOTHING;
    const guarded: StatementCode = (frame) => {
        try {
            return body(frame);
        } catch (error) {
            const handler = isCatchable(error)
                ? catches.find((one) => error.exception.cls.isSubclassOf(one.cls))
                : undefined;
            if (!handler) throw error;
            frame.tx.locate(error as ApexThrown);
            frame.locals[handler.slot] = (error as ApexThrown).exception;
            return handler.body(frame);
        }
    };
    return (frame) => {
        let completion;
        try {
            completion = guarded(frame);
        } catch (error) {
            // Limits, refusals and pending callouts end the run at once; `finally` is for exceptions.
            if (isCatchable(error)) {
                frame.tx.locate(error);
                const replaced = last(frame);
                if (replaced) return replaced;
            }
            throw error;
        }
        return last(frame) ?? completion;
    };
}

const isCatchable = (error: unknown): error is ApexThrown =>
    error instanceof ApexThrown && !(error instanceof ApexFatal);

function compileCatch(scope: Scope, ctx: CatchClauseContext): CatchCode {
    return scope.inBlock(() => {
        const path = ctx.qualifiedName().id_list().map(nameOf);
        const written = { path, arguments: [], line: lineOf(ctx) };
        const type = scope.program.resolve(written, scope.cls);
        const isException = type?.kind === 'class' && type.cls.isSubclassOf(exceptionBase);
        if (!isException) scope.problem(ctx, `Invalid exception type: ${writtenText(written)}`);
        const cls = isException ? type.cls : exceptionBase;
        const { slot } = scope.declare(nameOf(ctx.id()), { kind: 'class', cls }, ctx);
        return { cls, slot, body: compileBlock(scope, ctx.block()) };
    });
}

type WhenMatch = (frame: Frame, value: Value) => boolean;

function compileSwitch(scope: Scope, ctx: SwitchStatementContext): StatementCode {
    const subject = compileExpression(scope, ctx.expression()).run;
    const whens = ctx.whenControl_list().map((one) => scope.inBlock(() => compileWhen(scope, one)));
    return (frame) => {
        const value = subject(frame);
        const chosen = whens.find((one) => one.matches(frame, value));
        return chosen?.body(frame);
    };
}

function compileWhen(scope: Scope, ctx: WhenControlContext): { matches: WhenMatch; body: StatementCode } {
    const when = ctx.whenValue();
    let matches: WhenMatch = () => true;
    if (when.typeRef()) {
        const type = scope.type(when.typeRef());
        const { slot } = scope.declare(nameOf(when.id()), type, when);
        matches = (frame, value) => {
            const fits = value !== null && isOfType(value, type);
            if (fits) frame.locals[slot] = value;
            return fits;
        };
    } else if (!when.ELSE()) {
        const literals = when.whenLiteral_list().map((one) => whenLiteral(scope, one));
        matches = (_frame, value) => literals.some((literal) => literal(value));
    }
    return { matches, body: compileBlock(scope, ctx.block()) };
}

function whenLiteral(scope: Scope, ctx: WhenLiteralContext): (value: Value) => boolean {
    if (ctx.whenLiteral()) return whenLiteral(scope, ctx.whenLiteral());
    const name = ctx.qualifiedName()?.id_list().map(nameOf).at(-1)?.toLowerCase();
    if (name !== undefined)
        return (value) => value instanceof EnumConstant && value.name.toLowerCase() === name;
    const text = ctx.getText().replace(/^[+-]*/, '');
    const wanted = literalValue(ctx.SUB_list().length % 2 === 1 ? `-${text}` : text);
    // Text is compared with case here, other than by `==`.
    return (value) => (typeof wanted === 'string' ? value === wanted : equals(value, wanted));
}

function compileRunAs(scope: Scope, ctx: RunAsStatementContext): StatementCode {
    const [argument] = ctx.expressionList().expression_list();
    const user = compileExpression(scope, argument).run;
    const body = compileBlock(scope, ctx.block());
    return (frame) => {
        const { tx } = frame;
        if (!tx.isTest) throw apexError('TypeException', 'System.runAs is only allowed in tests');
        const record = assign(user(frame), SOBJECT);
        if (!(record instanceof ApexSObject) || record.id === null) throw nullDereference();
        countStatement(frame);
        const before = tx.user;
        tx.user = tx.org.users.context(record.id);
        try {
            return body(frame);
        } finally {
            tx.user = before;
        }
    };
}

function compileDml(scope: Scope, ctx: StatementContext): StatementCode {
    const upsert = ctx.upsertStatement();
    const plain =
        ctx.insertStatement() ?? ctx.updateStatement() ?? ctx.deleteStatement() ?? ctx.undeleteStatement();
    const statement = upsert ?? plain;
    if (!statement) return effect(scope.notSupported(ctx, `statement "${ctx.getText().slice(0, 30)}"`).run);
    const verb = statement.children![0].getText().toLowerCase() as
        'insert' | 'update' | 'upsert' | 'delete' | 'undelete';
    const level = statement.accessLevel();
    const asked = level ? (level.USER() ? 'user' : 'system') : null;
    const externalId = upsert?.qualifiedName()?.id_list().map(nameOf).at(-1) ?? null;
    const { run } = compileExpression(scope, statement.expression());
    return (frame) => {
        dmlStatement(frame, verb, run(frame), asked, externalId);
        return undefined;
    };
}
