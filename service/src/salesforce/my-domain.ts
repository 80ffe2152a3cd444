// Decides whether a client secret may be sent to a host. The secret opens every org it is registered in, so the only
// hosts allowed are https My Domain names; plain http is for the local org on the loopback address, when asked for.
// Does not look the name up and sends nothing.

const MY_DOMAIN =
    /^https:\/\/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.(?:sandbox|develop|scratch|demo|trailblaze))?\.my\.salesforce\.com$/;
const LOOPBACK = /^http:\/\/127\.0\.0\.1:([0-9]{1,5})$/;

export interface MyDomainRules {
    allowLoopback: boolean;
}

/** The problem with this My Domain in a sentence, or null when the secret may be sent there. The text must be the bare
 *  origin: a path, port, user name, query, capital or blank is refused rather than cleaned up. */
export function myDomainProblem(myDomain: string, rules: MyDomainRules): string | null {
    if (MY_DOMAIN.test(myDomain)) return null;
    const port = LOOPBACK.exec(myDomain)?.[1];
    if (port === undefined || Number(port) < 1 || Number(port) > 65535) {
        return 'must be exactly https://<my domain>.my.salesforce.com, in lower case, without port, path or user';
    }
    if (rules.allowLoopback) return null;
    return 'is a loopback address, allowed only with PLUMBLINE_ALLOW_LOOPBACK=true (the local org)';
}

/** True when `url` stays on `myDomain`: same scheme, host and port, no user name, whatever the path. */
export function staysOn(myDomain: string, url: string): boolean {
    if (!URL.canParse(url)) return false;
    const parsed = new URL(url);
    return parsed.origin === new URL(myDomain).origin && parsed.username === '' && parsed.password === '';
}
