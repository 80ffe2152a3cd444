// What a component sees of a failed Apex call: `body` of the error, as Lightning words it. AuraHandledException and the
// rest look alike; refusals of the local org keep their code so that nobody takes them for the product's own error.
import { OrgError } from '../org.ts';

export interface ApexErrorBody {
    message: string;
    exceptionType: string;
    isUserDefinedException: boolean;
    stackTrace: string;
}

/** The parts of a thrown Apex exception that the runtime hands over; see scripts/local-org/apex. */
interface ThrownApex {
    exception: { cls: { fullName: string }; error: { message: string | null; stackTrace?: string } | null };
}

export function apexErrorBody(error: unknown): ApexErrorBody {
    if (isThrownApex(error)) {
        const { cls, error: state } = error.exception;
        return {
            message: state?.message ?? 'Script-thrown exception',
            exceptionType: cls.fullName.includes('.') || !platformName(cls.fullName) ? cls.fullName : `System.${cls.fullName}`,
            isUserDefinedException: !platformName(cls.fullName),
            stackTrace: state?.stackTrace ?? ''
        };
    }
    if (error instanceof OrgError) {
        return { message: error.message, exceptionType: error.errorCode, isUserDefinedException: false, stackTrace: '' };
    }
    throw error;
}

function isThrownApex(error: unknown): error is ThrownApex {
    return error instanceof Error && 'exception' in error && typeof (error as ThrownApex).exception?.cls?.fullName === 'string';
}

function platformName(name: string): boolean {
    return /^(System\.)?\w*(AuraHandled|Callout|Dml|Query|NullPointer|NoAccess|Limit|List|Type|Security|Json|JSON)Exception$/.test(name);
}
