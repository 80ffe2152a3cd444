// Requests to export or erase what is held about a person, each with its answer: how many rows of which object, what was kept
// and why, and the exported file. Asking is the form's; the service answers in a run of its own.
import { LightningElement } from 'lwc';
import getPart from '@salesforce/apex/DataRequestController.getPart';
import getRequests from '@salesforce/apex/DataRequestController.getRequests';
import startAnswering from '@salesforce/apex/DataRequestController.startAnswering';
import { resultOf } from 'c/callResult';
import { keepFresh } from 'c/keepFresh';
import { fillLabel } from 'c/labelText';
import { answerOf } from 'c/dataAnswer';
import { carryOut } from 'c/userAction';
import title from '@salesforce/label/c.SpmDataTitle';
import intro from '@salesforce/label/c.SpmDataIntro';
import none from '@salesforce/label/c.SpmDataNone';
import noneText from '@salesforce/label/c.SpmDataNoneText';
import download from '@salesforce/label/c.SpmDataDownload';
import downloadName from '@salesforce/label/c.SpmDataDownloadName';
import askAgain from '@salesforce/label/c.SpmDataAnswerNow';
import waiting from '@salesforce/label/c.SpmDataWaiting';
import asked from '@salesforce/label/c.SpmDataAsked';
import object from '@salesforce/label/c.SpmDataObject';
import rowsHead from '@salesforce/label/c.SpmDataRows';
import becameHead from '@salesforce/label/c.SpmDataBecame';
import exportKind from '@salesforce/label/c.SpmDataExport';
import erasureKind from '@salesforce/label/c.SpmDataErasure';
import statusAsked from '@salesforce/label/c.SpmDataStatusAsked';
import statusAnswered from '@salesforce/label/c.SpmDataStatusAnswered';
import statusRefused from '@salesforce/label/c.SpmDataStatusRefused';

const KINDS = { Export: exportKind, Erasure: erasureKind };
const STATUSES = { Asked: statusAsked, Answered: statusAnswered, Refused: statusRefused };
const LOOK_AGAIN_MS = 2_000;

export default class DataRequests extends LightningElement {
    label = { waiting, title, intro, none, noneText, download, askAgain, object, rowsHead, becameHead };
    result = {};
    actionError;
    isBusy = false;
    announcement = '';
    endRefresh;
    lookAgain;

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.load);
        this.load();
    }

    disconnectedCallback() {
        this.endRefresh();
        clearTimeout(this.lookAgain);
    }

    async load() {
        clearTimeout(this.lookAgain);
        this.result = await resultOf(getRequests());
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- the run that answers takes seconds
        if (this.hasWaiting) this.lookAgain = setTimeout(() => this.load(), LOOK_AGAIN_MS);
    }

    get requests() {
        return this.result.data;
    }

    get isEmpty() {
        return this.requests.length === 0;
    }

    get hasWaiting() {
        return (this.requests ?? []).some(({ status }) => status === 'Asked');
    }

    get rows() {
        return this.requests.map((one) => {
            const kind = KINDS[one.kind];
            return {
                ...one,
                ...answerOf(one),
                heading: `${kind}: ${one.personName}`,
                statusText: STATUSES[one.status],
                hasFile: one.partCount > 0,
                downloadName: fillLabel(downloadName, one.name, one.personName)
            };
        });
    }

    async handleAsked() {
        await this.answer(asked);
    }

    async handleAnswer() {
        await this.answer('');
    }

    /** @param {string} words what there is to say already while it is asked for */
    async answer(words) {
        await carryOut(this, async () => {
            this.announcement = words;
            await startAnswering();
        });
        await this.load();
    }

    async handleDownload(event) {
        const request = this.requests.find(({ requestId }) => requestId === event.target.dataset.request);
        await carryOut(this, async () => {
            const { requestId, partCount } = request;
            const positions = Array.from({ length: partCount }, (_one, index) => index + 1);
            const parts = await Promise.all(positions.map((position) => getPart({ requestId, position })));
            saveAs(`${request.name}.json`, parts);
        });
    }
}

function saveAs(fileName, parts) {
    const url = URL.createObjectURL(new Blob(parts, { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(url);
}
