// Both directions between org and service, by one call: that it is answered proves the way in, what it answers tells the way out.
import { SfError } from '@salesforce/core';
import type { ServiceDoor } from './door.ts';

export interface Direction {
    isOpen: boolean;
    code: string | null;
    /** what happened, in a sentence; '' when all is well */
    found: string;
    fix: string | null;
}

/** One thing the service looked at with the eyes of the integration user. */
export interface ServiceCheck {
    name: string;
    outcome: 'ok' | 'warning' | 'failed';
    message: string;
    fix: string | null;
}

export interface Connectedness {
    /** the org calls the service */
    inbound: Direction;
    /** the service signs in to the org; null when it could not be asked */
    outbound: Direction | null;
    checks: ServiceCheck[];
}

interface VerifyAnswer {
    outbound: { ok: boolean; code: string | null; fix: string | null };
    checks?: ServiceCheck[];
}

/** @param myDomain what the org calls itself, so that the service notices a rename */
export async function verify(door: ServiceDoor, myDomain: string): Promise<Connectedness> {
    try {
        const { outbound, checks = [] } = await door.post<VerifyAnswer>('/v1/connection/verify', {
            myDomain
        });
        const failed = checks.find(({ outcome }) => outcome === 'failed');
        return {
            inbound: { isOpen: true, code: null, found: '', fix: null },
            outbound: {
                isOpen: outbound.ok,
                code: outbound.code,
                found: outbound.ok ? '' : (failed?.message ?? 'The service cannot sign in to the org.'),
                fix: outbound.fix
            },
            checks
        };
    } catch (error) {
        if (!(error instanceof SfError)) throw error;
        const { name, message, actions } = error;
        return {
            inbound: { isOpen: false, code: name, found: message, fix: actions?.[0] ?? null },
            outbound: null,
            checks: []
        };
    }
}

export const isConnected = ({ inbound, outbound }: Connectedness): boolean =>
    inbound.isOpen && outbound?.isOpen === true;
