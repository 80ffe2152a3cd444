// The months of a metric as a line, with its floor and target as dashes. For the eye only: the figures stand in the table
// of the metric. Months without a figure leave a gap.
import { LightningElement, api } from 'lwc';

const WIDTH = 100;
const HEIGHT = 24;
const EDGE = 2;

export default class MetricCourse extends LightningElement {
    /** [{month, value, n}] oldest first */
    @api series = [];
    @api floorValue;
    @api targetValue;

    get bounds() {
        const values = [...this.series.map(({ value }) => value), this.floorValue, this.targetValue].filter(
            (value) => value !== null && value !== undefined
        );
        const [least, most] = [Math.min(...values), Math.max(...values)];
        return { least, span: most - least || 1 };
    }

    get hasCourse() {
        return this.series.some(({ value }) => value !== null && value !== undefined);
    }

    yOf(value) {
        const { least, span } = this.bounds;
        return HEIGHT - EDGE - ((value - least) / span) * (HEIGHT - 2 * EDGE);
    }

    get points() {
        const steps = Math.max(1, this.series.length - 1);
        return this.series.map(({ value }, index) =>
            value === null || value === undefined
                ? null
                : { key: index, x: EDGE + (index / steps) * (WIDTH - 2 * EDGE), y: this.yOf(value) }
        );
    }

    /** One path; the pen is lifted where a month has no figure. */
    get path() {
        let isDown = false;
        return this.points
            .map((point) => {
                const step = point && `${isDown ? 'L' : 'M'}${point.x.toFixed(2)} ${point.y.toFixed(2)}`;
                isDown = Boolean(point);
                return step ?? '';
            })
            .join('');
    }

    get last() {
        return this.points.findLast((point) => point !== null);
    }

    get hurdles() {
        return [
            { key: 'floor', value: this.floorValue },
            { key: 'target', value: this.targetValue }
        ]
            .filter(({ value }) => value !== null && value !== undefined)
            .map(({ key, value }) => ({ key, y: this.yOf(value), lineClass: `hurdle hurdle_${key}` }));
    }
}
