// Checks of the connection: the credentials, the service, the key, both directions, and what the service itself finds in the org.
import { ENGINE_VERSION } from '../../../../../service/src/engine-version.ts';
import { NAMED_CREDENTIAL, PLACEHOLDER_URL } from '../../org/credential.ts';
import { ORG_KEY } from '../../service/door.ts';
import { doorFor } from '../../service/door-for.ts';
import { serviceState } from '../../service/state.ts';
import { tenantOf } from '../../service/tenants.ts';
import { verify, type Connectedness, type ServiceCheck } from '../../service/verify.ts';
import { failed, passed, unknown, warning, type Check, type CheckResult, type Finding } from '../check.ts';
import type { Patient } from '../check.ts';

const CONNECT = 'Run sf plumbline connect.';

const named: Check = {
    name: 'named-credential',
    about: `The Named Credential ${NAMED_CREDENTIAL} points at the service and may be called.`,
    async look({ named: inOrg, serviceUrl }) {
        if (!inOrg) return failed('The org has none.', 'Run sf plumbline install.');
        const setup = `Setup > Named Credentials > ${NAMED_CREDENTIAL} > Edit`;
        if (inOrg.url === '' || inOrg.url === PLACEHOLDER_URL)
            return failed(
                `Its URL is ${inOrg.url || 'empty'}, where nobody answers.`,
                `sf plumbline install --service-url <address>, or ${setup}.`
            );
        if (!inOrg.isEnabled)
            return failed('It is not enabled for callouts.', `${setup}: tick "Enabled for Callouts".`);
        if (serviceUrl && new URL(serviceUrl).origin !== new URL(inOrg.url).origin)
            return failed(`It points at ${inOrg.url}, not at ${serviceUrl}.`, `${setup}: correct the URL.`);
        const isOpen = inOrg.url.startsWith('https://') || /^http:\/\/127\.0\.0\.1[:/]/.test(inOrg.url);
        return isOpen
            ? passed(`${inOrg.url}.`)
            : failed(`${inOrg.url} is not https.`, `${setup}: keys are sent encrypted or not at all.`);
    }
};

const key: Check = {
    name: 'key',
    about: 'The External Credential holds a key of this org, not of the org it was copied from.',
    async look({ principal, orgId }) {
        if (!principal) return failed('The org has no such principal.', 'Run sf plumbline install.');
        if (!principal.isConfigured) return failed('No key is stored.', CONNECT);
        return principal.username !== null && principal.username !== orgId
            ? failed(
                  `The key belongs to org ${principal.username}, this is ${orgId}: a copied sandbox.`,
                  `${CONNECT} It gives this copy a key of its own.`
              )
            : passed('It does.');
    }
};

const service: Check = {
    name: 'service',
    about: 'The service is up, ready, and not older than this plugin.',
    async look({ serviceUrl }) {
        if (!serviceUrl)
            return unknown('The org does not say where the service is.', 'Name it with --service-url.');
        const state = await serviceState(serviceUrl);
        if (!state.isReady)
            return failed(
                state.problem,
                'Ask whoever runs the service to look at /health/ready and its log.'
            );
        return state.version === ENGINE_VERSION
            ? passed(`Engine ${state.version}.`)
            : warning(
                  `The service runs engine ${state.version}, this plugin knows ${ENGINE_VERSION}.`,
                  'Update the older of the two: they are released together.'
              );
    }
};

const tenant: Check = {
    name: 'tenant',
    about: 'The service knows this org under its present address and works for it.',
    async look({ operator, orgId, myDomain, found }) {
        if (!operator)
            return unknown(
                'Not asked: PLUMBLINE_OPERATOR_KEY and PLUMBLINE_OPERATOR_URL are not set, which only operators have.'
            );
        const known = await tenantOf(operator, orgId);
        if (!known) return failed('The service does not know this org.', CONNECT);
        if (known.status === 'Suspended')
            return failed('The org is suspended.', 'Ask whoever runs the service why.');
        if (known.status === 'Disconnected') return failed('The org was disconnected.', CONNECT);
        if (known.myDomain !== myDomain)
            return failed(
                `The service knows ${known.myDomain}, the org is ${myDomain}: it was renamed.`,
                'Run sf plumbline connect --rotate --client-id <consumer key>, which registers the new address.'
            );
        if (known.namespace !== found.namespace)
            return failed(
                `The service writes with namespace "${known.namespace}", the package has "${found.namespace}".`,
                'Run sf plumbline connect --rotate --client-id <consumer key>.'
            );
        return known.keys.length > 1
            ? warning(
                  'Two keys of this org work.',
                  'When nothing signs in with the older one any more: sf plumbline connect --rotate.'
              )
            : passed(`Active, last heard of at ${known.lastSeenAt ?? 'no time yet'}.`);
    }
};

export const CONNECTION_CHECKS: Check[] = [named, key, service, tenant];

/** One call tells several things: the way in, the way out, and what the service sees as the integration user. */
export async function lookBothWays(patient: Patient): Promise<CheckResult[]> {
    const outcome = await ask(patient);
    const inbound = 'The org reaches the service, and its key is accepted.';
    const outbound = 'The service signs in to the org as the integration user.';
    if ('outcome' in outcome) {
        return [
            { name: 'org-to-service', about: inbound, ...outcome },
            { name: 'service-to-org', about: outbound, ...outcome }
        ];
    }
    return [
        { name: 'org-to-service', about: inbound, ...directionOf(outcome.inbound, CONNECT) },
        {
            name: 'service-to-org',
            about: outbound,
            ...(outcome.outbound
                ? directionOf(outcome.outbound, CONNECT)
                : unknown('Not asked: the org does not reach the service.'))
        },
        ...outcome.checks.map(ofService)
    ];
}

async function ask(patient: Patient): Promise<Connectedness | Finding> {
    const { connection, found, named: inOrg, myDomain } = patient;
    if (!found.isThere || !inOrg) return unknown('The package is not there.', 'Run sf plumbline install.');
    if (found.namespace !== '' && !process.env[ORG_KEY])
        return unknown(
            'Apex of an installed package cannot be called from outside.',
            `Press Verify on the Setup page of Plumbline, or put the key of this org into ${ORG_KEY}.`
        );
    return verify(await doorFor(connection, found), myDomain);
}

function directionOf(direction: Connectedness['inbound'], otherwise: string): Finding {
    const { isOpen, code, found, fix } = direction;
    return isOpen ? passed('It does.') : failed(`${code}: ${found}`, fix ?? otherwise);
}

const OUTCOMES = { ok: 'passed', warning: 'warning', failed: 'failed' } as const;

function ofService({ name, outcome, message, fix }: ServiceCheck): CheckResult {
    return {
        name: `service-says-${name}`,
        about: 'What the service found when it signed in.',
        outcome: OUTCOMES[outcome],
        found: message,
        next: fix
    };
}
