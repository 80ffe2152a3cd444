// A local org in memory behind a real port, with sf signed in to it: what each test of the CLI starts from.
import { Connection } from 'jsforce';
import { createOrg } from '../local-org/create-org.ts';
import type { LocalOrg } from '../local-org/local-org.ts';
import { startLocalOrg, type RunningOrg } from '../local-org/server.ts';
import type { SfAnswer, SfCli } from './sf-cli.ts';

export interface OpenOrg {
    org: LocalOrg;
    server: RunningOrg;
    /** The administrator by jsforce, to see what sf has done. */
    connection: Connection;
    close(): Promise<void>;
}

/** An org without data that sf is logged in to as the administrator, who becomes its default user. */
export async function openOrg(sf: SfCli): Promise<OpenOrg> {
    const org = createOrg({ file: ':memory:' });
    const server = await startLocalOrg({ org });
    const accessToken = org.auth.issueToken(org.adminUserId);
    const answer = await logInByToken(sf, server.url, accessToken);
    if (answer.status !== 0) throw new Error(`sf could not sign in: ${JSON.stringify(answer.result)}`);
    return {
        org,
        server,
        connection: new Connection({ instanceUrl: server.url, accessToken, version: '65.0' }),
        async close() {
            await server.close();
            org.close();
        }
    };
}

export function logInByToken(sf: SfCli, url: string, accessToken: string): Promise<SfAnswer> {
    const login = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--set-default'];
    return sf.run(login, { SF_ACCESS_TOKEN: accessToken });
}
