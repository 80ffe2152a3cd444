// How the Pub/Sub API refuses: a gRPC status, and in the trailer `error-code` the code of Salesforce that clients go by.
import type { Metadata, ServiceError } from '@grpc/grpc-js';
import type { Protocol } from './protocol.ts';

const CODES = {
    'service.auth.error': ['UNAUTHENTICATED', 'An authentication exception occurred.'],
    'service.auth.headers.invalid': [
        'UNAUTHENTICATED',
        'The headers accesstoken, instanceurl and tenantid are needed, with the values of this org.'
    ],
    'topic.not.found': ['NOT_FOUND', 'The topic does not exist.'],
    'topic.validation.empty': ['INVALID_ARGUMENT', 'The topic name is blank.'],
    'subscription.topic.cannot.subscribe': ['PERMISSION_DENIED', 'The user may not subscribe to the topic.'],
    'schema.validation.failed': ['INVALID_ARGUMENT', 'The schema ID is blank or there is no such schema.'],
    'subscription.fetch.topic.mismatch': ['INVALID_ARGUMENT', 'The topic of a subscription cannot change.'],
    'subscription.fetch.requested.events.invalid': [
        'INVALID_ARGUMENT',
        'The number of requested events must be 1 or more.'
    ],
    'subscription.fetch.replayid.validation.failed': [
        'INVALID_ARGUMENT',
        'The replay preset CUSTOM needs a replay ID.'
    ],
    'subscription.fetch.replayid.corrupted': [
        'INVALID_ARGUMENT',
        'The Replay ID is invalid or older than the events that are kept.'
    ],
    'service.unavailable': ['UNAVAILABLE', 'The Pub/Sub API service is unavailable.']
} as const;

export type RefusalCode = keyof typeof CODES;

/** Thrown by whatever finds out that a call cannot be answered. */
export class Refusal extends Error {
    readonly code: RefusalCode;
    constructor(code: RefusalCode) {
        super(CODES[code][1]);
        this.code = code;
    }
}

export function asServiceError({ grpc }: Protocol, error: unknown, rpcId: string): ServiceError {
    const metadata = new grpc.Metadata();
    metadata.set('rpc-id', rpcId);
    if (!(error instanceof Refusal))
        return serviceError(grpc.status.INTERNAL, 'Internal error', metadata, rpcId);
    metadata.set('error-code', `sfdc.platform.eventbus.grpc.${error.code}`);
    return serviceError(grpc.status[CODES[error.code][0]], error.message, metadata, rpcId);
}

export function notImplemented({ grpc }: Protocol, method: string, rpcId: string): ServiceError {
    const message = `The local org does not support ${method} of the Pub/Sub API.`;
    return serviceError(grpc.status.UNIMPLEMENTED, message, new grpc.Metadata(), rpcId);
}

function serviceError(code: number, message: string, metadata: Metadata, rpcId: string): ServiceError {
    const details = `${message} rpcId: ${rpcId}`;
    return Object.assign(new Error(details), { code, details, metadata });
}
