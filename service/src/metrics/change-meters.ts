// What the service counts about changes it hears of as they happen: events, subscriptions, and the runs they brought forward.
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

const LAG_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

export interface ChangeMeters {
    /** `lagMs`: from the commit to hearing of it, where the event tells. */
    eventHeard(orgId: string, topic: string, fate: string, lagMs: number | null): void;
    streamOpened(orgId: string, topic: string): void;
    streamEnded(orgId: string, topic: string, code: string): void;
    /** The org is followed elsewhere, or not at all. */
    orgLeft(orgId: string): void;
    runHurried(orgId: string, outcome: string): void;
}

export function changeMeters(registers: Registry[]): ChangeMeters {
    const events = new Counter({
        name: 'plumbline_change_events_total',
        help: 'Change events of orgs, by what became of them',
        labelNames: ['org', 'topic', 'fate'],
        registers
    });
    const lag = new Histogram({
        name: 'plumbline_change_event_lag_seconds',
        help: 'Time from a change in an org to hearing of it',
        buckets: LAG_SECONDS,
        registers
    });
    const open = new Gauge({
        name: 'plumbline_change_streams_open',
        help: '1 where the changes of an org are heard now',
        labelNames: ['org', 'topic'],
        registers
    });
    const ended = new Counter({
        name: 'plumbline_change_streams_ended_total',
        help: 'Subscriptions that ended and are opened again, by reason',
        labelNames: ['org', 'topic', 'code'],
        registers
    });
    const hurried = new Counter({
        name: 'plumbline_hurried_runs_total',
        help: 'Runs brought forward by a change, or left to the clock for want of API calls',
        labelNames: ['org', 'outcome'],
        registers
    });
    const topicsOf = new Map<string, Set<string>>();
    return {
        eventHeard: (org, topic, fate, lagMs) => {
            events.inc({ org, topic, fate });
            if (lagMs !== null) lag.observe(Math.max(0, lagMs / 1000));
        },
        streamOpened: (org, topic) => {
            topicsOf.set(org, (topicsOf.get(org) ?? new Set()).add(topic));
            open.set({ org, topic }, 1);
        },
        streamEnded: (org, topic, code) => {
            open.set({ org, topic }, 0);
            ended.inc({ org, topic, code });
        },
        orgLeft: (org) => {
            for (const topic of topicsOf.get(org) ?? []) open.remove({ org, topic });
            topicsOf.delete(org);
        },
        runHurried: (org, outcome) => hurried.inc({ org, outcome })
    };
}
