// What features in shadow would have shown, and what became of suggested updates: accepted share and minutes saved by team and kind.
// Minutes are accepted suggestions times an assumption that stands on the page.
import { LightningElement } from 'lwc';
import getReport from '@salesforce/apex/RolloutReportController.getReport';
import { resultOf } from 'c/callResult';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import { kindText } from 'c/rolloutWording';
import title from '@salesforce/label/c.SpmRolloutReport';
import shadowNone from '@salesforce/label/c.SpmShadowNone';
import byTeam from '@salesforce/label/c.SpmSuggestedByTeam';
import suggestedNone from '@salesforce/label/c.SpmSuggestedNone';
import team from '@salesforce/label/c.SpmSuggestedTeam';
import noTeam from '@salesforce/label/c.SpmSuggestedNoTeam';
import kind from '@salesforce/label/c.SpmShadowKind';
import open from '@salesforce/label/c.SpmSuggestedOpen';
import share from '@salesforce/label/c.SpmSuggestedShare';
import shareText from '@salesforce/label/c.SpmSuggestedShareText';
import minutes from '@salesforce/label/c.SpmSuggestedMinutes';
import assumed from '@salesforce/label/c.SpmSuggestedAssumed';
import assumption from '@salesforce/label/c.SpmSuggestedAssumption';

export default class RolloutReport extends LightningElement {
    label = { title, shadowNone, byTeam, suggestedNone, team, kind, open, share, minutes, assumed };

    result = {};
    endRefresh;

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.load);
        this.load();
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get report() {
        return this.result.data;
    }

    get hasShadows() {
        return this.report.shadows.length > 0;
    }

    get shadows() {
        return this.report.shadows.map((shadow, key) => ({ ...shadow, key }));
    }

    get hasSuggested() {
        return this.report.suggested.length > 0;
    }

    get suggested() {
        return this.report.suggested.map((row, key) => ({
            key,
            team: row.teamName ?? noTeam,
            kind: kindText('Suggestions', row.kind),
            openCount: row.openCount,
            share: shareOf(row),
            minutes: formatNumber(row.minutesSaved)
        }));
    }

    get assumptions() {
        return this.report.minutes.map((one, key) => ({
            key,
            text: fillLabel(
                assumption,
                kindText('Suggestions', one.kind),
                formatNumber(one.minutes),
                one.assumption ?? ''
            )
        }));
    }

    handleRetry() {
        this.result = {};
        this.load();
    }

    async load() {
        this.result = await resultOf(getReport());
    }
}

/** There is no share of nothing. */
function shareOf({ acceptedCount, dismissedCount }) {
    const decided = acceptedCount + dismissedCount;
    if (decided === 0) return '–';
    const percent = formatNumber(acceptedCount / decided, { style: 'percent', maximumFractionDigits: 0 });
    return fillLabel(shareText, percent, formatNumber(acceptedCount), formatNumber(decided));
}
