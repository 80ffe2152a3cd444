// The plan simulator: asks for a simulation, follows it until it is there, and shows one of those made so far. Owns loading and the
// choice; each part of the page shows what it is given. Nothing here pays anybody.
import { LightningElement, api, wire } from 'lwc';
import getChoices from '@salesforce/apex/PlanSimulatorController.getChoices';
import getSimulations from '@salesforce/apex/PlanSimulatorController.getSimulations';
import getSimulation from '@salesforce/apex/PlanSimulatorController.getSimulation';
import getProgress from '@salesforce/apex/PlanSimulatorController.getProgress';
import requestSimulation from '@salesforce/apex/PlanSimulatorController.requestSimulation';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import { momentText } from 'c/periodWording';
import { spanText, versionText } from 'c/simulationWording';
import title from '@salesforce/label/c.SpmSimTitle';
import about from '@salesforce/label/c.SpmSimAbout';
import refresh from '@salesforce/label/c.SpmConsoleRefresh';
import noVersions from '@salesforce/label/c.SpmSimNoVersions';
import noVersionsText from '@salesforce/label/c.SpmSimNoVersionsText';
import none from '@salesforce/label/c.SpmSimNone';
import noneText from '@salesforce/label/c.SpmSimNoneText';
import made from '@salesforce/label/c.SpmSimMade';
import madeAlone from '@salesforce/label/c.SpmSimMadeAlone';
import shown from '@salesforce/label/c.SpmSimShown';
import waiting from '@salesforce/label/c.SpmSimWaiting';
import reading from '@salesforce/label/c.SpmSimReading';
import computing from '@salesforce/label/c.SpmSimComputing';
import writing from '@salesforce/label/c.SpmSimWriting';
import done from '@salesforce/label/c.SpmSimDone';
import cancelled from '@salesforce/label/c.SpmSimulationCancelled';
import takesLong from '@salesforce/label/c.SpmSimTakesLong';
import progressName from '@salesforce/label/c.SpmSimProgress';

const PAUSES_MS = [1000, 2000, 2000, 4000, 8000];
const GIVE_UP_AFTER_MS = 900_000;
const STAGES = { Waiting: waiting, Reading: reading, Computing: computing, Writing: writing, Done: writing };

export default class PlanSimulator extends LightningElement {
    label = { title, about, refresh, noVersions, noVersionsText, none, noneText, shown, progressName };
    /** On the page of a plan version: that version. */
    @api recordId;

    wiredChoices = {};
    wiredList = {};
    wiredSimulation = {};
    simulationId;
    simulation;
    error;
    actionError;
    /** @type {{ text: string, percent: number } | undefined} */
    progress;
    announcement = '';
    timer;
    endRefresh;

    @wire(getChoices)
    receiveChoices(result) {
        this.wiredChoices = result;
    }

    @wire(getSimulations, { planVersionId: '$versionOfPage' })
    receiveList(result) {
        this.wiredList = result;
        this.simulationId ??= result.data?.[0]?.simulationId;
    }

    @wire(getSimulation, { simulationId: '$simulationId' })
    receiveSimulation(result) {
        this.wiredSimulation = result;
        this.error = result.error;
        if (result.data || result.error) this.simulation = result.data;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
        clearTimeout(this.timer);
    }

    /** A wire waits for a parameter that is undefined. */
    get versionOfPage() {
        return this.recordId ?? null;
    }

    get choices() {
        return this.wiredChoices.data;
    }

    get choicesError() {
        return this.wiredChoices.error;
    }

    get areChoicesLoading() {
        return !this.choices && !this.choicesError;
    }

    get hasVersions() {
        return this.choices?.versions.length > 0;
    }

    get hasNoVersions() {
        return this.choices?.versions.length === 0;
    }

    get today() {
        return new Date().toISOString().slice(0, 10);
    }

    get isBusy() {
        return this.progress !== undefined;
    }

    get simulations() {
        return this.wiredList.data;
    }

    get hasNone() {
        return this.hasVersions && this.simulations?.length === 0 && !this.isBusy;
    }

    get listError() {
        return this.wiredList.error;
    }

    get isLoading() {
        const isListed = this.simulations || this.listError;
        return !isListed || (this.simulationId && !this.simulation && !this.error);
    }

    get simulationOptions() {
        return (this.simulations ?? []).map((one) => ({ value: one.simulationId, label: optionText(one) }));
    }

    handleSimulation(event) {
        this.simulation = undefined;
        this.simulationId = event.detail.value;
    }

    async handleRefresh() {
        this.actionError = undefined;
        await this.refresh();
    }

    async refresh() {
        await readWires(this.wiredChoices, this.wiredList, this.wiredSimulation);
    }

    async handleSimulate(event) {
        this.actionError = undefined;
        this.announcement = '';
        this.progress = { text: waiting, percent: 0 };
        try {
            const { runKey } = await requestSimulation(event.detail);
            this.follow(runKey, 0, Date.now());
        } catch (error) {
            this.stop(error);
        }
    }

    follow(runKey, turn, since) {
        clearTimeout(this.timer);
        // A server is asked again after a pause; there is no event to wait for.
        // eslint-disable-next-line @lwc/lwc/no-async-operation
        this.timer = setTimeout(
            () => this.look(runKey, turn, since),
            PAUSES_MS[Math.min(turn, PAUSES_MS.length - 1)]
        );
    }

    async look(runKey, turn, since) {
        try {
            const { stage, status, progressPercent, simulationId, errors } = await getProgress({ runKey });
            if (simulationId) await this.show(simulationId);
            else if (status === 'Failed') this.stop(errorOf(errors[0]));
            else if (status === 'Cancelled') {
                this.progress = undefined;
                this.announcement = cancelled;
            } else if (Date.now() - since > GIVE_UP_AFTER_MS) {
                this.progress = undefined;
                this.announcement = takesLong;
            } else {
                this.progress = { text: STAGES[stage] ?? waiting, percent: progressPercent ?? 0 };
                this.follow(runKey, turn + 1, since);
            }
        } catch (error) {
            this.stop(error);
        }
    }

    async show(simulationId) {
        await readWires(this.wiredList);
        this.simulation = undefined;
        this.simulationId = simulationId;
        this.progress = undefined;
        // One that could not be made says so itself.
        const shownOne = this.simulations?.find((one) => one.simulationId === simulationId);
        this.announcement = shownOne?.status === 'Failed' ? '' : done;
    }

    stop(error) {
        this.progress = undefined;
        this.actionError = error;
    }

    get percentText() {
        return formatNumber(this.progress.percent / 100, { style: 'percent' });
    }

    get barStyle() {
        return `width: ${this.progress.percent}%`;
    }
}

function optionText(one) {
    const span = spanText(one.startDate, one.endDate);
    const tried = versionText(one.planName, one.version);
    const when = momentText(one.dataAsOf);
    return one.againstVersionId
        ? fillLabel(made, tried, versionText(one.againstPlanName, one.againstVersion), span, when)
        : fillLabel(madeAlone, tried, span, when);
}

/** As a controller would have thrown it. */
function errorOf(problem) {
    const { code, message } = problem ?? { code: 'SERVICE_ERROR', message: '' };
    return { body: { message: JSON.stringify({ code, message }) } };
}
