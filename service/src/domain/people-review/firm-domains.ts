// Which mail domains are the firm's own: those at least one in ten of its people write from. A provider of mailboxes for everybody is
// never the firm's, or clients there would count as colleagues.
const PROVIDERS = new Set([
    'gmail.com',
    'googlemail.com',
    'outlook.com',
    'hotmail.com',
    'live.com',
    'msn.com',
    'yahoo.com',
    'icloud.com',
    'me.com',
    'aol.com',
    'gmx.com',
    'gmx.net',
    'gmx.de',
    'web.de',
    'proton.me',
    'protonmail.com',
    'mail.ru',
    'qq.com',
    '163.com'
]);
const LEAST_SHARE = 0.1;

/** @param addresses one of each person */
export function firmDomains(addresses: readonly string[]): string[] {
    const domains = addresses
        .filter((address) => address.includes('@'))
        .map((address) => address.slice(address.lastIndexOf('@') + 1).toLowerCase());
    return [...Map.groupBy(domains, (domain) => domain)]
        .filter(([domain, of]) => !PROVIDERS.has(domain) && of.length / domains.length >= LEAST_SHARE)
        .map(([domain]) => domain)
        .sort();
}
