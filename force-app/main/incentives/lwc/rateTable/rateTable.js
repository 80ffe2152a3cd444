// One rate table of a plan: a picture where its bounds and values are numbers (stairs, or the curve between points), and always a
// table with the words of the plan. Tables with two inputs are grids whose cells are the deeper the more they pay.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { nameInWords } from 'c/payFigures';
import caption from '@salesforce/label/c.SpmPlanTableCaption';
import bandOfQuota from '@salesforce/label/c.SpmPlanBandOfQuota';
import bandOf from '@salesforce/label/c.SpmPlanBandOf';
import band from '@salesforce/label/c.SpmPlanBand';
import paysRate from '@salesforce/label/c.SpmPlanPaysRate';
import paysAmount from '@salesforce/label/c.SpmPlanPaysAmount';
import paysMultiple from '@salesforce/label/c.SpmPlanPaysMultiple';
import at from '@salesforce/label/c.SpmPlanAt';
import fromOn from '@salesforce/label/c.SpmPayTierFromOn';
import fromTo from '@salesforce/label/c.SpmPayTierFromTo';
import upTo from '@salesforce/label/c.SpmPayTierUpTo';

const ZERO = /^0( %)?$/;
const WIDTH = 100;
const HEIGHT = 40;
/** Room above the highest and beyond the last point. */
const ROOM = 1.1;
const SHADES = 4;

export default class RateTable extends LightningElement {
    /** Component of the plan with its tiers, lowest first. */
    @api component;
    @api currencyCode;

    viewBox = `0 0 ${WIDTH} ${HEIGHT}`;

    get tiers() {
        return this.component.tiers;
    }

    get caption() {
        return fillLabel(caption, this.component.name);
    }

    get isCurve() {
        return this.component.tableMode === 'Interpolated';
    }

    get isGrid() {
        return this.tiers.some(({ columnNumber }) => columnNumber > 1);
    }

    get hasPicture() {
        return !this.isGrid && this.tiers.length > 1 && this.tiers.every(hasNumbers);
    }

    get showsStairs() {
        return this.hasPicture && !this.isCurve;
    }

    get showsCurve() {
        return this.hasPicture && this.isCurve;
    }

    /** Flat before the first point and after the last. */
    get curve() {
        const points = this.tiers.map(({ lowerBound, rate }) => [lowerBound, rate]);
        const lowest = Math.min(0, points[0][0]);
        const widest = Math.max((points.at(-1)[0] - lowest) * ROOM, Number.EPSILON);
        const highest = Math.max(...points.map(([, rate]) => Math.abs(rate)), Number.EPSILON) * ROOM;
        const all = [[lowest, points[0][1]], ...points, [lowest + widest, points.at(-1)[1]]];
        return all
            .map(([x, y]) => `${((x - lowest) / widest) * WIDTH},${HEIGHT - (y / highest) * HEIGHT}`)
            .join(' ');
    }

    get bandHeading() {
        const { measure } = this.component;
        if (!measure) return band;
        const { boundUnit } = this.tiers[0];
        const name = nameInWords(measure);
        if (boundUnit === 'Attainment') return fillLabel(bandOfQuota, name.toLowerCase());
        return boundUnit === 'Count' || !this.currencyCode
            ? name
            : fillLabel(bandOf, name, this.currencyCode);
    }

    /** A heading for each column of values. */
    get valueHeadings() {
        if (!this.isGrid) return [{ key: 1, text: this.valueHeading }];
        const [first] = this.rows;
        return first.cells.map(({ key, columnText }) => ({ key, text: columnText }));
    }

    get valueHeading() {
        const { unit } = this.tiers[0];
        if (unit === 'Amount') return fillLabel(paysAmount, this.currencyCode ?? '');
        return unit === 'Multiplier' ? paysMultiple : paysRate;
    }

    get rows() {
        const highest = Math.max(...this.tiers.map(({ rate }) => rate ?? 0), Number.EPSILON);
        const rows = new Map();
        for (const tier of this.tiers) {
            const cell = {
                key: tier.columnNumber ?? 1,
                text: tier.valueText,
                columnText: tier.columnText,
                style: this.isGrid
                    ? `slds-text-align_right shade-${Math.round(((tier.rate ?? 0) / highest) * SHADES)}`
                    : 'slds-text-align_right'
            };
            const row = rows.get(tier.position) ?? {
                key: tier.position,
                band: this.bandText(tier),
                cells: []
            };
            rows.set(tier.position, { ...row, cells: [...row.cells, cell] });
        }
        return [...rows.values()];
    }

    bandText({ fromText, toText }) {
        if (this.isCurve) return fillLabel(at, fromText);
        if (!toText) return fillLabel(fromOn, fromText);
        return ZERO.test(fromText) ? fillLabel(upTo, toText) : fillLabel(fromTo, fromText, toText);
    }
}

function hasNumbers({ lowerBound, rate }) {
    return Number.isFinite(lowerBound) && Number.isFinite(rate);
}
