// `sf plumbline install`: the package and what no package can carry into an org, and permission sets for the people named.
import { Flags } from '@salesforce/sf-plugins-core';
import type { Connection } from '@salesforce/core';
import { connectionOf, packageIn, PlumblineCommand, targetOrg, wordsOf } from '../../command.ts';
import { NAMED_CREDENTIAL, namedCredential, PLACEHOLDER_URL } from '../../org/credential.ts';
import { deployFolder, type Deployed } from '../../org/deploy.ts';
import {
    assignSets,
    integrationUser,
    SETS_OF,
    userIds,
    type Assignment,
    type Role
} from '../../org/people.ts';
import { PACKAGE_FOLDER, SUBSCRIBER_FOLDER } from '../../project.ts';

const words = wordsOf('plumbline.install');
const PEOPLE = ['manager', 'payee', 'analyst', 'approver', 'compliance'] as const;

export interface InstallResult {
    components: number;
    tests: number;
    assignments: number;
    integrationUser: { username: string; isNew: boolean } | null;
    nextSteps: string[];
}

export default class Install extends PlumblineCommand<InstallResult> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly flags = {
        'target-org': targetOrg,
        'service-url': Flags.string({ summary: words.getMessage('flags.service-url.summary') }),
        'integration-user': Flags.string({ summary: words.getMessage('flags.integration-user.summary') }),
        manager: peopleFlag('manager'),
        payee: peopleFlag('payee'),
        analyst: peopleFlag('analyst'),
        approver: peopleFlag('approver'),
        compliance: peopleFlag('compliance'),
        'test-level': Flags.string({
            summary: words.getMessage('flags.test-level.summary'),
            options: ['NoTestRun', 'RunLocalTests']
        }),
        'dry-run': Flags.boolean({ summary: words.getMessage('flags.dry-run.summary') })
    };

    override async run(): Promise<InstallResult> {
        const { flags } = await this.parse(Install);
        const connection = connectionOf(flags['target-org']);
        const people = await this.#people(connection, flags);
        const serviceUrl = flags['service-url'] ?? (await addressInOrg(connection));
        const options = { serviceUrl, isDryRun: flags['dry-run'], testLevel: flags['test-level'] };
        const deployed = await this.#deploy(connection, 'package', PACKAGE_FOLDER, options);
        if (flags['dry-run']) return this.#done({ ...deployed, assignments: 0, integrationUser: null }, []);
        const subscriber = await this.#deploy(connection, 'subscriber metadata', SUBSCRIBER_FOLDER, {});
        const username = flags['integration-user'];
        const robot = username === undefined ? null : await integrationUser(connection, username);
        const wanted: Assignment[] = robot
            ? [...people, { userId: robot.id, sets: SETS_OF.integration }]
            : people;
        const assignments = await this.step(
            'Assigning permission sets',
            () => assignSets(connection, wanted),
            (count) => `${count} new`
        );
        const result = {
            components: deployed.components + subscriber.components,
            tests: deployed.tests,
            assignments,
            integrationUser: robot ? { username: username!, isNew: robot.isNew } : null
        };
        return this.#done(result, nextSteps(serviceUrl, robot !== null));
    }

    /** Looked up before anything is deployed: a wrong name must not leave half an install. */
    async #people(
        connection: Connection,
        flags: Partial<Record<Exclude<Role, 'integration' | 'admin'>, string[]>>
    ): Promise<Assignment[]> {
        const { user_id: admin } = await connection.identity();
        const wanted: Assignment[] = [{ userId: admin, sets: SETS_OF.admin }];
        for (const role of PEOPLE) {
            for (const userId of await userIds(connection, flags[role] ?? []))
                wanted.push({ userId, sets: SETS_OF[role] });
        }
        return wanted;
    }

    #deploy(
        connection: Connection,
        what: string,
        folder: string,
        options: Parameters<typeof deployFolder>[2]
    ): Promise<Deployed> {
        return this.step(
            `Deploying the ${what}`,
            () =>
                deployFolder(connection, folder, {
                    ...options,
                    onProgress: (done, total) => {
                        if (total > 0) this.spinner.status = `${done} of ${total} components`;
                    }
                }),
            ({ components }) => `${components} components`
        );
    }

    #done(result: Omit<InstallResult, 'nextSteps'>, steps: string[]): InstallResult {
        this.logSuccess(words.getMessage(steps.length > 0 ? 'installed' : 'checked'));
        for (const step of steps) this.log(`  - ${step}`);
        return { ...result, nextSteps: steps };
    }
}

function peopleFlag(role: Exclude<Role, 'integration' | 'admin'>) {
    return Flags.string({
        summary: words.getMessage(`flags.${role}.summary`),
        multiple: true,
        delimiter: ','
    });
}

/** A second install must not turn the Named Credential away from the service that it points at. */
async function addressInOrg(connection: Connection): Promise<string | undefined> {
    const { isThere, namespace } = await packageIn(connection);
    const held = isThere ? await namedCredential(connection, namespace) : null;
    return held && held.url !== '' && held.url !== PLACEHOLDER_URL ? held.url : undefined;
}

function nextSteps(serviceUrl: string | undefined, hasRobot: boolean): string[] {
    return [
        ...(hasRobot ? [] : [words.getMessage('next.integration-user')]),
        ...(serviceUrl ? [] : [words.getMessage('next.service-url', [NAMED_CREDENTIAL])]),
        words.getMessage('next.connect'),
        words.getMessage('next.doctor')
    ];
}
