// Who wins and who loses: how many by which part of their pay, for everybody who may read the simulation; by name for who may read the
// pay of single people. Names and amounts are read part by part, so that thousands of people do not hold up the page.
import { LightningElement, api } from 'lwc';
import getPeople from '@salesforce/apex/PlanSimulatorController.getPeople';
import { countLabel, fillLabel } from 'c/labelText';
import { amountText, numberOf, percentText } from 'c/payFigures';
import { changePercent, changeText } from 'c/simulationWording';
import spreadText from '@salesforce/label/c.SpmSimSpreadText';
import lessThan from '@salesforce/label/c.SpmSimLoseMore';
import between from '@salesforce/label/c.SpmSimLose';
import gainBetween from '@salesforce/label/c.SpmSimGain';
import gainMore from '@salesforce/label/c.SpmSimGainMore';
import same from '@salesforce/label/c.SpmSimSame';
import fromNothing from '@salesforce/label/c.SpmSimFromNothing';
import personOne from '@salesforce/label/c.SpmSimPersonOne';
import personMany from '@salesforce/label/c.SpmSimPersonMany';
import caption from '@salesforce/label/c.SpmSimPeopleCaption';
import payee from '@salesforce/label/c.SpmConsolePayee';
import own from '@salesforce/label/c.SpmSimNewPlan';
import other from '@salesforce/label/c.SpmSimOtherPlan';
import change from '@salesforce/label/c.SpmConsoleChange';
import part from '@salesforce/label/c.SpmSimShare';
import onlyAnalysts from '@salesforce/label/c.SpmSimOnlyAnalysts';
import leftHeading from '@salesforce/label/c.SpmSimLeftHeading';
import leftText from '@salesforce/label/c.SpmSimLeftText';
import all from '@salesforce/label/c.SpmSimAll';
import onlyLosers from '@salesforce/label/c.SpmSimOnlyLosers';
import onlyWinners from '@salesforce/label/c.SpmSimOnlyWinners';
import show from '@salesforce/label/c.SpmSimShowPeople';
import showMore from '@salesforce/label/c.SpmShowMore';
import unknown from '@salesforce/label/c.SpmSimUnknownPerson';
import noSpread from '@salesforce/label/c.SpmSimNoSpread';
import loading from '@salesforce/label/c.SpmLoading';
import fixLabel from '@salesforce/label/c.SpmConsoleFix';
import whereLabel from '@salesforce/label/c.SpmConsoleWhere';
import codeLabel from '@salesforce/label/c.SpmCode';

const PAGE_ROWS = 50;
const MOST_PARTS = 100;

export default class SimulationPeople extends LightningElement {
    @api result;

    label = {
        spreadText,
        caption,
        payee,
        own,
        other,
        change,
        part,
        onlyAnalysts,
        leftHeading,
        leftText,
        show,
        showMore,
        noSpread,
        loading
    };
    filterOptions = [
        { value: 'all', label: all },
        { value: 'losers', label: onlyLosers },
        { value: 'winners', label: onlyWinners }
    ];
    filter = 'all';
    rowCount = PAGE_ROWS;
    people;
    left = [];
    error;
    _simulation;

    @api
    get simulation() {
        return this._simulation;
    }
    set simulation(value) {
        this._simulation = value;
        this.people = undefined;
        this.left = [];
        if (value.seesPeople) this.readPeople();
    }

    get seesPeople() {
        return this._simulation.seesPeople;
    }

    get isLoading() {
        return this.seesPeople && !this.people && !this.error;
    }

    get hasSpread() {
        return this.result.spread !== null;
    }

    get bars() {
        const { bands, same: unchanged, fromNothing: newly } = this.result.spread;
        const zeroAt = bands.findIndex(({ from }) => from === '0');
        const rows = [
            ...bands.slice(0, zeroAt).map((band) => ({ ...band, text: bandText(band), kind: 'loss' })),
            { count: unchanged, text: same, kind: 'same' },
            ...bands.slice(zeroAt).map((band) => ({ ...band, text: bandText(band), kind: 'gain' })),
            ...(newly > 0 ? [{ count: newly, text: fromNothing, kind: 'gain' }] : [])
        ];
        const most = Math.max(...rows.map(({ count }) => count), 1);
        return rows.map(({ count, text, kind }) => ({
            key: text,
            text,
            count: countLabel(count, personOne, personMany),
            width: (count / most) * 100,
            style: `bar ${kind}`
        }));
    }

    get wanted() {
        const sign = { all: null, losers: -1, winners: 1 }[this.filter];
        return sign === null
            ? this.people
            : this.people.filter(({ difference }) => Math.sign(numberOf(difference) ?? 0) === sign);
    }

    get shown() {
        const { currency } = this.result;
        // Winners from the largest gain down; all others come with the largest loss first.
        const rows = this.filter === 'winners' ? [...this.wanted].reverse() : this.wanted;
        return rows.slice(0, this.rowCount).map((person) => ({
            key: person.payeeId,
            name: person.payeeName ?? unknown,
            own: amountText(person.pay, currency),
            other: amountText(person.againstPay, currency),
            change: changeText(person.difference, currency),
            share: changePercent(person.share)
        }));
    }

    get hasMore() {
        return this.wanted.length > this.rowCount;
    }

    get hasOther() {
        return this.result.againstTotal !== null;
    }

    get leftRows() {
        return this.left.map(({ payeeId, payeeName, code, place, value, fix }, index) => ({
            key: `${payeeId}:${index}`,
            name: payeeName ?? unknown,
            text: value ? fillLabel(whereLabel, place, value) : place,
            fix: fix ? fillLabel(fixLabel, fix) : '',
            code: fillLabel(codeLabel, code)
        }));
    }

    get hasLeft() {
        return this.left.length > 0;
    }

    get countText() {
        return countLabel(this.wanted.length, personOne, personMany);
    }

    handleFilter(event) {
        this.filter = event.detail.value;
        this.rowCount = PAGE_ROWS;
    }

    handleMore() {
        this.rowCount += PAGE_ROWS;
    }

    handleRetry() {
        this.readPeople();
    }

    async readPeople() {
        const { simulationId } = this._simulation;
        this.error = undefined;
        try {
            const pages = await readPages(simulationId);
            if (simulationId !== this._simulation.simulationId) return;
            this.people = pages.flatMap(({ people }) => people);
            this.left = pages.flatMap(({ left }) => left);
        } catch (error) {
            this.error = error;
        }
    }
}

async function readPages(simulationId) {
    const pages = [];
    for (let afterPart = 0; pages.length < MOST_PARTS && afterPart !== null;) {
        // Each page says where the next begins.
        // eslint-disable-next-line no-await-in-loop
        const page = await getPeople({ simulationId, afterPart });
        pages.push(page);
        afterPart = page.nextAfter ?? null;
    }
    return pages;
}

function bandText({ from, to }) {
    const [low, high] = [from, to].map((edge) => percentText(edge === null ? null : edge.replace('-', '')));
    if (from === null) return fillLabel(lessThan, high);
    if (to === null) return fillLabel(gainMore, low);
    const isLoss = numberOf(from) < 0;
    return isLoss ? fillLabel(between, high, low) : fillLabel(gainBetween, low, high);
}
