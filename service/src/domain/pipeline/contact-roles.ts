// The people on a deal: which contacts have a role, and which of them decide.
import { NO_ROW, RowPool } from './row-pool.ts';

const CONTACT = 1;
const ROLE = 2;
const WIDTH = 3;

/** Standard values of OpportunityContactRole.Role that name someone who decides. */
const DECIDING_ROLES: ReadonlySet<string> = new Set([
    'Decision Maker',
    'Economic Decision Maker',
    'Economic Buyer',
    'Executive Sponsor'
]);

export interface ContactRole {
    /** row of the contact's id */
    contact: number;
    roleCode: number;
}

export function decides(role: string): boolean {
    return DECIDING_ROLES.has(role);
}

export class ContactRoles {
    #pool = new RowPool(WIDTH);

    /** Returns the new head of the deal's chain. */
    add(head: number, contact: number, roleCode: number): number {
        const row = this.#pool.add();
        const page = this.#pool.page(row);
        const at = this.#pool.at(row);
        page[at] = head;
        page[at + CONTACT] = contact;
        page[at + ROLE] = roleCode;
        return row;
    }

    of(head: number): ContactRole[] {
        const roles: ContactRole[] = [];
        for (let row = head; row !== NO_ROW;) {
            const page = this.#pool.page(row);
            const at = this.#pool.at(row);
            roles.push({ contact: page[at + CONTACT]!, roleCode: page[at + ROLE]! });
            row = page[at]!;
        }
        return roles;
    }
}
