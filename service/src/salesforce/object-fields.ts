// What the org lets the service read: SELECT lists are built from describe, so that a field without permission is left
// out with a warning instead of failing the whole query. Describes are kept until a query shows that they are out of date.
import { MissingAccessError, codeOf } from './errors.ts';
import type { OrgClient } from './connect.ts';
import type { Notes } from '../usecases/ports/org.ts';

/** The fields one reader wants of one object. `optional` says what is lost without the field. */
export interface FieldWish {
    object: string;
    required: readonly string[];
    optional?: Readonly<Record<string, string>>;
}

export interface ReadableFields {
    object: string;
    fields: string[];
    has(field: string): boolean;
}

/** As describe says it, with the namespace. */
export interface DescribedField {
    name: string;
    type: string;
}

interface Describe {
    fields: DescribedField[];
}

export class ObjectFields {
    readonly #client: OrgClient;
    #described = new Map<string, Promise<DescribedField[] | null>>();

    constructor(client: OrgClient) {
        this.#client = client;
    }

    /** The readable ones of the fields wished for; null when the object itself cannot be read. */
    async readable(wish: FieldWish, note: Notes): Promise<ReadableFields | null> {
        const names = await this.namesOf(wish.object);
        if (!names) return null;
        const missing = wish.required.filter((field) => !names.has(field.toLowerCase()));
        if (missing.length > 0) {
            throw new MissingAccessError(
                'FIELD_REQUIRED',
                `The service cannot read ${wish.object}.${missing.join(', ')}, without which no run is possible.`,
                'Give the Run As user the permission set SpmCrmRead.'
            );
        }
        const fields = [...wish.required];
        for (const [field, loss] of Object.entries(wish.optional ?? {})) {
            if (names.has(field.toLowerCase())) fields.push(field);
            else note('FIELD_NOT_READABLE', `${wish.object}.${field} cannot be read: ${loss}.`);
        }
        return { object: wish.object, fields, has: (field) => fields.includes(field) };
    }

    /** Lower-case names of all readable fields, without namespace; null when the object cannot be read. */
    async namesOf(object: string): Promise<Set<string> | null> {
        const described = await this.describedOf(object);
        return (
            described && new Set(described.map(({ name }) => this.#client.names.strip(name).toLowerCase()))
        );
    }

    /** The first of these that cannot be read, the object itself or one of its fields, by name; '' when all can. */
    async unreadableOf(object: string, fields: readonly string[]): Promise<string> {
        const names = await this.namesOf(object);
        if (!names) return object;
        const missing = fields.find((field) => !names.has(field.toLowerCase()));
        return missing === undefined ? '' : `${object}.${missing}`;
    }

    /** All readable fields; null when the object cannot be read. */
    describedOf(object: string): Promise<DescribedField[] | null> {
        let described = this.#described.get(object);
        if (!described) {
            described = this.#describe(object);
            this.#described.set(object, described);
            described.catch(() => this.#described.delete(object));
        }
        return described;
    }

    forget(): void {
        this.#described.clear();
    }

    async #describe(object: string): Promise<DescribedField[] | null> {
        const { names } = this.#client;
        try {
            const path = `/sobjects/${names.q(object)}/describe`;
            const described = await this.#client.request<Describe>('GET', path);
            return described.fields.map(({ name, type }) => ({ name, type }));
        } catch (error) {
            if (codeOf(error) === 'NOT_FOUND' || codeOf(error) === 'INVALID_TYPE') return null;
            throw error;
        }
    }
}
