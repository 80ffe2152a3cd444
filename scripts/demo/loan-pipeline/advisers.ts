// The people of the loan pipeline: one user per number in the log, in desks of about ten under a lead, one manager above.
import { demoId } from '../firm/ids.ts';
import type { People, Person, Role } from '../firm/people.ts';

const DESK_SIZE = 10;
/** in the log: the bank's system */
const SYSTEM_USER = '112';

export interface Advisers {
    people: People;
    manager: Person;
    /** the user with that number; the manager for blank and for the system */
    ownerId(userNumber: string): string;
    /** the person of these numbers who is named most often */
    busiest(userNumbers: string[]): Person;
    leadOf(person: Person): Person;
}

export function createAdvisers(userNumbers: string[]): Advisers {
    const numbers = [...new Set(userNumbers)]
        .filter((number) => number !== '' && number !== SYSTEM_USER)
        .sort();
    const roles: Role[] = [];
    const persons: Person[] = [];
    const addRole = (name: string, parentRoleId: string | null): string => {
        const id = demoId('00E', roles.length + 1);
        roles.push({ id, name, developerName: name.replace(/\W+/g, '_'), parentRoleId });
        return id;
    };
    const addPerson = (
        firstName: string,
        lastName: string,
        title: string,
        roleId: string,
        managerId: string | null,
        sells: boolean
    ): Person => {
        const username = `${firstName}.${lastName}@loans.example`.toLowerCase();
        const person: Person = {
            id: demoId('005', persons.length + 101),
            firstName,
            lastName,
            username,
            title,
            division: null,
            roleId,
            managerId,
            sells
        };
        persons.push(person);
        return person;
    };
    const managerRole = addRole('Loan Desk Manager', null);
    const manager = addPerson('Manager', 'Loans', 'Manager of all loan desks', managerRole, null, true);
    const byNumber = new Map<string, Person>();
    for (let desk = 0; desk * DESK_SIZE < numbers.length; desk++) {
        const leadRole = addRole(`Loan Desk ${desk + 1} Lead`, managerRole);
        const lead = addPerson(
            'Lead',
            `Desk${desk + 1}`,
            `Lead of loan desk ${desk + 1}`,
            leadRole,
            manager.id,
            false
        );
        const role = addRole(`Loan Desk ${desk + 1}`, leadRole);
        for (const number of numbers.slice(desk * DESK_SIZE, (desk + 1) * DESK_SIZE)) {
            byNumber.set(number, addPerson('Adviser', number, 'Loan Adviser', role, lead.id, true));
        }
    }
    return {
        people: { roles, persons },
        manager,
        ownerId: (number) => (byNumber.get(number) ?? manager).id,
        busiest: (asked) => {
            const counts = new Map<string, number>();
            for (const number of asked)
                if (byNumber.has(number)) counts.set(number, (counts.get(number) ?? 0) + 1);
            const first = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0];
            return (first && byNumber.get(first[0])) ?? manager;
        },
        leadOf: (person) => persons.find((candidate) => candidate.id === person.managerId) ?? manager
    };
}
