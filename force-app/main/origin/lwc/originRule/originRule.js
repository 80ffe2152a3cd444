// The rule a number follows, by name and version, with its fingerprint and a link to its text where the reader may open it.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatDaysIn } from 'c/labelText';
import title from '@salesforce/label/c.SpmOriginRule';
import plan from '@salesforce/label/c.SpmOriginRulePlan';
import planVersion from '@salesforce/label/c.SpmOriginRulePlanVersion';
import policy from '@salesforce/label/c.SpmOriginRulePolicy';
import policyUnknown from '@salesforce/label/c.SpmOriginRulePolicyUnknown';
import model from '@salesforce/label/c.SpmOriginRuleModel';
import modelUnknown from '@salesforce/label/c.SpmOriginRuleModelUnknown';
import stageRates from '@salesforce/label/c.SpmOriginRuleStageRates';
import tooLittle from '@salesforce/label/c.SpmOriginRuleTooLittle';
import metric from '@salesforce/label/c.SpmOriginRuleMetric';
import since from '@salesforce/label/c.SpmOriginRuleSince';
import hash from '@salesforce/label/c.SpmOriginHash';
import open from '@salesforce/label/c.SpmOriginRuleOpen';

const SENTENCES = {
    Plan: ({ name, version }) => (version ? fillLabel(planVersion, name, version) : fillLabel(plan, name)),
    Policy: ({ name }) => (name ? fillLabel(policy, name) : policyUnknown),
    Model: ({ name, version }) => (name ? fillLabel(model, name, formatDaysIn(version)) : modelUnknown),
    StageRates: () => stageRates,
    TooLittle: () => tooLittle,
    Metric: ({ name, version }) => fillLabel(metric, name, version)
};

export default class OriginRule extends LightningElement {
    /** RuleView of NumberOriginController */
    @api rule;

    label = { title, open };

    get sentence() {
        return SENTENCES[this.rule.kind]?.(this.rule) ?? '';
    }

    get sinceText() {
        const { inForceFrom } = this.rule;
        return inForceFrom ? fillLabel(since, formatDaysIn(inForceFrom)) : '';
    }

    get hashText() {
        return this.rule.hash ? fillLabel(hash, this.rule.hash) : '';
    }

    get isOfPlan() {
        return this.rule.kind === 'Plan' && !this.rule.recordId;
    }
}
