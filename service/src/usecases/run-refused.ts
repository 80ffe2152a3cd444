// A run that must not be carried out, and why: said in the run's errors, for the people who asked for it.
export class RunRefused extends Error {
    readonly code: string;
    readonly fix: string;

    constructor(code: string, message: string, fix: string) {
        super(message);
        this.name = 'RunRefused';
        this.code = code;
        this.fix = fix;
    }
}

export function noSuchPeriod(key: string | null): RunRefused {
    return new RunRefused(
        'PERIOD_NOT_FOUND',
        `The org has no period ${key}.`,
        'Create the period with this key (ExternalKey__c), or ask for another.'
    );
}
