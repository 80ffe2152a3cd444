import { describe, expect, test } from '@jest/globals';
import { OrgClient } from '../../src/salesforce/connect.ts';
import { isPublicAddress } from '../../src/salesforce/public-address.ts';
import { scriptedOrg, token } from '../support/scripted-org.ts';
import { tenant } from '../support/test-app.ts';

describe('an address is not on the internet when it is', () => {
    test.each([
        ['the own machine', '127.0.0.1'],
        ['the own machine in IPv6', '::1'],
        ['the own machine written as IPv6', '::ffff:127.0.0.1'],
        ['nothing at all', '0.0.0.0'],
        ['private', '10.1.2.3'],
        ['private at the end of its range', '172.31.255.255'],
        ['private at home', '192.168.1.1'],
        ['the metadata service of a cloud', '169.254.169.254'],
        ['the metadata service of a cloud in IPv6', 'fd00:ec2::254'],
        ['shared by a carrier', '100.64.0.1'],
        ['link-local in IPv6', 'fe80::1'],
        ['a private IPv4 carried by 6to4', '2002:a00:1::'],
        ['multicast', '224.0.0.1'],
        ['no address', 'acme.my.salesforce.com']
    ])('%s', (_what, address) => {
        expect(isPublicAddress(address)).toBe(false);
    });

    test.each(['13.110.54.1', '172.32.0.1', '2606:4700::1111', '100.128.0.1'])('and %s is', (address) => {
        expect(isPublicAddress(address)).toBe(true);
    });
});

describe('a client secret is not sent', () => {
    test.each([
        ['a private address', ['10.0.0.5']],
        ['a public and a private address', ['13.110.54.1', '169.254.169.254']],
        ['no address', []]
    ])('to a My Domain whose name leads to %s', async (_what, addresses) => {
        const asked: string[] = [];
        const client = new OrgClient(tenant(), {
            lookup: async (host) => {
                asked.push(host);
                return addresses;
            }
        });
        expect(await client.verify()).toMatchObject({ ok: false, code: 'PRIVATE_ADDRESS' });
        expect(asked).toEqual(['acme.my.salesforce.com']);
    });

    test('to a My Domain whose name is not known any more', async () => {
        const client = new OrgClient(tenant(), {
            lookup: async () => {
                throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
            }
        });
        expect(await client.verify()).toMatchObject({ ok: false, code: 'ORG_NOT_REACHED' });
    });
});

test('the loopback address of a local org is not looked up', async () => {
    const scripted = await scriptedOrg((request, response) => token(request, response));
    const client = scripted.client({
        lookup: async () => {
            throw new Error('nothing to look up');
        }
    });
    expect(await client.verify()).toMatchObject({ ok: true });
    await scripted.close();
});
