// npm run fuzz [-- --requests 100000 --seed 1]: generated requests against the service, from its own OpenAPI. Prints a table
// and ends with 1 when an answer was not as it should be, or when the service holds more than before.
import { readOptions, refuse } from '../../options.ts';
import { fuzz } from './fuzz.ts';
import { reportLines, verdictOf } from './report.ts';

const USAGE = `npm run fuzz [-- options]
  --requests N   how many are made (100000)
  --seed N       where they come from (1)`;
const values = readOptions(
    { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
    USAGE
);
const requests = Number(values.requests);
const seed = Number(values.seed);
if (!Number.isSafeInteger(requests) || requests < 1 || !Number.isSafeInteger(seed))
    refuse('--requests needs a whole number from 1, --seed a whole number.', USAGE);

const report = await fuzz({
    requests,
    seed,
    onProgress: (done) => {
        if (done % 10_000 === 0) console.error(`${done} of ${requests} sent`);
    }
});
for (const line of reportLines(report, seed)) console.log(line);
process.exitCode = verdictOf(report).length === 0 ? 0 : 1;
