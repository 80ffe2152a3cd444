// Exact numbers: fractions of whole numbers of any size, always in lowest terms. Every figure of a plan is one of these
// until it is rounded on purpose, so 1/3 stays 1/3 and thirty digits stay thirty digits.
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
/** Factors a finite decimal may have below the line. */
const TEN_FACTORS = [2n, 5n] as const;

export class Ratio {
    readonly numerator: bigint;
    /** positive */
    readonly denominator: bigint;

    private constructor(numerator: bigint, denominator: bigint) {
        this.numerator = numerator;
        this.denominator = denominator;
    }

    static readonly ZERO = new Ratio(0n, 1n);
    static readonly ONE = new Ratio(1n, 1n);

    static of(numerator: bigint | number, denominator: bigint | number = 1n): Ratio {
        let over = BigInt(numerator);
        let under = BigInt(denominator);
        if (under === 0n) throw new RangeError('a fraction cannot have 0 below the line');
        if (under < 0n) {
            over = -over;
            under = -under;
        }
        if (under === 1n) return new Ratio(over, under);
        const common = greatestCommonDivisor(over < 0n ? -over : over, under);
        return new Ratio(over / common, under / common);
    }

    /** `-1250.50` or `1.5e3`, digit by digit; null for anything else. */
    static parseDecimal(text: string): Ratio | null {
        const match = DECIMAL.exec(text.trim());
        if (!match) return null;
        const [, sign, whole, fraction = '', exponent = '0'] = match;
        const digits = BigInt(`${whole}${fraction}`);
        const shift = Number(exponent) - fraction.length;
        const signed = sign === '-' ? -digits : digits;
        return shift >= 0 ? Ratio.of(signed * 10n ** BigInt(shift)) : Ratio.of(signed, 10n ** BigInt(-shift));
    }

    plus(other: Ratio): Ratio {
        return Ratio.of(
            this.numerator * other.denominator + other.numerator * this.denominator,
            this.denominator * other.denominator
        );
    }

    minus(other: Ratio): Ratio {
        return this.plus(other.negated());
    }

    times(other: Ratio): Ratio {
        return Ratio.of(this.numerator * other.numerator, this.denominator * other.denominator);
    }

    /** Throws a RangeError when `other` is zero. */
    over(other: Ratio): Ratio {
        return Ratio.of(this.numerator * other.denominator, this.denominator * other.numerator);
    }

    negated(): Ratio {
        return new Ratio(-this.numerator, this.denominator);
    }

    absolute(): Ratio {
        return this.numerator < 0n ? this.negated() : this;
    }

    /** Negative, zero or positive as this is below, equal to or above the other. */
    compare(other: Ratio): number {
        const difference = this.numerator * other.denominator - other.numerator * this.denominator;
        return difference < 0n ? -1 : difference > 0n ? 1 : 0;
    }

    equals(other: Ratio): boolean {
        return this.numerator === other.numerator && this.denominator === other.denominator;
    }

    get isZero(): boolean {
        return this.numerator === 0n;
    }

    get sign(): -1 | 0 | 1 {
        return this.numerator < 0n ? -1 : this.numerator > 0n ? 1 : 0;
    }

    /** Largest whole number not above this. */
    floor(): bigint {
        const quotient = this.numerator / this.denominator;
        return this.numerator < 0n && quotient * this.denominator !== this.numerator
            ? quotient - 1n
            : quotient;
    }

    /** `1250.5`, or `1/3` where no decimal ends. */
    toString(): string {
        const places = decimalPlaces(this.denominator);
        if (places === null) return `${this.numerator}/${this.denominator}`;
        return this.toFixed(places);
    }

    /** Exactly this with so many decimals; what does not fit must have been rounded before (RangeError). */
    toFixed(places: number): string {
        const scaled = this.numerator * 10n ** BigInt(places);
        if (scaled % this.denominator !== 0n)
            throw new RangeError(`${this} does not end after ${places} decimals`);
        const digits = scaled / this.denominator;
        const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
        const sign = digits < 0n ? '-' : '';
        return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
    }
}

export function smaller(a: Ratio, b: Ratio): Ratio {
    return a.compare(b) <= 0 ? a : b;
}

export function larger(a: Ratio, b: Ratio): Ratio {
    return a.compare(b) >= 0 ? a : b;
}

export function sumOf(ratios: Iterable<Ratio>): Ratio {
    let sum = Ratio.ZERO;
    for (const ratio of ratios) sum = sum.plus(ratio);
    return sum;
}

/** Decimals needed below the line; null when no finite number will do. */
function decimalPlaces(denominator: bigint): number | null {
    let rest = denominator;
    let places = 0;
    for (const factor of TEN_FACTORS) {
        let count = 0;
        while (rest % factor === 0n) {
            rest /= factor;
            count++;
        }
        places = Math.max(places, count);
    }
    return rest === 1n ? places : null;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
    while (b !== 0n) [a, b] = [b, a % b];
    return a;
}
