// Checks of the org itself: versions, edition, address, calendar, currencies.
import { myDomainProblem } from '../../../../../service/src/salesforce/my-domain.ts';
import { API_VERSION } from '../../org/api-version.ts';
import { countOf, failed, listed, passed, warning, type Check } from '../check.ts';

const WITHOUT_API = ['Group Edition', 'Contact Manager Edition', 'Personal Edition'];
const API_FOR_MONEY = ['Professional Edition'];
const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

const apiVersion: Check = {
    name: 'api-version',
    about: `The org speaks API version ${API_VERSION}.`,
    async look({ connection }) {
        const versions = await connection.request<{ version: string }[]>('/services/data');
        const newest = versions.at(-1)?.version ?? '?';
        return versions.some(({ version }) => version === API_VERSION)
            ? passed(`The newest is ${newest}.`)
            : failed(
                  `The newest is ${newest}.`,
                  'Wait for the release of Salesforce that brings it, or ask support for an older package.'
              );
    }
};

interface Organization {
    OrganizationType: string;
    IsSandbox: boolean;
    TrialExpirationDate: string | null;
}

const edition: Check = {
    name: 'edition',
    about: 'The edition has the API, custom objects and permission sets, and does not end soon.',
    async look({ connection }) {
        const [org] = (
            await connection.query<Organization>(
                'SELECT OrganizationType, IsSandbox, TrialExpirationDate FROM Organization'
            )
        ).records;
        const { OrganizationType: type, IsSandbox, TrialExpirationDate: ends } = org!;
        const found = `${type}${IsSandbox ? ' (sandbox)' : ''}.`;
        if (WITHOUT_API.includes(type))
            return failed(found, 'Plumbline needs Enterprise, Unlimited, Performance or Developer Edition.');
        if (API_FOR_MONEY.includes(type))
            return warning(found, 'Ask Salesforce whether API access is part of your contract.');
        const days = ends ? Math.floor((Date.parse(ends) - Date.now()) / DAY_MS) : Infinity;
        return days < SOON_DAYS
            ? warning(`${found} The trial ends in ${days} days.`, 'Export what you want to keep, or buy it.')
            : passed(found);
    }
};

const myDomain: Check = {
    name: 'my-domain',
    about: 'The org has a My Domain that the service may send its secret to.',
    async look({ myDomain: address }) {
        const problem = myDomainProblem(address, { allowLoopback: true });
        return problem
            ? failed(
                  `${address} ${problem}.`,
                  'Setup > My Domain: deploy one, sign in again by it (sf org login web --instance-url <it>), and connect.'
              )
            : passed(`${address}.`);
    }
};

const fiscalYear: Check = {
    name: 'fiscal-year',
    about: 'The fiscal calendar holds today and the year to come.',
    async look({ connection }) {
        const quarters = (where: string): Promise<number> =>
            countOf(connection, `SELECT Id FROM Period WHERE Type = 'Quarter' AND ${where}`);
        const next = 'Setup > Fiscal Year: define the fiscal years that are missing.';
        if ((await quarters('StartDate <= TODAY AND EndDate >= TODAY')) === 0)
            return failed('No fiscal quarter holds today: nothing can be told by quarter.', next);
        const ahead = await quarters('StartDate > TODAY');
        return ahead < 2
            ? warning(`Only ${ahead} fiscal quarters lie ahead.`, next)
            : passed(`${ahead} quarters lie ahead.`);
    }
};

const currencies: Check = {
    name: 'currencies',
    about: 'Amounts are comparable.',
    async look({ connection }) {
        const { sobjects } = await connection.describeGlobal();
        const has = (object: string): boolean => sobjects.some(({ name }) => name === object);
        if (!has('CurrencyType')) return passed('One currency.');
        const { records } = await connection.query<{ IsoCode: string }>(
            'SELECT IsoCode FROM CurrencyType WHERE IsActive = true'
        );
        if (records.length < 2) return passed('One currency.');
        const codes = listed(records.map(({ IsoCode }) => IsoCode));
        return warning(
            `${codes}: rules that judge amounts are silent, because deals are not converted yet.`,
            has('DatedConversionRate')
                ? 'Nothing to do; plans of pay convert by the dated rates of the org.'
                : 'Setup > Company Information: switch on Advanced Currency Management, so that pay has dated rates.'
        );
    }
};

export const ORG_CHECKS: Check[] = [apiVersion, edition, myDomain, fiscalYear, currencies];
