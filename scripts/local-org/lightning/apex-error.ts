// A failed Apex call as Lightning hands it to a component: HTTP status and body. Refusals of the local org keep their
// code, so that nobody takes them for the product's own error.
import { AuraError, type AuraErrorBody } from '../apex/aura.ts';
import { OrgError } from '../org.ts';

export interface ApexFailure {
    status: number;
    body: AuraErrorBody;
}

/** Anything that is neither Apex nor a refusal is a fault of the local org and is thrown on. */
export function apexFailure(error: unknown): ApexFailure {
    if (error instanceof AuraError) return { status: 500, body: error.body };
    if (!(error instanceof OrgError)) throw error;
    const { message, errorCode: exceptionType, status } = error;
    return { status, body: { message, exceptionType, isUserDefinedException: false, stackTrace: '' } };
}
