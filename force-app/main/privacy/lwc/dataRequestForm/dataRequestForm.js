// Form of a data request: the person is looked for by name, those who have left as well; what is asked for; why. What may be asked
// is DataRequestGuard's to say. Fires `asked` once it is saved.
import { LightningElement } from 'lwc';
import ask from '@salesforce/apex/DataRequestController.ask';
import findPeople from '@salesforce/apex/DataRequestController.findPeople';
import { fillLabel } from 'c/labelText';
import { carryOut } from 'c/userAction';
import search from '@salesforce/label/c.SpmDataSearch';
import searchAct from '@salesforce/label/c.SpmDataSearchAct';
import nobody from '@salesforce/label/c.SpmDataNobody';
import person from '@salesforce/label/c.SpmDataPerson';
import hasLeft from '@salesforce/label/c.SpmDataHasLeft';
import what from '@salesforce/label/c.SpmDataWhat';
import exportKind from '@salesforce/label/c.SpmDataExport';
import erasureKind from '@salesforce/label/c.SpmDataErasure';
import erasureText from '@salesforce/label/c.SpmDataErasureText';
import erasureActive from '@salesforce/label/c.SpmDataActive';
import reason from '@salesforce/label/c.SpmDataReason';
import send from '@salesforce/label/c.SpmDataAsk';

const SHORTEST_TERM = 2;

export default class DataRequestForm extends LightningElement {
    label = { search, searchAct, nobody, person, what, erasureText, erasureActive, reason, send };
    term = '';
    people;
    personId = '';
    kind = 'Export';
    reason = '';
    actionError;
    isBusy = false;

    kinds = [
        { value: 'Export', label: exportKind },
        { value: 'Erasure', label: erasureKind }
    ];

    get options() {
        return (this.people ?? []).map(({ userId, name, isActive }) => ({
            value: userId,
            label: isActive ? name : fillLabel(hasLeft, name)
        }));
    }

    get hasPeople() {
        return this.options.length > 0;
    }

    get isNobody() {
        return this.people?.length === 0;
    }

    get isErasure() {
        return this.kind === 'Erasure';
    }

    get isTooEarly() {
        return (
            this.isErasure && Boolean(this.people?.find(({ userId }) => userId === this.personId)?.isActive)
        );
    }

    get cannotSearch() {
        return this.isBusy || this.term.trim().length < SHORTEST_TERM;
    }

    get cannotSend() {
        return this.isBusy || !this.personId || !this.reason.trim() || this.isTooEarly;
    }

    handleTerm(event) {
        this.term = event.target.value ?? '';
    }

    handlePerson(event) {
        this.personId = event.detail.value;
    }

    handleKind(event) {
        this.kind = event.detail.value;
    }

    handleReason(event) {
        this.reason = event.target.value ?? '';
    }

    async handleSearch() {
        await carryOut(this, async () => {
            this.people = await findPeople({ term: this.term });
            this.personId = this.people.length === 1 ? this.people[0].userId : '';
        });
    }

    async handleSend() {
        await carryOut(this, async () => {
            await ask({ personId: this.personId, kind: this.kind, reason: this.reason.trim() });
            this.reason = '';
            this.personId = '';
            this.people = undefined;
            this.term = '';
            this.dispatchEvent(new CustomEvent('asked'));
        });
    }
}
