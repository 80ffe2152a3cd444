// What one feature in shadow would have shown to one team: how much of what, to how many, how good it proved, and examples.
import { LightningElement, api } from 'lwc';
import { FEATURES, audienceText, kindText, labelOf } from 'c/rolloutWording';
import { ruleTitle } from 'c/flagWording';
import { fillLabel, formatNumber } from 'c/labelText';
import people from '@salesforce/label/c.SpmShadowPeople';
import noRows from '@salesforce/label/c.SpmShadowNoRows';
import kind from '@salesforce/label/c.SpmShadowKind';
import count from '@salesforce/label/c.SpmShadowCount';
import persons from '@salesforce/label/c.SpmShadowPersons';
import proved from '@salesforce/label/c.SpmShadowProved';
import hit from '@salesforce/label/c.SpmShadowHit';
import demoted from '@salesforce/label/c.SpmShadowDemoted';
import unproved from '@salesforce/label/c.SpmShadowUnproved';
import examples from '@salesforce/label/c.SpmShadowExamples';

const PERCENT = { style: /** @type {const} */ ('percent'), maximumFractionDigits: 0 };

export default class ShadowReport extends LightningElement {
    /** As RolloutReportController gives it. */
    @api shadow;

    label = { noRows, kind, count, persons, proved, examples };

    get title() {
        return labelOf(FEATURES, this.shadow.feature);
    }

    get peopleText() {
        const { audience, audienceName, peopleCount } = this.shadow;
        return fillLabel(people, audienceText(audience, audienceName), formatNumber(peopleCount));
    }

    get isAboutWarnings() {
        return this.shadow.feature === 'DealWarnings';
    }

    get hasRows() {
        return this.shadow.lines.length > 0;
    }

    get rows() {
        const { feature, lines } = this.shadow;
        const most = Math.max(...lines.map((line) => line.count));
        return lines.map((line) => ({
            ...line,
            key: line.key ?? '',
            title: this.isAboutWarnings ? ruleTitle(line.key) : kindText(feature, line.key),
            width: (100 * line.count) / most,
            proved: provedText(line)
        }));
    }

    get hasExamples() {
        return this.shadow.examples.length > 0;
    }

    get examples() {
        return this.shadow.examples.map((example, key) => ({
            ...example,
            key,
            rule: ruleTitle(example.ruleKey)
        }));
    }
}

function provedText({ hitRate, baseRate, verdict }) {
    if (hitRate === undefined || hitRate === null || verdict === 'TooFew') return unproved;
    const text = fillLabel(hit, formatNumber(hitRate, PERCENT), formatNumber(baseRate, PERCENT));
    return verdict === 'Demoted' ? fillLabel(demoted, `${text}.`) : text;
}
