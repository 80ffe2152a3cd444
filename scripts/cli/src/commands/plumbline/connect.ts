// `sf plumbline connect`: the org becomes a tenant of the service, its key goes into the External Credential, and both directions are
// proved. The key is never printed, logged or written to a file.
import { Flags } from '@salesforce/sf-plugins-core';
import { SfError, type Connection } from '@salesforce/core';
import {
    connectionOf,
    packageIn,
    PlumblineCommand,
    targetOrg,
    wordsOf,
    type PackageInOrg
} from '../../command.ts';
import {
    NAMED_CREDENTIAL,
    namedCredential,
    PLACEHOLDER_URL,
    principal,
    storeKey
} from '../../org/credential.ts';
import { directly, ORG_KEY, throughOrg, type ServiceDoor } from '../../service/door.ts';
import * as tenants from '../../service/tenants.ts';
import { isConnected, verify, type Connectedness, type Direction } from '../../service/verify.ts';

const words = wordsOf('plumbline.connect');
const CLIENT_SECRET = 'PLUMBLINE_CLIENT_SECRET';

export interface ConnectResult {
    orgId: string;
    myDomain: string;
    serviceUrl: string;
    registration: 'registered' | 'known' | 'by operator';
    key: 'created' | 'replaced' | 'kept';
    endedKeys: number;
    inbound: Direction;
    outbound: Direction | null;
    nextSteps: string[];
}

/** An org that is being connected. */
interface Place {
    connection: Connection;
    found: PackageInOrg;
    orgId: string;
    myDomain: string;
    serviceUrl: string;
}

interface OrgKey {
    key: string;
    registration: ConnectResult['registration'];
    /** keys of the org that worked before, by fingerprint */
    older: string[];
}

export default class Connect extends PlumblineCommand<ConnectResult> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly flags = {
        'target-org': targetOrg,
        'service-url': Flags.string({ summary: words.getMessage('flags.service-url.summary') }),
        'client-id': Flags.string({ summary: words.getMessage('flags.client-id.summary') }),
        rotate: Flags.boolean({ summary: words.getMessage('flags.rotate.summary') })
    };

    override async run(): Promise<ConnectResult> {
        const { flags } = await this.parse(Connect);
        const place = await this.#place(connectionOf(flags['target-org']), flags['service-url']);
        const already = flags.rotate ? null : await connectedAlready(place);
        if (already) return this.#told(place, already, { registration: 'known', key: 'kept', endedKeys: 0 });
        const { key, registration, older } = await this.step(
            words.getMessage('step.key'),
            () => keyOf(place, flags['client-id']),
            (made) => made.registration
        );
        const stored = await this.step(
            words.getMessage('step.store'),
            () => storeKey(place.connection, place.found.namespace, { orgId: place.orgId, key }),
            (outcome) => outcome
        );
        const outcome = await this.step(
            words.getMessage('step.verify'),
            () => verify(doorOf(place, key), place.myDomain),
            (seen) => (isConnected(seen) ? 'both open' : 'not open')
        );
        // Only a key that has been seen to work may replace the others.
        const ended = outcome.inbound.isOpen ? await endKeys(place, older) : 0;
        return this.#told(place, outcome, { registration, key: stored, endedKeys: ended });
    }

    async #place(connection: Connection, given: string | undefined): Promise<Place> {
        const found = await packageIn(connection);
        if (!found.isThere)
            throw new SfError(words.getMessage('error.no-package'), 'NotInstalled', ['sf plumbline install']);
        const named = await namedCredential(connection, found.namespace);
        const inOrg = named && named.url !== PLACEHOLDER_URL ? named.url : undefined;
        const serviceUrl = given ?? inOrg;
        if (!serviceUrl)
            throw new SfError(words.getMessage('error.no-service'), 'NoServiceUrl', [
                words.getMessage('next.url', [NAMED_CREDENTIAL])
            ]);
        const { organization_id: orgId } = await connection.identity();
        return { connection, found, orgId, myDomain: new URL(connection.instanceUrl).origin, serviceUrl };
    }

    async #told(
        place: Place,
        { inbound, outbound }: Connectedness,
        done: Pick<ConnectResult, 'registration' | 'key' | 'endedKeys'>
    ): Promise<ConnectResult> {
        const { orgId, myDomain, serviceUrl } = place;
        const nextSteps = await stepsFor(place, [inbound, ...(outbound ? [outbound] : [])]);
        for (const [name, direction] of [
            ['inbound', inbound],
            ['outbound', outbound]
        ] as const) {
            const state = !direction ? 'unknown' : direction.isOpen ? 'open' : 'closed';
            this.log(words.getMessage(`${name}.${state}`, [direction?.found ?? '']));
        }
        if (isConnected({ inbound, outbound, checks: [] })) this.logSuccess(words.getMessage('connected'));
        else process.exitCode = 1;
        for (const step of nextSteps) this.log(`  - ${step}`);
        return { orgId, myDomain, serviceUrl, ...done, inbound, outbound, nextSteps };
    }
}

/** Anonymous Apex cannot call into an installed package; there the key itself is tried. */
function doorOf({ connection, found, serviceUrl, orgId }: Place, key: string): ServiceDoor {
    return found.namespace === '' ? throughOrg(connection) : directly({ serviceUrl, orgId, key });
}

/** What the check finds when the org has a key of its own that works; null when there is more to do. */
async function connectedAlready(place: Place): Promise<Connectedness | null> {
    const { connection, found, orgId, myDomain } = place;
    if (process.env[ORG_KEY] || found.namespace !== '') return null;
    const held = await principal(connection, found.namespace);
    if (!held?.isConfigured || held.username !== orgId) return null;
    const outcome = await verify(throughOrg(connection), myDomain);
    return outcome.inbound.isOpen ? outcome : null;
}

async function keyOf(place: Place, clientId: string | undefined): Promise<OrgKey> {
    const given = process.env[ORG_KEY];
    if (given) return { key: given, registration: 'by operator', older: [] };
    const operator = tenants.neededOperator();
    const { orgId, myDomain, found } = place;
    const known = await tenants.tenantOf(operator, orgId);
    const older = known?.keys.map(({ fingerprint }) => fingerprint) ?? [];
    const registration = known ? 'known' : 'registered';
    if (known && !clientId && known.status === 'Active' && known.myDomain === myDomain) {
        return { key: (await tenants.newKey(operator, orgId)).key, registration, older };
    }
    const clientSecret = process.env[CLIENT_SECRET];
    if (!clientId || !clientSecret)
        throw new SfError(words.getMessage('error.no-client'), 'NoClient', [
            words.getMessage('next.client', [CLIENT_SECRET])
        ]);
    const { key } = await tenants.register(operator, {
        orgId,
        myDomain,
        namespace: found.namespace,
        clientId,
        clientSecret
    });
    return { key: key ?? (await tenants.newKey(operator, orgId)).key, registration, older };
}

async function endKeys({ orgId }: Place, fingerprints: readonly string[]): Promise<number> {
    if (fingerprints.length === 0) return 0;
    const operator = tenants.neededOperator();
    for (const fingerprint of fingerprints) await tenants.endKey(operator, orgId, fingerprint);
    return fingerprints.length;
}

/** What is left for people: what the service says of each direction, and the address that only an admin may change. */
async function stepsFor(place: Place, directions: readonly Direction[]): Promise<string[]> {
    const { connection, found, serviceUrl } = place;
    const named = await namedCredential(connection, found.namespace);
    const steps = directions.flatMap(({ fix }) => fix ?? []);
    if (!named?.isEnabled) steps.push(words.getMessage('next.enable', [NAMED_CREDENTIAL]));
    if (named && new URL(named.url).origin !== new URL(serviceUrl).origin)
        steps.push(words.getMessage('next.change-url', [NAMED_CREDENTIAL, serviceUrl, named.url]));
    return steps;
}
