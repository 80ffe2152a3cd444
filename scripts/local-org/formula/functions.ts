// The functions formulas may call, by family, and those about blanks. Anything Salesforce has and these tables have not is
// refused by name when the formula is deployed.
import { blank, checkCount, commonType } from './builders.ts';
import type { Build } from './builders.ts';
import { DATE_FUNCTIONS } from './date-functions.ts';
import { NUMBER_FUNCTIONS } from './number-functions.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';
import type { FormulaValue } from './values.ts';

const isBlank: Build = (name, args) => {
    checkCount(name, args, 1, 1);
    return { type: 'boolean', run: (env) => blank(args[0].run(env)) };
};

/** ISNULL is never true of text: text without a value is empty, not null. */
const isNull: Build = (name, args) => {
    checkCount(name, args, 1, 1);
    return { type: 'boolean', run: (env) => args[0].run(env) === null };
};

function instead(isMissing: (value: FormulaValue) => boolean): Build {
    return (name, args) => {
        checkCount(name, args, 2, 2);
        const [first, second] = args;
        const type = commonType(name, [first, second]);
        return {
            type,
            run: (env) => {
                const value = first.run(env);
                return isMissing(value) ? second.run(env) : value;
            }
        };
    };
}

export const FUNCTIONS: Record<string, Build> = {
    ...DATE_FUNCTIONS,
    ...NUMBER_FUNCTIONS,
    ...TEXT_FUNCTIONS,
    ISBLANK: isBlank,
    ISNULL: isNull,
    BLANKVALUE: instead(blank),
    NULLVALUE: instead((value) => value === null)
};

/** Functions of Salesforce formulas that this org refuses, so that the message can say so. */
export const REFUSED = new Set(
    (
        'VLOOKUP ISCLONE GETSESSIONID URLFOR LINKTO REQUIRESCRIPT INCLUDE PARENTGROUPVAL PREVGROUPVAL DISTANCE GEOLOCATION ' +
        'CURRENCYRATE TIMEVALUE TIMENOW HOUR MINUTE SECOND MILLISECOND JUNCTIONIDLIST GETRECORDIDS HTMLENCODE JSENCODE ' +
        'JSINHTMLENCODE URLENCODE PREDICT UNICODE FORMATDURATION RAND IMAGEPROXYURL'
    ).split(' ')
);
