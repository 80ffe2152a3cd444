// A run to its Run__c row: states, counts and codes, no CRM values.
import type { RunNote, RunRecord } from '../usecases/ports/runs.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { RowFields } from './write-rows.ts';

const NOTES_CHARACTERS = 32_768;

export function runRow(run: RunRecord): RowFields {
    return {
        ExternalKey__c: run.runKey,
        Kind__c: run.kind,
        Status__c: run.status,
        Stage__c: run.stage,
        ProgressPercent__c: run.progressPercent,
        TriggerKind__c: run.trigger,
        Scope__c: run.scope ?? 'Delta',
        RequestedBy__c: run.requestedBy,
        RequestedAt__c: run.requestedAt,
        StartedAt__c: run.startedAt,
        FinishedAt__c: run.finishedAt,
        DataAsOf__c: run.dataAsOf,
        ReadCount__c: run.counts.read,
        ComputedCount__c: run.counts.computed,
        WrittenCount__c: run.counts.written,
        SkippedCount__c: run.counts.skipped,
        FailedCount__c: run.counts.failed,
        ApiCallCount__c: run.counts.apiCalls,
        Warnings__c: notesText(run.warnings),
        Errors__c: notesText(run.errors),
        EngineVersion__c: ENGINE_VERSION,
        RulesHash__c: run.rulesHash ?? null
    };
}

function notesText(notes: readonly RunNote[]): string | null {
    if (notes.length === 0) return null;
    const kept = notes.map(({ code, message, count }) => ({ code, message, count }));
    while (JSON.stringify(kept).length > NOTES_CHARACTERS) kept.pop();
    return JSON.stringify(kept);
}
