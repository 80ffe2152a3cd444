// The fifteen minutes of a morning: wins, blockers and priorities, read from records. Check-ins stand here for managers only,
// as what they are: a reason to ask how somebody is.
import { LightningElement, wire } from 'lwc';
import canViewTeam from '@salesforce/customPermission/SpmViewTeam';
import getDigest from '@salesforce/apex/StandupController.getDigest';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import title from '@salesforce/label/c.SpmStandupTitle';
import scopeLabel from '@salesforce/label/c.SpmScope';
import scopeMine from '@salesforce/label/c.SpmScopeMine';
import scopeTeam from '@salesforce/label/c.SpmScopeTeam';
import wins from '@salesforce/label/c.SpmStandupWins';
import noWins from '@salesforce/label/c.SpmStandupNoWins';
import blockers from '@salesforce/label/c.SpmStandupBlockers';
import noBlockers from '@salesforce/label/c.SpmStandupNoBlockers';
import priorities from '@salesforce/label/c.SpmStandupPriorities';
import noPriorities from '@salesforce/label/c.SpmStandupNoPriorities';
import checkIns from '@salesforce/label/c.SpmStandupCheckIns';
import checkInsText from '@salesforce/label/c.SpmStandupCheckInsText';
import minutesText from '@salesforce/label/c.SpmFocusMinutes';

export default class StandupDigest extends LightningElement {
    label = {
        title,
        scopeLabel,
        wins,
        noWins,
        blockers,
        noBlockers,
        priorities,
        noPriorities,
        checkIns,
        checkInsText
    };
    scopeOptions = [
        { label: scopeMine, value: 'mine' },
        { label: scopeTeam, value: 'team' }
    ];
    canChooseScope = Boolean(canViewTeam);
    scope = canViewTeam ? 'team' : 'mine';
    wired = {};
    endRefresh;

    @wire(getDigest, { scope: '$scope' })
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get digest() {
        return this.wired.data;
    }

    get isTeam() {
        return this.scope === 'team';
    }

    get winRows() {
        return this.digest.wins.map((win) => ({ ...win, owner: this.isTeam ? win.ownerName : '' }));
    }

    get hasWins() {
        return this.digest.wins.length > 0;
    }

    /** A deal once, with all there is to do. */
    get blockerRows() {
        const deals = new Map();
        for (const { opportunityId, actionText, ...blocker } of this.digest.blockers) {
            const known = deals.get(opportunityId);
            if (known) known.actions.add(actionText);
            else deals.set(opportunityId, { ...blocker, opportunityId, actions: new Set([actionText]) });
        }
        return [...deals.values()].map((blocker) => ({
            ...blocker,
            key: blocker.opportunityId,
            actionText: [...blocker.actions].join(' · '),
            owner: this.isTeam ? blocker.ownerName : ''
        }));
    }

    get hasBlockers() {
        return this.digest.blockers.length > 0;
    }

    get priorityRows() {
        return this.digest.priorities.map((priority) => ({
            ...priority,
            key: `${priority.userId}:${priority.opportunityId}`,
            who: this.isTeam ? priority.userName : '',
            minutesText: fillLabel(minutesText, formatNumber(priority.minutes))
        }));
    }

    get hasPriorities() {
        return this.digest.priorities.length > 0;
    }

    get checkInRows() {
        return (this.digest.checkIns ?? []).map((one) => ({ ...one, words: formatDaysIn(one.words) }));
    }

    get hasCheckIns() {
        return this.checkInRows.length > 0;
    }

    handleScope(event) {
        this.scope = event.detail.value;
    }

    async refresh() {
        await readWires(this.wired);
    }

    handleRetry() {
        this.refresh();
    }
}
