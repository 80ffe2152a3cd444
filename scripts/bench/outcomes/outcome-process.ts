// One side of the outcome bench in a process of its own: the naive way in SQL, or ours.
import { naiveWay } from './duckdb.ts';
import { ourWay } from './ours.ts';

const [side, count] = process.argv.slice(2) as ['naive' | 'ours', string];
const measured = side === 'naive' ? await naiveWay(Number(count)) : await ourWay(Number(count));
process.send!(measured, () => process.exit(0));
