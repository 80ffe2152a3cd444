import { describe, expect, test } from '@jest/globals';
import { myDomainProblem, staysOn } from '../../src/salesforce/my-domain.ts';

const never = { allowLoopback: false };
const local = { allowLoopback: true };

describe('a client secret may be sent to', () => {
    test.each([
        'https://acme.my.salesforce.com',
        'https://acme--uat.sandbox.my.salesforce.com',
        'https://acme-dev-ed.develop.my.salesforce.com',
        'https://a1.scratch.my.salesforce.com'
    ])('%s', (myDomain) => {
        expect(myDomainProblem(myDomain, never)).toBeNull();
    });
});

describe('a client secret is not sent to', () => {
    test.each([
        ['plain http', 'http://acme.my.salesforce.com'],
        ['a look-alike ending', 'https://acme.my.salesforce.com.evil.example'],
        ['a look-alike name', 'https://acme.my.salesf0rce.com'],
        ['a name that merely ends so', 'https://acmemy.salesforce.com'],
        ['a host that hides the domain in its path', 'https://evil.example/acme.my.salesforce.com'],
        ['a user name in front', 'https://acme.my.salesforce.com@evil.example'],
        ['any user name', 'https://user:pass@acme.my.salesforce.com'],
        ['a port', 'https://acme.my.salesforce.com:443'],
        ['another port', 'https://acme.my.salesforce.com:8443'],
        ['an IP address', 'https://192.0.2.7'],
        ['an IPv6 address', 'https://[::1]'],
        ['a path', 'https://acme.my.salesforce.com/services'],
        ['a trailing slash', 'https://acme.my.salesforce.com/'],
        ['a query', 'https://acme.my.salesforce.com?x=1'],
        ['the general login host', 'https://login.salesforce.com'],
        ['a bare my.salesforce.com', 'https://my.salesforce.com'],
        ['a deeper name', 'https://evil.acme.my.salesforce.com'],
        ['capital letters', 'https://ACME.my.salesforce.com'],
        ['a letter that only looks Latin', 'https://аcme.my.salesforce.com'],
        ['a line break', 'https://acme.my.salesforce.com\n'],
        ['a name that starts with a hyphen', 'https://-acme.my.salesforce.com'],
        ['nothing', '']
    ])('%s', (_what, myDomain) => {
        expect(myDomainProblem(myDomain, local)).toMatch(/must be exactly/);
    });

    test('the loopback address, unless it is allowed', () => {
        expect(myDomainProblem('http://127.0.0.1:8800', never)).toMatch(/PLUMBLINE_ALLOW_LOOPBACK/);
        expect(myDomainProblem('http://127.0.0.1:8800', local)).toBeNull();
    });

    test.each([
        'http://localhost:8800',
        'http://127.0.0.1',
        'http://127.0.0.2:1',
        'http://127.0.0.1:0',
        'http://127.0.0.1:99999'
    ])('%s, although loopback is allowed', (myDomain) => {
        expect(myDomainProblem(myDomain, local)).not.toBeNull();
    });
});

describe('a request stays on the org', () => {
    const home = 'https://acme.my.salesforce.com';
    test.each([
        [`${home}/services/data/v65.0/limits`, true],
        [`${home}:443/x`, true],
        ['https://acme.my.salesforce.com.evil.example/x', false],
        ['https://user@acme.my.salesforce.com/x', false],
        ['http://acme.my.salesforce.com/x', false],
        ['/services/data', false]
    ])('%s: %s', (url, stays) => {
        expect(staysOn(home, url)).toBe(stays);
    });
});
