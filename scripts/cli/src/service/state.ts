// Whether the service at an address is up, ready, and which engine it runs. Needs no key.
import { SfError } from '@salesforce/core';
import { askService } from './http.ts';

export interface ServiceState {
    isReady: boolean;
    /** of the engine */
    version: string | null;
    /** '' when it is ready */
    problem: string;
}

export async function serviceState(url: string): Promise<ServiceState> {
    try {
        const ready = await askService<{ failing?: string[] } | null>(url, '/health/ready');
        const openApi = await askService<{ info?: { title?: string; version?: string } } | null>(
            url,
            '/openapi.json'
        );
        const isOurs = openApi.body?.info?.title?.startsWith('Plumbline') ?? false;
        const failing = ready.body?.failing?.join(', ');
        return {
            isReady: ready.status === 200 && isOurs,
            version: isOurs ? (openApi.body?.info?.version ?? null) : null,
            problem: !isOurs
                ? `${url} answers, and is not the Plumbline service.`
                : ready.status === 200
                  ? ''
                  : `The service is not ready: ${failing ?? `it answered ${ready.status}`}.`
        };
    } catch (error) {
        if (!(error instanceof SfError)) throw error;
        return { isReady: false, version: null, problem: error.message };
    }
}
