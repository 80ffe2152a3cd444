// Which test files begin first where nothing is known of earlier runs: those that take a minute or more, as one that begins last
// keeps one core waiting for it. The order of all others is jest's own.
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST = [
    'scripts/e2e/sf-cli-metadata.test.ts',
    'scripts/demo/demo.test.ts',
    'scripts/e2e/forecast-states.test.ts',
    'scripts/e2e/scorecard-states.test.ts',
    // Waits for the sf CLI if it comes while the first one installs it.
    'scripts/e2e/sf-cli-apex.test.ts',
    'scripts/e2e/states.test.ts',
    'scripts/local-org/test/lightning-page.test.ts',
    'scripts/local-org/test/soql-differential.test.ts',
    'scripts/scorecards/docs.test.ts',
    'service/test/domain/quarter/review-quarters.test.ts'
];

const placeOf = ({ path }) => {
    const place = LONGEST.findIndex((name) => path.replaceAll('\\', '/').endsWith(name));
    return place === -1 ? LONGEST.length : place;
};

module.exports = class LongestFirst extends Sequencer {
    sort(tests) {
        return [...super.sort(tests)].sort((a, b) => placeOf(a) - placeOf(b));
    }
};
