// Asks which feature is to be switched for whom. Fires `decide` with { feature, audience, audienceKey, state, reason }; saving is the
// parent's.
import { LightningElement, api } from 'lwc';
import { AUDIENCES, FEATURES, STATES, meaningOf } from 'c/rolloutWording';
import feature from '@salesforce/label/c.SpmRolloutFeature';
import audience from '@salesforce/label/c.SpmRolloutAudience';
import state from '@salesforce/label/c.SpmRolloutState';
import reason from '@salesforce/label/c.SpmRolloutReason';
import save from '@salesforce/label/c.SpmRolloutSave';
import manager from '@salesforce/label/c.SpmRolloutManager';
import role from '@salesforce/label/c.SpmRolloutRole';

export default class RolloutChange extends LightningElement {
    /** {value, label}[] */
    @api managers = [];
    /** {value, label}[] */
    @api roles = [];
    @api isBusy = false;

    label = { save };
    feature = '';
    audience = 'Everybody';
    audienceKey = '';
    state = '';
    reason = '';

    get asksTeam() {
        return this.audience !== 'Everybody';
    }

    get fields() {
        const choice = (name, label, options) => ({
            name,
            label,
            options,
            value: this[name],
            required: true,
            width: 'quarter'
        });
        const team =
            this.audience === 'Manager'
                ? choice('audienceKey', manager, this.managers)
                : choice('audienceKey', role, this.roles);
        return [
            choice('feature', feature, FEATURES),
            choice('audience', audience, AUDIENCES),
            ...(this.asksTeam ? [team] : []),
            choice('state', state, STATES),
            { name: 'reason', label: reason, value: this.reason, maxLength: 255 }
        ];
    }

    get meaning() {
        return meaningOf(this.state);
    }

    get cannotSave() {
        return this.isBusy || !this.feature || !this.state || (this.asksTeam && !this.audienceKey);
    }

    handleField(event) {
        const { name, value } = event.detail;
        this[name] = value;
        if (name === 'audience') this.audienceKey = '';
    }

    handleSave() {
        const { feature: what, audience: whom, audienceKey, state: to, reason: why } = this;
        const detail = {
            feature: what,
            audience: whom,
            audienceKey: audienceKey || null,
            state: to,
            reason: why
        };
        this.dispatchEvent(new CustomEvent('decide', { detail }));
    }
}
