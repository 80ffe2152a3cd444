// What was delivered from outside the CRM, newest first: what came, whether it agrees with the source's own books, and which facts
// were refused and why.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import title from '@salesforce/label/c.SpmConductImports';
import none from '@salesforce/label/c.SpmConductImportsNone';
import when from '@salesforce/label/c.SpmConductImportWhen';
import counts from '@salesforce/label/c.SpmConductImportCounts';
import reconciled from '@salesforce/label/c.SpmConductImportReconciled';
import differs from '@salesforce/label/c.SpmConductImportDiffers';
import refusedAll from '@salesforce/label/c.SpmConductImportRejected';
import refused from '@salesforce/label/c.SpmConductRefused';
import refusedRow from '@salesforce/label/c.SpmConductRefusedRow';

const STATUSES = {
    Reconciled: { text: reconciled, iconName: 'utility:success' },
    Differs: { text: differs, iconName: 'utility:warning' },
    Rejected: { text: refusedAll, iconName: 'utility:error' }
};

export default class FactImports extends LightningElement {
    @api imports = [];

    label = { title, none };

    get isEmpty() {
        return this.imports.length === 0;
    }

    get rows() {
        return this.imports.map((one) => {
            const rejects = rejectsIn(one.rejects);
            return {
                importId: one.importId,
                whenText: fillLabel(
                    when,
                    one.batchKey,
                    one.sourceName,
                    formatDaysIn(String(one.extractedAt ?? '').slice(0, 10))
                ),
                countsText: fillLabel(
                    counts,
                    formatNumber(one.acceptedCount ?? 0),
                    formatNumber(one.statedCount ?? 0),
                    formatNumber(one.duplicateCount ?? 0),
                    formatNumber(one.rejectedCount ?? 0)
                ),
                status: STATUSES[one.status] ?? STATUSES.Differs,
                hasRejects: rejects.length > 0,
                refusedText: fillLabel(refused, formatNumber(one.rejectedCount ?? rejects.length)),
                rejects
            };
        });
    }
}

/** Stored as JSON; what cannot be read shows as none, the count still tells. */
function rejectsIn(text) {
    try {
        return JSON.parse(text || '[]').map(({ row, sourceId, code, fix }) => ({
            key: String(row),
            text: fillLabel(refusedRow, formatNumber(row), sourceId ?? '–', code, fix ?? '')
        }));
    } catch {
        return [];
    }
}
