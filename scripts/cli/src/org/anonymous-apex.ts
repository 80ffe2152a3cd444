// Apex statements run as the person signed in, by the SOAP door that `sf apex run` uses. The statements answer with one line of the
// debug log; whatever ends otherwise is an ApexProblem in the org's own words.
import type { Connection } from '@salesforce/core';
import { API_VERSION } from './api-version.ts';

const MARK = 'PLUMBLINE-ANSWER ';

export class ApexProblem extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'ApexProblem';
    }
}

/** Adds to Apex what hands `expression` (a String) to `runApex`. */
export function answerWith(expression: string): string {
    return `System.debug('${MARK}' + ${expression});`;
}

/** `'` and `\` as Apex writes them in a string. */
export function apexString(text: string): string {
    return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`;
}

export async function runApex(connection: Connection, statements: string): Promise<string> {
    const { organizationId } = await connection.identity().then(({ organization_id }) => ({
        organizationId: organization_id
    }));
    const answer = await connection.request<string>({
        method: 'POST',
        url: `${connection.instanceUrl.replace(/\/$/, '')}/services/Soap/s/${API_VERSION}/${organizationId}`,
        headers: { 'content-type': 'text/xml', soapaction: 'executeAnonymous' },
        body: envelope(connection.accessToken ?? '', statements)
    });
    return outcomeOf(answer as unknown);
}

function envelope(sessionId: string, statements: string): string {
    return `<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:apex="http://soap.sforce.com/2006/08/apex">
<env:Header>
<apex:SessionHeader><apex:sessionId>${escaped(sessionId)}</apex:sessionId></apex:SessionHeader>
<apex:DebuggingHeader><apex:categories><apex:category>Apex_code</apex:category><apex:level>DEBUG</apex:level></apex:categories></apex:DebuggingHeader>
</env:Header>
<env:Body><apex:executeAnonymous><apex:String>${escaped(statements)}</apex:String></apex:executeAnonymous></env:Body>
</env:Envelope>`;
}

/** jsforce hands over XML as an object. */
function outcomeOf(answer: unknown): string {
    const envelope = partOf(answer, 'soapenv:Envelope') ?? partOf(answer, 'Envelope');
    const part = (...names: string[]): unknown =>
        names.reduce<unknown>((at, name) => partOf(at, `soapenv:${name}`) ?? partOf(at, name), envelope);
    const result = part('Body', 'executeAnonymousResponse', 'result');
    const said = (name: string): string => {
        const value = partOf(result, name);
        return typeof value === 'string' ? value : '';
    };
    if (said('success') !== 'true')
        throw new ApexProblem(
            said('exceptionMessage') || said('compileProblem') || 'The org did not run the statements.'
        );
    const log = part('Header', 'DebuggingInfo', 'debugLog');
    const line = String(log)
        .split('\n')
        .find((one) => one.includes(MARK));
    if (!line) throw new ApexProblem('The statements ran, and their answer is not in the debug log.');
    return line.slice(line.indexOf(MARK) + MARK.length);
}

function partOf(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function escaped(text: string): string {
    return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
