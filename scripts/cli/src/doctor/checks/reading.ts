// Checks of what the service reads of the CRM: objects and fields with the rights of the integration user, and whether the org keeps
// the records that deal health is told from.
import type { Connection } from '@salesforce/core';
import type { FieldWish } from '../../../../../service/src/salesforce/object-fields.ts';
import { PIPELINE_OBJECTS } from '../../../../../service/src/salesforce/pipeline-objects.ts';
import * as quarters from '../../../../../service/src/salesforce/quarter-objects.ts';
import { quoted } from '../../../../../service/src/salesforce/query.ts';
import {
    countOf,
    failed,
    passed,
    unknown,
    warning,
    type Check,
    type Finding,
    type Patient,
    type Robot
} from '../check.ts';

const ASSIGN =
    'Assign SpmCrmRead to the integration user: sf plumbline install --integration-user <user name>.';
/** Rights on these are those on their parents. */
const OF_THEIR_PARENT: Record<string, string> = {
    OpportunityHistory: 'Opportunity',
    OpportunityContactRole: 'Opportunity'
};
/** Rights on these are a permission of the user (ActivitiesAccess). */
const ACTIVITIES = ['Task', 'Event'];

function wishes(): Required<FieldWish>[] {
    const merged = new Map<string, Required<FieldWish>>();
    const { OPPORTUNITY, HISTORY, TASK, EVENT, CONTACT_ROLE } = quarters;
    for (const wish of [...PIPELINE_OBJECTS, OPPORTUNITY, HISTORY, TASK, EVENT, CONTACT_ROLE]) {
        const { object, required, optional = {} } = wish;
        const before = merged.get(object);
        merged.set(object, {
            object,
            required: [...new Set([...(before?.required ?? []), ...required])],
            optional: { ...optional, ...before?.optional }
        });
    }
    return [...merged.values()];
}

const fieldChecks: Check[] = wishes().map((wish) => ({
    name: `reads-${wish.object}`,
    about: `The integration user reads ${wish.object} and the fields that figures are made from.`,
    look: (patient) => lookAtFields(patient, wish)
}));

async function lookAtFields({ connection, robots }: Patient, wish: Required<FieldWish>): Promise<Finding> {
    const [robot] = robots;
    if (!robot)
        return unknown(
            'There is no integration user yet.',
            'Run sf plumbline install --integration-user <user name>.'
        );
    if (!(await readsObject(connection, robot, wish.object)))
        return failed(`${robot.username} cannot read all of ${wish.object}.`, ASSIGN);
    const readable = await readableFields(connection, robot, wish.object);
    const required = wish.required.filter((field) => !readable.has(field));
    if (required.length > 0)
        return failed(`Cannot read ${required.join(', ')}, without which there is no run.`, ASSIGN);
    const optional = Object.entries(wish.optional).filter(([field]) => !readable.has(field));
    return optional.length > 0
        ? warning(optional.map(([field, loss]) => `Without ${field}: ${loss}.`).join(' '), ASSIGN)
        : passed('All of them.');
}

async function readsObject(connection: Connection, robot: Robot, object: string): Promise<boolean> {
    if (ACTIVITIES.includes(object)) {
        return has(connection, robot, 'PermissionsActivitiesAccess');
    }
    const parent = OF_THEIR_PARENT[object] ?? object;
    const granted = await countOf(
        connection,
        `SELECT Id FROM ObjectPermissions WHERE ParentId IN (${idsOf(robot)})
         AND SobjectType = ${quoted(parent)} AND PermissionsRead = true AND PermissionsViewAllRecords = true`
    );
    return granted > 0 || has(connection, robot, 'PermissionsViewAllData');
}

async function has(connection: Connection, robot: Robot, permission: string): Promise<boolean> {
    const soql = `SELECT Id FROM PermissionSet WHERE ${permission} = true AND Id IN (${idsOf(robot)})`;
    return (await countOf(connection, soql)) > 0;
}

/** Fields the org has and that either need no grant or are granted. */
async function readableFields(connection: Connection, robot: Robot, object: string): Promise<Set<string>> {
    const { fields } = await connection.describe(object);
    const { records } = await connection.query<{ Field: string }>(
        `SELECT Field FROM FieldPermissions WHERE SobjectType = ${quoted(object)} AND PermissionsRead = true
         AND ParentId IN (${idsOf(robot)})`
    );
    const granted = new Set(records.map(({ Field }) => Field.slice(Field.indexOf('.') + 1)));
    return new Set(
        fields
            .filter(({ name, permissionable }) => !permissionable || granted.has(name))
            .map(({ name }) => name)
    );
}

const idsOf = ({ setIds }: Robot): string => setIds.map(quoted).join(', ');

const history: Check = {
    name: 'history',
    about: 'The org keeps how deals moved: moves of stage, amount and close date are told from it.',
    async look({ connection }) {
        const deals = await countOf(connection, 'SELECT Id FROM Opportunity LIMIT 1');
        if (deals === 0) return passed('There are no deals yet.');
        const moves = await countOf(connection, 'SELECT Id FROM OpportunityHistory LIMIT 1');
        if (moves === 0)
            return warning(
                'There are deals and no history of them, as after a data load.',
                'Nothing to do: it fills as deals move. Until then moves and times in stage are not known.'
            );
        const { sobjects } = await connection.describeGlobal();
        return sobjects.some(({ name }) => name === 'OpportunityFieldHistory')
            ? passed('Moves of stage, amount and close date, and of the fields you track.')
            : passed('Moves of stage, amount and close date. No other fields are tracked, none need to be.');
    }
};

const activities: Check = {
    name: 'activities',
    about: 'Calls, mails and meetings are records of the org: silence on a deal is told from them.',
    async look({ connection }) {
        const open = await countOf(connection, 'SELECT Id FROM Opportunity WHERE IsClosed = false LIMIT 200');
        if (open === 0) return passed('There are no open deals yet.');
        const touched = await countOf(
            connection,
            `SELECT Id FROM Opportunity WHERE IsClosed = false AND LastActivityDate = LAST_N_DAYS:90 LIMIT 200`
        );
        return touched * 5 < open
            ? warning(
                  `Of ${open === 200 ? 'the first 200' : open} open deals ${touched} had an activity in 90 days.`,
                  'If mails and meetings are captured by Einstein Activity Capture, they are no records: switch on "Sync Email as Salesforce Activity". Until then no deal is called silent.'
              )
            : passed(`Of ${open === 200 ? 'the first 200' : open} open deals ${touched} had one in 90 days.`);
    }
};

const contactRoles: Check = {
    name: 'contact-roles',
    about: 'Deals name the people at the client: whether only one is known is told from it.',
    async look({ connection }) {
        const open = await countOf(connection, 'SELECT Id FROM Opportunity WHERE IsClosed = false LIMIT 200');
        const named = await countOf(
            connection,
            'SELECT Id FROM Opportunity WHERE IsClosed = false AND Id IN (SELECT OpportunityId FROM OpportunityContactRole) LIMIT 200'
        );
        return open > 0 && named * 5 < open
            ? warning(
                  `Of ${open === 200 ? 'the first 200' : open} open deals ${named} have a contact role.`,
                  'Nothing must be done: rules about contacts stay silent until one deal in five has one.'
              )
            : passed(open === 0 ? 'There are no open deals yet.' : `${named} of ${open} open deals do.`);
    }
};

export const READING_CHECKS: Check[] = [...fieldChecks, history, activities, contactRoles];
