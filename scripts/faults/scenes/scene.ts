// What a scene is: a list of steps on one org; a step changes the org and asks for a run.
import type { ConnectedOrg } from '../../../service/test/support/local-org.ts';

export interface Step {
    name: string;
    /** What people did before the run. */
    prepare(crm: ConnectedOrg): void;
    /** As `POST /v1/runs` takes it. */
    work: { kind: string } & Record<string, string>;
    /** About so many calls to the org the run makes: a fault strikes within them. */
    calls: number;
    /** Whose rows the run writes, for faults that strike one object. */
    object: string;
}

export interface Scene {
    name: string;
    steps: Step[];
    /** The files of pay are asked for all the time, and held against those of an undisturbed org. */
    writesPay?: boolean;
}
