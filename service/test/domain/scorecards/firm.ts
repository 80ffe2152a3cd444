// Definitions of the firm as they are in config/scorecards, for tests.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Definitions } from '../../../src/domain/scorecards/checks/check-definitions.ts';
import { readDefinitions, type DefinitionTexts } from '../../../src/domain/scorecards/read-definitions.ts';
import { ROLE_KEYS, type RoleKey } from '../../../src/domain/scorecards/types.ts';

const FOLDER = fileURLToPath(new URL('../../../../config/scorecards/', import.meta.url));

export function textOf(file: string): string {
    return readFileSync(`${FOLDER}${file}`, 'utf8');
}

export function templateFile(role: RoleKey): string {
    return `${role}/scorecard.yaml`;
}

export function firmTexts(): DefinitionTexts {
    return {
        signals: textOf('signals.yaml'),
        metrics: textOf('metrics.yaml'),
        standards: textOf('standards.yaml'),
        templates: Object.fromEntries(
            ROLE_KEYS.map((role) => [templateFile(role), textOf(templateFile(role))])
        )
    };
}

/** Fails with all problems when the files of the firm do not hold together. */
export function firm(): Definitions {
    const { definitions, problems } = readDefinitions(firmTexts());
    if (definitions === null)
        throw new Error(problems.map(({ code, where }) => `${code} ${where}`).join('\n'));
    return definitions;
}
