// The definitions of scorecards that come with the product: config/scorecards. The org's own versions, standards and steps are
// added by read-definitions.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Definitions } from '../domain/scorecards/checks/check-definitions.ts';
import { readDefinitions } from '../domain/scorecards/read-definitions.ts';
import { readPlaybook } from '../domain/scorecards/week/read-playbook.ts';
import type { Playbook } from '../domain/scorecards/week/types.ts';
import { readRoles, type RoleRule } from '../domain/people-review/role-rules.ts';

const FOLDER = fileURLToPath(new URL('../../../config/scorecards', import.meta.url));
const TEMPLATE = 'scorecard.yaml';

export interface ShippedDefinitions {
    definitions: Definitions;
    playbook: Playbook;
    roles: readonly RoleRule[];
}

let kept: ShippedDefinitions | undefined;

/** Files that are wrong stop whoever reads them: they ship with the product, and its tests read them. */
export function shippedDefinitions(): ShippedDefinitions {
    kept ??= readFiles();
    return kept;
}

function readFiles(): ShippedDefinitions {
    const text = (...path: string[]): string => readFileSync(join(FOLDER, ...path), 'utf8');
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const found = readDefinitions({
        signals: text('signals.yaml'),
        metrics: text('metrics.yaml'),
        standards: text('standards.yaml'),
        templates: Object.fromEntries(
            folders.map(({ name }) => [`${name}/${TEMPLATE}`, text(name, TEMPLATE)])
        )
    });
    const week = readPlaybook(text('playbook.yaml'));
    const roles = readRoles(text('roles.yaml'));
    const [problem] = [...found.problems, ...week.problems, ...roles.problems];
    if (!found.definitions || !week.playbook || !roles.rules)
        throw new Error(`config/scorecards: ${problem?.code} at ${problem?.where}`);
    return { definitions: found.definitions, playbook: week.playbook, roles: roles.rules };
}
