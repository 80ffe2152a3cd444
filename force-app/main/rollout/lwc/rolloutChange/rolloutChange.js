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

    label = { feature, audience, state, reason, save };
    features = FEATURES;
    audiences = AUDIENCES;
    states = STATES;

    feature = '';
    audience = 'Everybody';
    audienceKey = '';
    state = '';
    reason = '';

    get asksTeam() {
        return this.audience !== 'Everybody';
    }

    get teams() {
        return this.audience === 'Manager' ? this.managers : this.roles;
    }

    get teamLabel() {
        return this.audience === 'Manager' ? manager : role;
    }

    get meaning() {
        return meaningOf(this.state);
    }

    get cannotSave() {
        return this.isBusy || !this.feature || !this.state || (this.asksTeam && !this.audienceKey);
    }

    handleChange(event) {
        const name = event.target.dataset.id;
        this[name] = event.detail.value;
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
