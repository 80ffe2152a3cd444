// `sf plumbline doctor`: every precondition as a check of its own. Looks, changes nothing.
import { Flags } from '@salesforce/sf-plugins-core';
import { connectionOf, PlumblineCommand, targetOrg, wordsOf } from '../../command.ts';
import { carryOut, type CheckResult, type Outcome } from '../../doctor/check.ts';
import { ORG_CHECKS } from '../../doctor/checks/org.ts';
import { PACKAGE_CHECKS } from '../../doctor/checks/package.ts';
import { PEOPLE_CHECKS } from '../../doctor/checks/people.ts';
import { READING_CHECKS } from '../../doctor/checks/reading.ts';
import { CONNECTION_CHECKS, lookBothWays } from '../../doctor/checks/service.ts';
import { CHANGE_CHECKS } from '../../doctor/checks/changes.ts';
import { UPKEEP_CHECKS } from '../../doctor/checks/upkeep.ts';
import { examine } from '../../doctor/patient.ts';

const words = wordsOf('plumbline.doctor');
const MARKS: Record<Outcome, string> = { passed: 'ok', warning: 'look', failed: 'FAIL', unknown: '?' };

export interface DoctorResult {
    checks: CheckResult[];
    counts: Record<Outcome, number>;
}

export default class Doctor extends PlumblineCommand<DoctorResult> {
    static override readonly summary = words.getMessage('summary');
    static override readonly description = words.getMessage('description');
    static override readonly examples = words.getMessages('examples');
    static override readonly flags = {
        'target-org': targetOrg,
        'service-url': Flags.string({ summary: words.getMessage('flags.service-url.summary') })
    };

    override async run(): Promise<DoctorResult> {
        const { flags } = await this.parse(Doctor);
        const connection = connectionOf(flags['target-org']);
        this.spinner.start(words.getMessage('step.look'));
        const patient = await examine(connection, flags['service-url']);
        const checks: CheckResult[] = [];
        for (const check of [
            ...ORG_CHECKS,
            ...PACKAGE_CHECKS,
            ...PEOPLE_CHECKS,
            ...READING_CHECKS,
            ...CONNECTION_CHECKS
        ]) {
            this.spinner.status = check.name;
            checks.push(await carryOut(check, patient));
        }
        this.spinner.status = 'both directions';
        checks.push(...(await lookBothWays(patient)));
        for (const check of [...UPKEEP_CHECKS, ...CHANGE_CHECKS]) checks.push(await carryOut(check, patient));
        this.spinner.stop();
        return this.#told(checks);
    }

    #told(checks: CheckResult[]): DoctorResult {
        const counts: Record<Outcome, number> = { passed: 0, warning: 0, failed: 0, unknown: 0 };
        for (const { name, about, outcome, found, next } of checks) {
            counts[outcome]++;
            this.log(`${MARKS[outcome].padEnd(5)}${name}: ${outcome === 'passed' ? found : about}`);
            if (outcome === 'passed') continue;
            this.log(`       ${found}`);
            if (next) this.log(`       -> ${next}`);
        }
        const { passed, warning, failed, unknown } = counts;
        this.log(words.getMessage('total', [passed, warning, failed, unknown]));
        if (failed > 0) process.exitCode = 1;
        else this.logSuccess(words.getMessage('well'));
        return { checks, counts };
    }
}
