// Who works at the demo firm: a wealth team of 50 and an asset-servicing sales force of 200, each with managers three
// levels deep, plus the director above both. Names are invented by combining two lists.
import { createRandom, mixSeed } from './random.ts';
import { demoId } from './ids.ts';

export type Division = 'Wealth' | 'Servicing';

export interface Person {
    id: string;
    firstName: string;
    lastName: string;
    username: string;
    title: string;
    division: Division | null;
    roleId: string;
    managerId: string | null;
    /** true when the person owns deals */
    sells: boolean;
}

export interface Role {
    id: string;
    name: string;
    developerName: string;
    parentRoleId: string | null;
}

export interface People {
    roles: Role[];
    persons: Person[];
}

const FIRST_NAMES =
    'Amara Anders Beatriz Callum Carmen Chiara Daniel Devon Elif Elena Emre Fatima Felix Freya Gareth Grace Hana Hugo Imogen Ines Isaac Jonas Julia Kemal Kira Lars Leila Liam Lina Lucas Maeve Marco Maya Milan Nadia Nils Noor Oscar Petra Priya Quentin Rafael Rosa Ruben Salma Samuel Selin Sofia Stefan Tara Theo Tomas Uma Valentin Vera Wanda Yara Yusuf Zoe Zoran'.split(
        ' '
    );
const LAST_NAMES =
    'Abbott Achterberg Aldana Bergstrom Birch Calloway Castellan Dahl Demir Drummond Eastgate Engel Farrow Feldman Fontaine Galloway Grieve Hartmann Hollis Ibarra Ingram Jansson Kaya Keating Kowal Lachance Larkin Lindqvist Marchetti Merrick Nakamura Norwood Okafor Orlov Pascoe Pellegrin Quill Ramires Renshaw Rossi Sandoval Sefton Sorensen Tanaka Thorne Ueda Vance Vandermeer Wainwright Weiss Wyndham Xavier Yardley Yilmaz Zamora Zeller Ashdown Brandt Coyle Devereux'.split(
        ' '
    );

/** Division, regional heads, team leads; sellers are shared out evenly over the leads until the head count is reached. */
const DIVISIONS: {
    division: Division;
    label: string;
    headCount: number;
    regions: string[];
    leadsPerRegion: number;
}[] = [
    {
        division: 'Wealth',
        label: 'Wealth Management',
        headCount: 50,
        regions: ['North', 'South', 'Private Office'],
        leadsPerRegion: 2
    },
    {
        division: 'Servicing',
        label: 'Asset Servicing',
        headCount: 200,
        regions: ['UK', 'Nordics', 'DACH', 'Benelux'],
        leadsPerRegion: 4
    }
];

export function createPeople(seed: number): People {
    const roles: Role[] = [];
    const persons: Person[] = [];
    const takenNames = new Set<string>();
    const random = createRandom(mixSeed(seed, 11));

    const addRole = (name: string, parentRoleId: string | null): string => {
        const id = demoId('00E', roles.length + 1);
        roles.push({ id, name, developerName: name.replace(/[^A-Za-z0-9]+/g, '_'), parentRoleId });
        return id;
    };
    const addPerson = (
        title: string,
        division: Division | null,
        roleId: string,
        managerId: string | null,
        sells: boolean
    ): string => {
        const id = demoId('005', persons.length + 101);
        const [firstName, lastName] = freeName(random, takenNames);
        const username = `${firstName}.${lastName}@plumbline.example`.toLowerCase();
        persons.push({ id, firstName, lastName, username, title, division, roleId, managerId, sells });
        return id;
    };

    const directorRole = addRole('Sales Director', null);
    const director = addPerson('Sales Director', null, directorRole, null, false);
    for (const { division, label, headCount, regions, leadsPerRegion } of DIVISIONS) {
        const before = persons.length;
        const headRole = addRole(`${label} Head`, directorRole);
        const head = addPerson(`Head of ${label}`, division, headRole, director, false);
        const teams: { roleId: string; leadId: string }[] = [];
        for (const region of regions) {
            const regionRole = addRole(`${label} ${region} Director`, headRole);
            const regional = addPerson(`${region} Director, ${label}`, division, regionRole, head, false);
            for (let team = 1; team <= leadsPerRegion; team++) {
                const leadRole = addRole(`${label} ${region} Team ${team} Lead`, regionRole);
                const leadId = addPerson(
                    `Team Lead, ${label} ${region}`,
                    division,
                    leadRole,
                    regional,
                    false
                );
                teams.push({ roleId: addRole(`${label} ${region} Team ${team}`, leadRole), leadId });
            }
        }
        for (let seller = 0; persons.length - before < headCount; seller++) {
            const team = teams[seller % teams.length]!;
            const title = division === 'Wealth' ? 'Wealth Adviser' : 'Asset Servicing Sales';
            addPerson(title, division, team.roleId, team.leadId, true);
        }
    }
    return { roles, persons };
}

function freeName(random: ReturnType<typeof createRandom>, taken: Set<string>): [string, string] {
    for (;;) {
        const firstName = random.pick(FIRST_NAMES);
        const lastName = random.pick(LAST_NAMES);
        const name = `${firstName} ${lastName}`;
        if (taken.has(name)) continue;
        taken.add(name);
        return [firstName, lastName];
    }
}
