// `Trigger.new` and its like: what the innermost running trigger sees. Outside of triggers they are null or false.
import type { ApexType, Code } from '../model.ts';
import type { TriggerContext } from '../trigger-context.ts';
import { ID, INTEGER, primitive } from '../types.ts';
import type { Value } from '../values.ts';
import { TRIGGER_OPERATION } from './enums.ts';

const BOOLEAN = primitive('Boolean')!;

type Kind = 'list' | 'map' | 'flag' | 'size' | 'operation';

const VARIABLES: Record<string, { kind: Kind; read: (context: TriggerContext) => Value }> = {
    new: { kind: 'list', read: ({ newList }) => newList },
    old: { kind: 'list', read: ({ oldList }) => oldList },
    newmap: { kind: 'map', read: ({ newMap }) => newMap },
    oldmap: { kind: 'map', read: ({ oldMap }) => oldMap },
    isexecuting: { kind: 'flag', read: () => true },
    isinsert: { kind: 'flag', read: ({ operation }) => operation === 'insert' },
    isupdate: { kind: 'flag', read: ({ operation }) => operation === 'update' },
    isdelete: { kind: 'flag', read: ({ operation }) => operation === 'delete' },
    isundelete: { kind: 'flag', read: ({ operation }) => operation === 'undelete' },
    isbefore: { kind: 'flag', read: ({ timing }) => timing === 'before' },
    isafter: { kind: 'flag', read: ({ timing }) => timing === 'after' },
    size: { kind: 'size', read: ({ size }) => size },
    operationtype: {
        kind: 'operation',
        read: ({ timing, operation }) => TRIGGER_OPERATION.find(`${timing}_${operation}`)!
    }
};

/** Undefined when Trigger has no such variable. `objectName`: of the trigger the code is in, null in classes. */
export function triggerVariable(
    name: string,
    objectName: string | null
): { run: Code; type: ApexType | null } | undefined {
    const variable = VARIABLES[name.toLowerCase()];
    if (!variable) return undefined;
    const none = variable.kind === 'flag' ? false : null;
    return {
        run: ({ tx }) => {
            const context = tx.triggers.at(-1);
            return context ? variable.read(context) : none;
        },
        type: typeOf(variable.kind, { kind: 'sobject', name: objectName })
    };
}

function typeOf(kind: Kind, record: ApexType): ApexType {
    switch (kind) {
        case 'list':
            return { kind: 'list', of: record };
        case 'map':
            return { kind: 'map', key: ID, of: record };
        case 'flag':
            return BOOLEAN;
        case 'size':
            return INTEGER;
        case 'operation':
            return { kind: 'enum', of: TRIGGER_OPERATION };
    }
}
