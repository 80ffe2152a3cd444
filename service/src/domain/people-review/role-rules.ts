// Who has which scorecard, by title: config/scorecards/roles.yaml. The first rule that fits counts; who fits none has none.
import { readDefinitionFile } from '../scorecards/definition-file/read-file.ts';
import type { Problem } from '../problem.ts';
import { ROLE_KEYS, type RoleKey } from '../scorecards/types.ts';

export interface RoleRule {
    /** words of which the title has one, lower case */
    words: readonly string[];
    role: RoleKey;
}

export function readRoles(yaml: string): { rules: RoleRule[] | null; problems: Problem[] } {
    const { value, problems } = readDefinitionFile(yaml, 'roles.yaml', (part) =>
        part.needParts('rules', '- { title: [adviser], role: adviser }', (rule) => ({
            words: rule.words('title').map((word) => word.toLowerCase()),
            role: rule.needChoice('role', ROLE_KEYS, 'adviser')
        }))
    );
    return { rules: value, problems };
}

/** `Team Lead, Wealth North` with a rule for `team lead` is what that rule says. Null: no rule fits. */
export function roleOf(title: string, rules: readonly RoleRule[]): RoleKey | null {
    const text = title.toLowerCase();
    return rules.find(({ words }) => words.some((word) => text.includes(word)))?.role ?? null;
}
