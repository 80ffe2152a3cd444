// An expression as somebody would say it: `payable * 6%` is "6 % of the credited amount".
import type { BinaryOperator, Expression } from '../expression.ts';
import { nameInWords } from './names-in-words.ts';
import { figureText, isPercentage, listed, words } from './words.ts';

const COMPARED: Partial<Record<BinaryOperator, string>> = {
    '=': 'is',
    '!=': 'is not',
    '<': 'is below',
    '<=': 'is at most',
    '>': 'is above',
    '>=': 'is at least'
};
const TURNED: Partial<Record<BinaryOperator, BinaryOperator>> = {
    '=': '!=',
    '!=': '=',
    '<': '>=',
    '<=': '>',
    '>': '<=',
    '>=': '<'
};

export function inWords(expression: Expression): string {
    switch (expression.kind) {
        case 'number':
            return figureText(expression.text);
        case 'text':
            return /^\d{4}-\d{2}-\d{2}$/.test(expression.value) ? expression.value : `“${expression.value}”`;
        case 'truth':
            return expression.value ? 'yes' : 'no';
        case 'name':
            return nameInWords(expression.path);
        case 'minus':
            return `minus ${grouped(expression.of)}`;
        case 'not':
            return negated(expression.of);
        case 'in':
            return `${grouped(expression.left)} is one of ${listed(expression.options.map(inWords), 'or')}`;
        case 'binary':
            return binaryInWords(expression);
        case 'call':
            return callInWords(expression.name, expression.arguments);
    }
}

/** A condition that is only a name: a field of the deal is a mark on it, others are yes or no. */
export function conditionInWords(expression: Expression): string {
    const assumed = assumedTruth(expression);
    if (assumed)
        return `${conditionInWords(assumed.of)}${assumed.otherwise ? ', or nothing is said of it' : ''}`;
    return expression.kind === 'name' ? markInWords(expression, 'is', 'yes') : inWords(expression);
}

/** `default(x, true)`: a condition that also holds where nothing is given. */
function assumedTruth(expression: Expression): { of: Expression; otherwise: boolean } | null {
    if (expression.kind !== 'call' || expression.name !== 'default') return null;
    const [of, otherwise] = expression.arguments;
    return of && otherwise?.kind === 'truth' ? { of, otherwise: otherwise.value } : null;
}

function markInWords({ path }: Expression & { kind: 'name' }, is: string, answer: string): string {
    return path.length === 1 ? `the deal ${is} “${words(path[0]!)}”` : `${nameInWords(path)} is ${answer}`;
}

function negated(of: Expression): string {
    const assumed = assumedTruth(of);
    if (assumed) return `${negated(assumed.of)}${assumed.otherwise ? '' : ', or nothing is said of it'}`;
    if (of.kind === 'name') return markInWords(of, 'is not', 'no');
    const turned = of.kind === 'binary' ? TURNED[of.operator] : undefined;
    if (of.kind === 'binary' && turned) return binaryInWords({ ...of, operator: turned });
    if (of.kind === 'call' && of.name === 'given') return `${inWords(of.arguments[0]!)} is not given`;
    return `it is not so that ${inWords(of)}`;
}

function binaryInWords({ operator, left, right }: Expression & { kind: 'binary' }): string {
    const compared = COMPARED[operator];
    if (compared) return comparison(left, compared, right);
    switch (operator) {
        case 'or':
            return `${conditionInWords(left)} or ${conditionInWords(right)}`;
        case 'and':
            return `${conditionGrouped(left)} and ${conditionGrouped(right)}`;
        case '*':
            if (isPercentage(right)) return `${inWords(right)} of ${grouped(left)}`;
            return isPercentage(left)
                ? `${inWords(left)} of ${grouped(right)}`
                : `${grouped(left)} times ${grouped(right)}`;
        case '/':
            if (left.kind === 'number' && right.kind === 'number')
                return `${inWords(left)}/${inWords(right)}`;
            return `${grouped(left)} divided by ${grouped(right)}`;
        case '+':
            return `${inWords(left)} plus ${grouped(right)}`;
        default:
            return `${inWords(left)} less ${grouped(right)}`;
    }
}

function comparison(left: Expression, compared: string, right: Expression): string {
    if (right.kind === 'truth')
        return right.value === (compared === 'is') ? conditionInWords(left) : negated(left);
    return `${inWords(left)} ${compared} ${inWords(right)}`;
}

/** What stands inside a larger phrase, in brackets where it would be read wrongly. */
function grouped(expression: Expression): string {
    const isPhrase =
        (expression.kind === 'binary' && !(expression.operator === '*' && isPercentage(expression.right))) ||
        (expression.kind === 'call' && expression.name === 'if');
    return isPhrase ? `(${inWords(expression)})` : inWords(expression);
}

function conditionGrouped(expression: Expression): string {
    const isEither = expression.kind === 'binary' && expression.operator === 'or';
    return isEither ? `(${inWords(expression)})` : conditionInWords(expression);
}

function callInWords(name: string, args: Expression[]): string {
    const [first, second, third] = args.map(inWords);
    switch (name) {
        case 'if':
            return `${second} if ${conditionInWords(args[0]!)}, otherwise ${third}`;
        case 'default':
            return `${first} (${second} where none is given)`;
        case 'given':
            return `${first} is given`;
        case 'min':
            return args.length === 2
                ? `the smaller of ${first} and ${second}`
                : `the smallest of ${listed(args.map(inWords))}`;
        case 'max':
            return args.length === 2
                ? `the larger of ${first} and ${second}`
                : `the largest of ${listed(args.map(inWords))}`;
        case 'abs':
            return `the size of ${first}`;
        case 'floor':
            return `${first} rounded down to a whole number`;
        case 'ceil':
            return `${first} rounded up to a whole number`;
        case 'round':
            return `${first} rounded to ${second}`;
        case 'days':
            return `the days from ${first} to ${second}`;
        case 'months':
            return `the whole months from ${first} to ${second}`;
        case 'addMonths':
            return `${first} plus ${second} months`;
        case 'year':
            return `the year of ${first}`;
        case 'month':
            return `the month of ${first}`;
        case 'table':
            return tableInWords(args);
        default:
            return groupInWords(name, args);
    }
}

function tableInWords([key, x, y]: Expression[]): string {
    const table = key!.kind === 'text' ? words(key!.value) : inWords(key!);
    const by = y ? `${inWords(x!)} and ${inWords(y)}` : inWords(x!);
    return `what the table “${table}” gives for ${by}`;
}

const GROUPS: Record<string, string> = {
    team: 'your direct reports',
    organisation: 'everybody below you',
    everyone: 'everybody on the plan',
    credits: 'your credits of the period',
    transactions: 'all transactions of the period'
};

function groupInWords(name: string, [group, x]: Expression[]): string {
    const word = group!.kind === 'name' ? group!.path.join('.') : '';
    const members = Object.hasOwn(GROUPS, word) ? GROUPS[word]! : words(word);
    if (name === 'count') return `the number of ${members} for which ${conditionInWords(x!)}`;
    if (name === 'rank') return `your rank by ${inWords(x!)} among ${members}`;
    return `the ${name === 'sum' ? 'sum' : 'average'} of ${inWords(x!)} over ${members}`;
}
