// Three judges of what is valid SOQL: our parser and two by other hands.
import { ApexParserFactory, ThrowingErrorListener } from '@apexdevtools/apex-parser';
import { isQueryValid } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../../org.ts';
import { parseQuery } from '../../soql/parse.ts';

export function ours(soql: string): boolean {
    try {
        parseQuery(soql);
        return true;
    } catch (error) {
        if (error instanceof OrgError && error.errorCode === 'MALFORMED_QUERY') return false;
        throw error;
    }
}

export function apex(soql: string): boolean {
    try {
        const { parser } = ApexParserFactory.createLexerAndParser(soql, ThrowingErrorListener.INSTANCE);
        parser.query();
        return parser.getCurrentToken().type === -1;
    } catch {
        return false;
    }
}

export function jetstream(soql: string): boolean {
    // Left out, the last option makes it build its whole parser anew for each query.
    return isQueryValid(soql, { allowApexBindVariables: true, ignoreParseErrors: false });
}
