import { describe, expect, test } from '@jest/globals';
import { parseCases } from '../../../src/domain/incentives/parse-cases.ts';
import { runScorecardCase } from '../../../src/domain/scorecards/cases/run-case.ts';
import { ROLE_KEYS } from '../../../src/domain/scorecards/types.ts';
import { firm, textOf } from './firm.ts';

describe.each(ROLE_KEYS)('cases of %s', (role) => {
    const { cases, problems } = parseCases(textOf(`${role}/cases.yaml`));

    test('the file can be read and has cases', () => {
        expect(problems).toEqual([]);
        expect(cases!.length).toBeGreaterThan(1);
    });

    test.each(cases ?? [])('$name', (one) => {
        const { compared, differences } = runScorecardCase(one, firm());
        expect(differences).toEqual([]);
        expect(compared.length).toBeGreaterThan(0);
    });
});
