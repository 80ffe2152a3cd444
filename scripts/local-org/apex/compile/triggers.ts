// Triggers: their object, their events and their body. When they run is in ../triggers.ts.
import type { TriggerBlockMemberContext, TriggerUnitContext } from '@apexdevtools/apex-parser';
import type { StatementCode } from '../model.ts';
import { ClassInfo } from '../model.ts';
import type { Program } from '../program.ts';
import { VOID } from '../types.ts';
import { atLine, compileLocals, compileStatement, sequence } from './bodies.ts';
import type { ParsedSource } from './parse.ts';
import { lineOf, nameOf } from './parse.ts';
import { Scope } from './scope.ts';

export function compileTrigger(program: Program, parsed: ParsedSource<TriggerUnitContext>): void {
    const { unit } = parsed;
    const [name, objectName] = unit.id_list().map(nameOf);
    const cls = new ClassInfo(name, null, parsed.name);
    cls.isTrigger = true;
    // Triggers see every row; a class they call may say otherwise.
    cls.sharing = 'without';
    cls.line = lineOf(unit);
    const object = program.org.schema.object(objectName);
    const scope = new Scope(program, parsed, cls, true, null, object?.name ?? null);
    if (!object) scope.problem(unit, `Invalid type: ${objectName}`);
    scope.returns = VOID;
    const events = unit.triggerCase_list().map((one) => one.getText().toLowerCase());
    const body = sequence(
        unit
            .triggerBlock()
            .triggerBlockMember_list()
            .map((one) => compileMember(scope, one))
    );
    program.triggers.push({
        cls,
        objectName: object?.name ?? objectName,
        events: new Set(events),
        slots: scope.slots,
        body
    });
}

function compileMember(scope: Scope, ctx: TriggerBlockMemberContext): StatementCode {
    if (ctx.statement()) return compileStatement(scope, ctx.statement());
    const variable = ctx.triggerMemberDeclaration()?.fieldDeclaration();
    if (variable) return atLine(ctx, compileLocals(scope, variable));
    const { run } = scope.notSupported(ctx, 'a method, property or class inside a trigger');
    return (frame) => void run(frame);
}
