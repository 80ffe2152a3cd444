// Type: `X.class`, Type.forName, and enums' own methods.
import { parseType } from '../compile/parse.ts';
import { apexError } from '../errors.ts';
import type { ApexType, EnumConstant, EnumInfo } from '../model.ts';
import { typeText } from '../model.ts';
import { construct } from '../objects.ts';
import type { Program } from '../program.ts';
import { newRecord } from '../sobjects.ts';
import type { Value } from '../values.ts';
import { ApexList, PlatformObject } from '../values.ts';
import { newCollection } from './collections.ts';
import type { InstanceTable, StaticTable } from './native.ts';
import { text } from './native.ts';

/** Two Type values of the same type are equal by this text. */
class TypeState {
    readonly type: ApexType;
    constructor(type: ApexType) {
        this.type = type;
    }
    toString(): string {
        return typeText(this.type);
    }
}

export const typeValue = (type: ApexType): Value => new PlatformObject('Type', new TypeState(type));

export function typeFrom(value: Value): ApexType {
    if (!(value instanceof PlatformObject) || !(value.state instanceof TypeState)) {
        throw apexError('NullPointerException', 'Argument cannot be null.');
    }
    return value.state.type;
}

export const typeMethods: InstanceTable<PlatformObject<TypeState>> = {
    'getname/0': (self) => String(self.state),
    'tostring/0': (self) => String(self.state),
    'newinstance/0': ({ state }, _args, frame) => {
        const { type } = state;
        if (type.kind === 'class') return construct(frame, type.cls, []);
        if (type.kind === 'sobject' && type.name) return newRecord(frame.tx.org.schema.object(type.name)!);
        if (type.kind === 'list' || type.kind === 'set' || type.kind === 'map')
            return newCollection(type, []);
        throw apexError('TypeException', `Type cannot be constructed: ${typeText(type)}`);
    }
};

function forName(name: string, program: Program): Value {
    const written = parseType(name);
    const type = written && program.resolve(written, null);
    return type ? typeValue(type) : null;
}

const enumOf = (extra: unknown): EnumInfo => extra as EnumInfo;

export const typeStatics: StaticTable = {
    'type.forname/1': (frame, [name]) => forName(text(name), frame.tx.program),
    'type.forname/2': (frame, [namespace, name]) =>
        // Deployed code has no namespace here.
        namespace === null || namespace === '' ? forName(text(name), frame.tx.program) : null,
    'enum.values/0': (_frame, _args, extra) =>
        new ApexList({ kind: 'enum', of: enumOf(extra) }, [...enumOf(extra).constants]),
    'enum.valueof/1': (_frame, [name], extra) => {
        const found = enumOf(extra).find(text(name));
        if (found) return found;
        throw apexError(
            'IllegalArgumentException',
            `No enum constant ${enumOf(extra).fullName}.${text(name)}`
        );
    }
};

export const enumMethods: InstanceTable<EnumConstant> = {
    'name/0': (self) => self.name,
    'ordinal/0': (self) => self.ordinal,
    'tostring/0': (self) => self.name,
    'equals/1': (self, [other]) => self === other,
    'hashcode/0': (self) => self.ordinal
};
