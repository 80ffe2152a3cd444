// The five dimensions of a scorecard as a picture (a pentagon, 100 at the rim), with the same figures beside it in words.
// The picture is for the eye only; the list says everything.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import { DIMENSIONS } from 'c/scorecardWording';
import weightText from '@salesforce/label/c.SpmDimensionWeight';
import coverageText from '@salesforce/label/c.SpmDimensionCoverage';
import beforeText from '@salesforce/label/c.SpmDimensionBefore';

const CENTRE = 50;
const RADIUS = 40;
const MOST = 100;
const RINGS = [25, 50, 75, 100];

/** Point of the pentagon: dimension 0 stands at the top, the others follow clockwise. */
function pointAt(index, score) {
    const angle = (index / DIMENSIONS.length) * 2 * Math.PI - Math.PI / 2;
    const distance = (RADIUS * Math.min(MOST, Math.max(0, score))) / MOST;
    return [CENTRE + distance * Math.cos(angle), CENTRE + distance * Math.sin(angle)];
}

const pathOf = (scores) =>
    scores
        .map((score, index) =>
            pointAt(index, score)
                .map((n) => n.toFixed(2))
                .join(',')
        )
        .join(' ');

export default class DimensionPicture extends LightningElement {
    /** As ScorecardController tells them: [{dimension, weight, score, coverage, previous}] */
    @api dimensions = [];

    get ordered() {
        const byKey = new Map(this.dimensions.map((one) => [one.dimension, one]));
        return DIMENSIONS.map(({ key, label }) => ({ key, label, ...byKey.get(key) }));
    }

    get rings() {
        return RINGS.map((score) => ({ key: score, points: pathOf(DIMENSIONS.map(() => score)) }));
    }

    get spokes() {
        return DIMENSIONS.map(({ key }, index) => {
            const [x, y] = pointAt(index, MOST);
            return { key, x, y };
        });
    }

    get shape() {
        return pathOf(this.ordered.map(({ score }) => score ?? 0));
    }

    /** Without a score there is no mark: a mark at zero would be a score. */
    get marks() {
        return this.ordered
            .map(({ key, score }, index) => ({ key, score, point: pointAt(index, score ?? 0) }))
            .filter(({ score }) => score !== null && score !== undefined)
            .map(({ key, point: [x, y] }) => ({ key, x, y }));
    }

    get rows() {
        return this.ordered
            .filter(({ weight }) => weight)
            .map((one) => ({ ...one, score: one.score ?? null, words: this.wordsOf(one) }));
    }

    wordsOf({ weight, coverage, previous }) {
        const percent = (share) => formatNumber(share, { style: 'percent', maximumFractionDigits: 0 });
        return [
            fillLabel(weightText, percent(weight)),
            ...(coverage < 1 ? [fillLabel(coverageText, percent(coverage))] : []),
            ...(previous === null || previous === undefined
                ? []
                : [fillLabel(beforeText, formatNumber(previous, { maximumFractionDigits: 0 }))])
        ].join(' · ');
    }
}
