// The keys of the org: which are live and which one this org uses, a new one, the end of an old one, and disconnecting.
// A new key is in this component until it is entered in Setup, and nowhere else. Fires `changed` when the page should
// check the connection again.
import { LightningElement, api } from 'lwc';
import makeKey from '@salesforce/apex/SetupController.makeKey';
import endKey from '@salesforce/apex/SetupController.endKey';
import disconnectOrg from '@salesforce/apex/SetupController.disconnect';
import { fillLabel } from 'c/labelText';
import { carryOut } from 'c/userAction';
import keys from '@salesforce/label/c.SpmSetupKeys';
import keyHead from '@salesforce/label/c.SpmSetupKeyHead';
import madeHead from '@salesforce/label/c.SpmSetupMadeHead';
import useHead from '@salesforce/label/c.SpmSetupUseHead';
import inUse from '@salesforce/label/c.SpmSetupInUse';
import spare from '@salesforce/label/c.SpmSetupSpare';
import newKey from '@salesforce/label/c.SpmSetupNewKey';
import newKeyTitle from '@salesforce/label/c.SpmSetupNewKeyTitle';
import once from '@salesforce/label/c.SpmSetupOnce';
import entered from '@salesforce/label/c.SpmSetupEntered';
import open from '@salesforce/label/c.SpmSetupOpen';
import end from '@salesforce/label/c.SpmSetupEnd';
import endName from '@salesforce/label/c.SpmSetupEndName';
import ended from '@salesforce/label/c.SpmSetupEnded';
import disconnect from '@salesforce/label/c.SpmSetupDisconnect';
import sure from '@salesforce/label/c.SpmSetupDisconnectSure';
import yes from '@salesforce/label/c.SpmSetupDisconnectYes';
import no from '@salesforce/label/c.SpmSetupDisconnectNo';
import disconnected from '@salesforce/label/c.SpmSetupDisconnected';

const MOST_KEYS = 2;

export default class SetupKeys extends LightningElement {
    /** The connection as the service tells it. */
    @api connection;

    label = {
        keys,
        keyHead,
        madeHead,
        useHead,
        newKey,
        once,
        entered,
        open,
        end,
        disconnect,
        sure,
        yes,
        no
    };
    isBusy = false;
    isAsking = false;
    announcement = '';
    actionError;
    made;
    /** Which button takes the focus once it is there: the one that was pressed has gone. */
    focusDue;

    renderedCallback() {
        if (!this.focusDue) return;
        this.template.querySelector(`[data-id="${this.focusDue}"]`)?.focus();
        this.focusDue = undefined;
    }

    get rows() {
        return this.connection.keys.map((key) => ({
            ...key,
            use: key.isInUse ? inUse : spare,
            canEnd: !key.isInUse && key.fingerprint !== this.made?.fingerprint,
            endName: fillLabel(endName, key.fingerprint)
        }));
    }

    get canMake() {
        return this.connection.keys.length < MOST_KEYS && !this.made;
    }

    get madeTitle() {
        return fillLabel(newKeyTitle, this.made.fingerprint);
    }

    handleMake() {
        return carryOut(this, async () => {
            this.made = await makeKey();
            this.focusDue = 'entered';
        });
    }

    handleEntered() {
        this.made = undefined;
        this.focusDue = 'disconnect';
        this.tellChanged();
    }

    handleEnd(event) {
        const { fingerprint } = event.currentTarget.dataset;
        return carryOut(this, async () => {
            await endKey({ fingerprint });
            this.announcement = fillLabel(ended, fingerprint);
            this.tellChanged();
        });
    }

    handleDisconnect() {
        this.isAsking = true;
        this.focusDue = 'stay';
    }

    handleStay() {
        this.isAsking = false;
        this.focusDue = 'disconnect';
    }

    handleLeave() {
        return carryOut(this, async () => {
            await disconnectOrg();
            this.isAsking = false;
            this.announcement = disconnected;
            this.tellChanged();
        });
    }

    tellChanged() {
        this.dispatchEvent(new CustomEvent('changed'));
    }
}
