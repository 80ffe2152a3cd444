// What can go wrong between the service and an org, one class per situation an admin acts on differently.
// Messages name the step, never a secret or a record value.

export class OrgProblem extends Error {
    readonly code: string;
    /** What the admin of the org should do. */
    readonly fix: string;
    constructor(code: string, message: string, fix: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'OrgProblem';
        this.code = code;
        this.fix = fix;
    }
}

/** The token call failed, or too many were needed: the org is disconnected until someone acts. */
export class DisconnectedError extends OrgProblem {}

/** The token belongs to another org than the tenant. */
export class WrongOrgError extends OrgProblem {}

/** A request or redirect would have left the org's My Domain. */
export class ForeignHostError extends OrgProblem {}

/** The org's daily API allowance is used up or nearly so. */
export class ApiBudgetError extends OrgProblem {}

/** Something the run cannot do without is not there: an object, a field, a permission. */
export class MissingAccessError extends OrgProblem {}

/** Salesforce answered less, or otherwise, than it announced. */
export class IncompleteReadError extends OrgProblem {}

/** A bulk job failed or did not end. */
export class BulkJobError extends OrgProblem {}

export function codeOf(error: unknown): string {
    if (error instanceof OrgProblem) return error.code;
    const coded = error as { errorCode?: unknown; code?: unknown };
    if (typeof coded?.errorCode === 'string') return coded.errorCode;
    if (typeof coded?.code === 'string') return coded.code;
    return 'UNEXPECTED';
}

const TOKEN_PROBLEMS: Record<string, [string, string]> = {
    invalid_client_id: [
        'APP_NOT_FOUND',
        'Check that the Plumbline external client app is installed in the org.'
    ],
    invalid_client: ['APP_REFUSED', 'Check the client id and secret of the external client app.'],
    invalid_grant: [
        'FLOW_NOT_ENABLED',
        'Enable the client credentials flow of the app and choose its Run As user.'
    ],
    inactive_user: ['RUN_AS_INACTIVE', 'Activate or replace the Run As user of the external client app.'],
    inactive_org: ['ORG_INACTIVE', 'The org is locked or closed; ask Salesforce.']
};

/** What a failed token call means, in one sentence for Setup. */
export function tokenProblem(error: unknown): DisconnectedError {
    const name = (error as Error)?.name ?? '';
    const known = TOKEN_PROBLEMS[name];
    if (known)
        return new DisconnectedError(known[0], `The org refused to sign the service in (${name}).`, known[1]);
    if (error instanceof OrgProblem) return error;
    return new DisconnectedError(
        'ORG_NOT_REACHED',
        'The org could not be reached to sign in.',
        'Check the My Domain of the org; after a rename, register the new one.',
        { cause: error }
    );
}
