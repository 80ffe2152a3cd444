// Integer, Long, Decimal, Double, Boolean, Math and Blob.
import { createHash, createHmac } from 'node:crypto';
import { Decimal } from '../decimal.ts';
import type { RoundingMode } from '../decimal.ts';
import { apexError } from '../errors.ts';
import { EnumConstant } from '../model.ts';
import { doubleText, equals, compareNumbers, negate, toDecimal, toNumber } from '../operators.ts';
import type { NumberValue } from '../operators.ts';
import { assign, INTEGER, primitive } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexBlob, ApexDouble } from '../values.ts';
import type { InstanceTable, StaticTable } from './native.ts';
import { amount, decimal, text, whole } from './native.ts';

const LONG = primitive('Long')!;
const toInteger = (value: bigint): number => Number(BigInt.asIntN(32, value));
const toLong = (value: bigint): bigint => BigInt.asIntN(64, value);
const rounded = (value: Value, mode: RoundingMode): bigint => decimal(value).withScale(0, mode).whole;

function modeOf(value: Value): RoundingMode {
    if (!(value instanceof EnumConstant)) throw apexError('NullPointerException', 'Argument cannot be null.');
    return value.name as RoundingMode;
}

function formatted(value: NumberValue): string {
    const shown = toDecimal(value).withScale(3, 'HALF_EVEN').stripped();
    const [digits, fraction] = shown.toPlain().split('.');
    const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',');
    return fraction ? `${grouped}.${fraction}` : grouped;
}

const common: InstanceTable<NumberValue> = {
    'format/0': (self) => formatted(self),
    'intvalue/0': (self) => toInteger(toDecimal(self).whole),
    'longvalue/0': (self) => toLong(toDecimal(self).whole),
    'doublevalue/0': (self) => new ApexDouble(toNumber(self)),
    'equals/1': (self, [other]) => equals(self, other),
    'tostring/0': (self) => (self instanceof ApexDouble ? doubleText(self.value) : String(self))
};

export const numberMethods: InstanceTable<NumberValue> = common;

/** What cannot be calculated is a MathException. */
function calculated<Result>(work: () => Result): Result {
    try {
        return work();
    } catch (error) {
        if (error instanceof RangeError) throw apexError('MathException', error.message);
        throw error;
    }
}

export const decimalMethods: InstanceTable<Decimal> = {
    ...(common as InstanceTable<Decimal>),
    'setscale/1': (self, [scale]) => self.withScale(whole(scale)),
    'setscale/2': (self, [scale, mode]) => calculated(() => self.withScale(whole(scale), modeOf(mode))),
    'scale/0': (self) => self.scale,
    'precision/0': (self) => self.precision,
    'round/0': (self) => toLong(rounded(self, 'HALF_EVEN')),
    'round/1': (self, [mode]) => calculated(() => toLong(rounded(self, modeOf(mode)))),
    'abs/0': (self) => self.absolute(),
    'striptrailingzeros/0': (self) => self.stripped(),
    'toplainstring/0': (self) => self.toPlain(),
    'pow/1': (self, [exponent]) => calculated(() => self.power(whole(exponent))),
    'divide/2': (self, [by, scale]) => divide(self, decimal(by), whole(scale), 'HALF_UP'),
    'divide/3': (self, [by, scale, mode]) => divide(self, decimal(by), whole(scale), modeOf(mode))
};

function divide(left: Decimal, right: Decimal, scale: number, mode: RoundingMode): Decimal {
    if (right.digits === 0n) throw apexError('MathException', 'Divide by 0');
    return calculated(() => left.dividedTo(right, scale, mode));
}

export const doubleMethods: InstanceTable<ApexDouble> = {
    ...(common as InstanceTable<ApexDouble>),
    'round/0': (self) => toLong(rounded(self, 'HALF_UP'))
};

export const booleanMethods: InstanceTable<boolean> = {
    'equals/1': (self, [other]) => self === other,
    'tostring/0': (self) => String(self)
};

export const blobMethods: InstanceTable<ApexBlob> = {
    'tostring/0': (self) => self.bytes.toString('utf8'),
    'size/0': (self) => self.bytes.length
};

function parseWhole(value: Value, name: string): bigint {
    if (typeof value !== 'string') return decimal(value).whole;
    if (!/^\s*[+-]?\d+\s*$/.test(value)) throw apexError('TypeException', `Invalid ${name}: ${value}`);
    return BigInt(value.trim().replace(/^\+/, ''));
}

function parseDecimal(value: Value, name: string): Decimal {
    if (typeof value !== 'string') return decimal(value);
    const parsed = Decimal.parse(value);
    if (!parsed) throw apexError('TypeException', `Invalid ${name}: ${value}`);
    return parsed;
}

const choose = (left: Value, right: Value, wanted: number): Value => {
    const order = compareNumbers(amount(left), amount(right));
    const type = typeof left === 'number' && typeof right === 'number' ? INTEGER : widest(left, right);
    return assign(order * wanted >= 0 ? left : right, type);
};

function widest(left: Value, right: Value) {
    const both = [left, right];
    if (both.some((one) => one instanceof ApexDouble)) return primitive('Double')!;
    return both.some((one) => one instanceof Decimal) ? primitive('Decimal')! : LONG;
}

function remainder(left: Value, right: Value): Value {
    if (toNumber(amount(right)) === 0) throw apexError('MathException', 'Divide by 0');
    if (typeof left === 'number' && typeof right === 'number') return left % right;
    return (assign(left, LONG) as bigint) % (assign(right, LONG) as bigint);
}

const real =
    (work: (value: number) => number) =>
    (_frame: unknown, [value]: Value[]): Value =>
        new ApexDouble(work(toNumber(amount(value))));

/** Math.ceil and its like keep Decimal as Decimal and Double as Double. */
const keeping =
    (mode: RoundingMode) =>
    (_frame: unknown, [value]: Value[]): Value => {
        const result = new Decimal(rounded(value, mode), 0);
        return value instanceof ApexDouble ? new ApexDouble(result.toNumber()) : result;
    };

export const numberStatics: StaticTable = {
    'integer.valueof/1': (_frame, [value]) => toInteger(parseWhole(value, 'integer')),
    'long.valueof/1': (_frame, [value]) => toLong(parseWhole(value, 'long')),
    'decimal.valueof/1': (_frame, [value]) => parseDecimal(value, 'decimal'),
    'double.valueof/1': (_frame, [value]) => new ApexDouble(parseDecimal(value, 'double').toNumber()),
    'boolean.valueof/1': (_frame, [value]) =>
        typeof value === 'boolean' ? value : text(value).toLowerCase() === 'true',
    'math.abs/1': (_frame, [value]) => (toNumber(amount(value)) < 0 ? negate(value) : value),
    'math.max/2': (_frame, [left, right]) => choose(left, right, 1),
    'math.min/2': (_frame, [left, right]) => choose(left, right, -1),
    'math.mod/2': (_frame, [left, right]) => remainder(left, right),
    'math.round/1': (_frame, [value]) =>
        value instanceof ApexDouble
            ? toInteger(rounded(value, 'HALF_UP'))
            : toInteger(rounded(value, 'HALF_EVEN')),
    'math.roundtolong/1': (_frame, [value]) => toLong(rounded(value, 'HALF_EVEN')),
    'math.floor/1': keeping('FLOOR'),
    'math.ceil/1': keeping('CEILING'),
    'math.sqrt/1': real(Math.sqrt),
    'math.exp/1': real(Math.exp),
    'math.log/1': real(Math.log),
    'math.log10/1': real(Math.log10),
    'math.pow/2': (_frame, [base, power]) =>
        new ApexDouble(toNumber(amount(base)) ** toNumber(amount(power))),
    'math.signum/1': real(Math.sign),
    'math.random/0': (frame) => new ApexDouble(frame.tx.journal.next('random', '', Math.random)),
    'encodingutil.base64encode/1': (_frame, [value]) => blob(value).toString('base64'),
    'encodingutil.base64decode/1': (_frame, [value]) => new ApexBlob(Buffer.from(text(value), 'base64')),
    'encodingutil.converttohex/1': (_frame, [value]) => blob(value).toString('hex'),
    'encodingutil.urlencode/2': (_frame, [value]) =>
        encodeURIComponent(text(value))
            .replace(/[!'()~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
            .replaceAll('%20', '+'),
    'encodingutil.urldecode/2': (_frame, [value]) => decodeURIComponent(text(value).replaceAll('+', ' ')),
    'crypto.generatedigest/2': (_frame, [name, value]) =>
        new ApexBlob(createHash(algorithm(name)).update(blob(value)).digest()),
    'crypto.generatemac/3': (_frame, [name, value, key]) =>
        new ApexBlob(
            createHmac(algorithm(text(name).replace(/^hmac/i, '')), blob(key))
                .update(blob(value))
                .digest()
        )
};

function blob(value: Value): Buffer {
    if (!(value instanceof ApexBlob)) throw apexError('NullPointerException', 'Argument cannot be null.');
    return value.bytes;
}

function algorithm(value: Value): string {
    return text(value).toLowerCase().replace('-', '');
}
