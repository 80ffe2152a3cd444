// One person's conduct in a month: signs of manufactured numbers with their records, and each standard of rules, files and gates with
// figure and trend. What is met is folded away.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { figureOf, markOf } from 'c/scorecardWording';
import high from '@salesforce/label/c.SpmConductHigh';
import medium from '@salesforce/label/c.SpmConductMedium';
import missed from '@salesforce/label/c.SpmConductSeverityMissed';
import fine from '@salesforce/label/c.SpmConductSeverityFine';
import signs from '@salesforce/label/c.SpmConductSigns';
import since from '@salesforce/label/c.SpmConductSince';
import over from '@salesforce/label/c.SpmConductOver';
import records from '@salesforce/label/c.SpmConductRecords';
import selfCopies from '@salesforce/label/c.SpmConductSelfCopies';
import unansweredBursts from '@salesforce/label/c.SpmConductUnansweredBursts';
import dateResets from '@salesforce/label/c.SpmConductDateResets';
import splitGames from '@salesforce/label/c.SpmConductSplitGames';
import standards from '@salesforce/label/c.SpmConductStandards';
import metric from '@salesforce/label/c.SpmConductMetric';
import figure from '@salesforce/label/c.SpmConductFigure';
import standard from '@salesforce/label/c.SpmConductStandard';
import mark from '@salesforce/label/c.SpmConductMark';
import trend from '@salesforce/label/c.SpmConductTrend';
import heldTo from '@salesforce/label/c.SpmConductHeldTo';

const SEVERITIES = {
    High: { text: high, iconName: 'utility:error' },
    Medium: { text: medium, iconName: 'utility:warning' },
    Missed: { text: missed, iconName: 'utility:warning' },
    Fine: { text: fine, iconName: 'utility:success' }
};
const KINDS = {
    'gaming-SelfCopies': selfCopies,
    'gaming-UnansweredBursts': unansweredBursts,
    'gaming-DateResets': dateResets,
    'gaming-SplitGames': splitGames
};

export default class ConductPerson extends LightningElement {
    /** {userId, name, severity, findings, results} */
    @api person;

    label = { signs, standards, metric, figure, standard, mark, trend };

    get severity() {
        return SEVERITIES[this.person.severity];
    }

    get hasFindings() {
        return this.person.findings.length > 0;
    }

    get hasResults() {
        return this.person.results.length > 0;
    }

    get isOpen() {
        return this.person.results.some(({ status }) => status === 'Missed');
    }

    get findings() {
        return this.person.findings.map((finding) => {
            const evidence = finding.evidence ?? [];
            const parts = [
                KINDS[finding.metricKey] ?? finding.metricKey,
                formatDaysIn(fillLabel(since, finding.since))
            ];
            if (finding.status !== 'Open') parts.push(over);
            return {
                ...finding,
                about: parts.join(' · '),
                hasRecords: evidence.length > 0,
                recordsText: fillLabel(records, formatNumber(evidence.length)),
                records: evidence.map((record) => ({ ...record, name: nameOf(record) }))
            };
        });
    }

    get results() {
        return this.person.results.map((result) => ({
            ...result,
            figure: figureOf(result.value, result.unit) || '–',
            standard: this.standardOf(result),
            mark: markOf(result.status)
        }));
    }

    standardOf({ floorValue, targetValue, unit }) {
        if (floorValue === null || floorValue === undefined) return '–';
        return fillLabel(heldTo, figureOf(floorValue, unit), figureOf(targetValue, unit));
    }
}

/** Who may open a record reads its name and what it is about, others only the latter. */
function nameOf({ recordId, name, label }) {
    return recordId && name ? `${name}: ${formatDaysIn(label ?? '')}` : undefined;
}
