// Apex Decimal: an exact decimal number (whole digits and a scale). Owns arithmetic, rounding and text;
// knows nothing of Integer, Long or Double (see operators.ts).

export type RoundingMode =
    'HALF_EVEN' | 'HALF_UP' | 'HALF_DOWN' | 'UP' | 'DOWN' | 'CEILING' | 'FLOOR' | 'UNNECESSARY';

/** Digits kept by a division that does not end, as on the platform. */
const DIVISION_DIGITS = 34;

const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent);
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Quotient of two integers rounded by `mode`. */
function divideRounded(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
    const quotient = dividend / divisor;
    const remainder = dividend % divisor;
    if (remainder === 0n) return quotient;
    const negative = dividend < 0n !== divisor < 0n;
    const twice = magnitude(remainder) * 2n;
    const half = twice === magnitude(divisor) ? 0 : twice > magnitude(divisor) ? 1 : -1;
    return roundsAway(mode, half, negative, quotient) ? quotient + (negative ? -1n : 1n) : quotient;
}

function roundsAway(mode: RoundingMode, half: number, negative: boolean, quotient: bigint): boolean {
    switch (mode) {
        case 'UP':
            return true;
        case 'DOWN':
            return false;
        case 'CEILING':
            return !negative;
        case 'FLOOR':
            return negative;
        case 'HALF_UP':
            return half >= 0;
        case 'HALF_DOWN':
            return half > 0;
        case 'HALF_EVEN':
            return half > 0 || (half === 0 && quotient % 2n !== 0n);
        case 'UNNECESSARY':
            throw new RangeError('Rounding necessary');
    }
}

export class Decimal {
    readonly digits: bigint;
    readonly scale: number;

    constructor(digits: bigint, scale: number) {
        this.digits = digits;
        this.scale = scale;
    }

    /** Undefined when `text` is no number. */
    static parse(text: string): Decimal | undefined {
        const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text.trim());
        if (!match || !(match[2] || match[3])) return undefined;
        const fraction = match[3] ?? '';
        const digits = BigInt(match[2] + fraction) * (match[1] === '-' ? -1n : 1n);
        const scale = fraction.length - Number(match[4] ?? 0);
        return scale >= 0 ? new Decimal(digits, scale) : new Decimal(digits * powerOfTen(-scale), 0);
    }

    static from(value: number | bigint): Decimal {
        if (typeof value === 'bigint') return new Decimal(value, 0);
        const parsed = Decimal.parse(String(value));
        if (!parsed) throw new RangeError(`${value} is not a decimal number`);
        return parsed;
    }

    plus(other: Decimal): Decimal {
        const scale = Math.max(this.scale, other.scale);
        return new Decimal(this.digitsAt(scale) + other.digitsAt(scale), scale);
    }

    minus(other: Decimal): Decimal {
        return this.plus(other.negated());
    }

    times(other: Decimal): Decimal {
        return new Decimal(this.digits * other.digits, this.scale + other.scale);
    }

    /** Throws RangeError on zero; the caller turns it into a MathException. */
    dividedBy(other: Decimal): Decimal {
        const preferred = Math.max(0, this.scale - other.scale);
        const extra = DIVISION_DIGITS + String(magnitude(other.digits)).length;
        const scale = Math.max(preferred, this.scale - other.scale + extra);
        const shift = scale - this.scale + other.scale;
        const exact = new Decimal(
            divideRounded(this.digits * powerOfTen(shift), other.digits, 'HALF_UP'),
            scale
        );
        const surplus = exact.precision - DIVISION_DIGITS;
        const rounded = surplus > 0 ? exact.withScale(Math.max(0, scale - surplus), 'HALF_UP') : exact;
        return rounded.stripped(preferred);
    }

    /** Rounded once, from the exact quotient. Throws RangeError on zero. */
    dividedTo(other: Decimal, scale: number, mode: RoundingMode): Decimal {
        const shift = scale - this.scale + other.scale;
        const [dividend, divisor] =
            shift >= 0
                ? [this.digits * powerOfTen(shift), other.digits]
                : [this.digits, other.digits * powerOfTen(-shift)];
        return new Decimal(divideRounded(dividend, divisor, mode), scale);
    }

    withScale(scale: number, mode: RoundingMode = 'HALF_EVEN'): Decimal {
        if (scale >= this.scale) return new Decimal(this.digitsAt(scale), scale);
        return new Decimal(divideRounded(this.digits, powerOfTen(this.scale - scale), mode), scale);
    }

    /** Without trailing zeros, down to `least` digits after the point. */
    stripped(least = 0): Decimal {
        let { digits, scale } = this;
        while (scale > least && digits % 10n === 0n) {
            digits /= 10n;
            scale -= 1;
        }
        return new Decimal(digits, scale);
    }

    /** Exact; throws RangeError below 0 and above 32767, as the platform refuses them. */
    power(exponent: number): Decimal {
        if (exponent < 0 || exponent > 32_767) throw new RangeError('Invalid exponent');
        return new Decimal(this.digits ** BigInt(exponent), this.scale * exponent);
    }

    compare(other: Decimal): number {
        const difference = this.minus(other).digits;
        return difference === 0n ? 0 : difference > 0n ? 1 : -1;
    }

    negated(): Decimal {
        return new Decimal(-this.digits, this.scale);
    }

    absolute(): Decimal {
        return new Decimal(magnitude(this.digits), this.scale);
    }

    get precision(): number {
        return String(magnitude(this.digits)).length;
    }

    /** Whole part, cut toward zero. */
    get whole(): bigint {
        return this.digits / powerOfTen(this.scale);
    }

    toNumber(): number {
        return Number(this.toString());
    }

    /** As Java writes it: small numbers with an exponent. */
    toString(): string {
        const digits = String(magnitude(this.digits));
        const exponent = digits.length - 1 - this.scale;
        if (exponent >= -6) return this.toPlain();
        const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
        return `${this.digits < 0n ? '-' : ''}${mantissa}E${exponent}`;
    }

    toPlain(): string {
        if (this.scale === 0) return String(this.digits);
        const text = String(magnitude(this.digits)).padStart(this.scale + 1, '0');
        const point = text.length - this.scale;
        return `${this.digits < 0n ? '-' : ''}${text.slice(0, point)}.${text.slice(point)}`;
    }

    private digitsAt(scale: number): bigint {
        return this.digits * powerOfTen(scale - this.scale);
    }
}
