// Before a client secret leaves, its host must have public addresses only: a name that points into the network of the
// service (a poisoned or mistaken DNS) is refused. That the host is Salesforce's is what TLS proves; this is the net below.
import { lookup as dnsLookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { ForeignHostError } from './errors.ts';

/** The addresses of a host. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** Not reachable over the internet (RFC 6890): own machine, private, link-local, shared, documentation, multicast. */
const V4_RANGES: [net: string, prefix: number][] = [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3]
];
/** The internet is 2000::/3; of it, documentation, Teredo and 6to4 lead elsewhere. */
const V6_RANGES: [net: string, prefix: number][] = [
    ['::', 3],
    ['4000::', 2],
    ['8000::', 1],
    ['2001::', 32],
    ['2001:db8::', 32],
    ['2002::', 16]
];

// Two lists: one list takes an IPv4 address for the IPv6 address that carries it.
const closed = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, prefix] of V4_RANGES) closed.ipv4.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of V6_RANGES) closed.ipv6.addSubnet(net, prefix, 'ipv6');

export function isPublicAddress(address: string): boolean {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    return isIP(address) !== 0 && !closed[family].check(address, family);
}

export const lookupHost: Lookup = async (host) => {
    const found = await dnsLookup(host, { all: true });
    return found.map(({ address }) => address);
};

/** Throws unless every address of the My Domain is public. The loopback address of the local org has no name to look up. */
export async function refusePrivateHost(myDomain: string, lookup: Lookup): Promise<void> {
    const { hostname, protocol } = new URL(myDomain);
    if (protocol === 'http:' && hostname === '127.0.0.1') return;
    const addresses = await lookup(hostname);
    if (addresses.length > 0 && addresses.every(isPublicAddress)) return;
    throw new ForeignHostError(
        'PRIVATE_ADDRESS',
        'The My Domain of the org points to an address that is not on the internet; the secret was not sent.',
        'Check the DNS of the service, and the My Domain registered for this org.'
    );
}
