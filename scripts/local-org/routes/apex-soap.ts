// The SOAP door of the Apex API, for `sf apex run`: executeAnonymous at /services/Soap/s/:version/:org. The other calls
// (runTests, compileClasses ...) are refused by name; tests run by the Tooling API.
import type { FastifyInstance } from 'fastify';
import type { AnonymousOutcome } from '../apex/anonymous.ts';
import type { LocalOrg } from '../local-org.ts';
import { checkMetadataAccess } from '../metadata/metadata-access.ts';
import { notSupported } from '../org.ts';
import { registerSoap } from './soap.ts';
import type { Xml } from './soap.ts';

export function registerApexSoap(app: FastifyInstance, org: LocalOrg): void {
    registerSoap(app, org, {
        path: '/services/Soap/s/:version/:org',
        namespace: 'http://soap.sforce.com/2006/08/apex',
        repeated: [],
        async answer({ user, operation, body }) {
            checkMetadataAccess(user);
            if (operation !== 'executeAnonymous') throw notSupported(`the Apex API call ${operation}`);
            const code = String(body.apexcode ?? body.String ?? '');
            const outcome = await org.apex.executeAnonymous(user, code);
            const debugLog = logOf(outcome, org.clock());
            return { results: [resultOf(outcome)], header: { DebuggingInfo: { debugLog } } };
        }
    });
}

function resultOf({ compileProblem, exception }: AnonymousOutcome): Xml {
    return {
        column: compileProblem || exception ? 1 : -1,
        compileProblem: compileProblem?.message,
        compiled: compileProblem === null,
        exceptionMessage: exception?.message,
        exceptionStackTrace: exception?.stackTrace,
        line: compileProblem?.line ?? exception?.line ?? -1,
        success: compileProblem === null && exception === null
    };
}

/** The lines of a debug log that System.debug writes. */
function logOf({ debugLog }: AnonymousOutcome, now: Date): string {
    const time = now.toISOString().slice(11, 23);
    const lines = debugLog.map(({ line, text }) => `${time} (0)|USER_DEBUG|[${line}]|DEBUG|${text}`);
    return ['65.0 APEX_CODE,DEBUG', ...lines, ''].join('\n');
}
