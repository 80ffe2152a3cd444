// Which test carries out what the documents give people to type, and what no test can. A row names the beginning of a command and the
// options it is typed with; the longest row that fits counts. typed-commands.test.ts holds documents, tests and rows together.

interface Row {
    command: string;
    options?: string[];
}

export interface RunBy extends Row {
    /** its test, by file and name: the same command or what it calls first, with these options, at a smaller size */
    file: string;
    test: string;
}

export interface NotRun extends Row {
    /** stands in the document, too */
    why: string;
}

const PLUGIN = 'scripts/e2e/sf-cli-plumbline.test.ts';
const SF_METADATA = 'scripts/e2e/sf-cli-metadata.test.ts';
const SF_DATA = 'scripts/e2e/sf-cli-data.test.ts';
const SIGN_IN = 'scripts/e2e/sf-cli-sign-in.test.ts';
const SF_APEX = 'scripts/e2e/sf-cli-apex.test.ts';
const PLAN = 'scripts/plan/plan.test.ts';
const PLAN_ORG = 'scripts/plan/org.test.ts';
const BACKTEST = 'scripts/backtest/backtest.test.ts';
const DEMO = 'scripts/demo/demo.test.ts';
const SECURITY = 'scripts/security/commands.test.ts';
const PACKAGE = 'scripts/package/package.test.ts';
const LOCAL_ORG = 'scripts/local-org/test';
const MAIN_ORG = `${LOCAL_ORG}/bad-input-large.test.ts`;

export const RUN_BY: RunBy[] = [
    {
        command: 'npm run demo',
        file: DEMO,
        test: 'makes a firm, says which page to open as whom, answers, and ends with one Ctrl-C'
    },
    {
        command: 'npm run demo',
        options: ['--data'],
        file: DEMO,
        test: 'is refused at the malformed row, and imported whole once that is put right'
    },
    {
        command: 'npm run cli',
        file: PLUGIN,
        test: 'is told by the doctor what to do first, and the exit code is 1'
    },
    {
        command: 'npm run faults',
        file: 'scripts/faults/faults.test.ts',
        test: 'a run that is killed, signed out, out of disk, in another hour and asked for twice loses nothing'
    },
    {
        command: 'npm run fuzz',
        file: 'service/test/security/fuzz.test.ts',
        test: 'generated requests of every kind to every route find no 5xx, no hang, no leak and nobody let in'
    },
    {
        command: 'npm run package',
        options: ['--version'],
        file: PACKAGE,
        test: 'all of it is written by the command, with the version it is given'
    },
    {
        command: 'npm run security -- secrets',
        file: SECURITY,
        test: 'says how many files it has read and finds nothing: secrets'
    },
    {
        command: 'npm run security -- sbom',
        file: SECURITY,
        test: 'prints a list of parts that a program can read: sbom'
    },
    {
        command: 'npm run plan -- run',
        file: PLAN,
        test: 'prints the result of the documented example as JSON and nothing else'
    },
    { command: 'npm run plan -- validate', file: PLAN, test: 'says that all is well' },
    {
        command: 'npm run plan -- explain',
        file: PLAN,
        test: 'explain prints the plan in words with its complexity'
    },
    {
        command: 'npm run plan -- test',
        file: PLAN,
        test: 'runs the cases beside a plan and names what differs'
    },
    {
        command: 'npm run plan -- check',
        file: PLAN,
        test: 'check derives every figure of a result anew, and names one that does not follow'
    },
    {
        command: 'npm run plan -- simulate',
        options: ['--against'],
        file: 'service/test/simulation/simulation-runs.test.ts',
        test: 'tells the cents the command line tells for the same plans and deals'
    },
    {
        command: 'npm run plan -- import',
        options: ['--org'],
        file: PLAN_ORG,
        test: 'goes into the org as a draft with what the rule packs find'
    },
    {
        command: 'npm run plan -- export',
        options: ['--org', '--to'],
        file: PLAN_ORG,
        test: 'comes back as the same text and the same cases'
    },
    {
        command: 'npm run plan -- packs',
        file: PLAN,
        test: 'packs runs the cases of every rule pack, and its page is as it was'
    },
    {
        command: 'npm run plan -- docs',
        file: 'service/test/plans.test.ts',
        test: 'the pages in service/docs/plans say what the plans say now'
    },
    {
        command: 'npm run scorecards -- definitions',
        file: 'scripts/scorecards/definitions/command.test.ts',
        test: 'the page of definitions says what the files say today'
    },
    {
        command: 'npm run backtest',
        options: ['--as-of', '--out', '--close'],
        file: BACKTEST,
        test: 'too short a history leaves the probabilities empty and says why'
    },
    {
        command: 'npm run winmodel',
        options: ['--train', '--score', '--out'],
        file: BACKTEST,
        test: 'says that there is no signal and gives every row the base rate'
    },
    {
        command: 'node scripts/local-org/main.ts',
        options: ['--file', '--port'],
        file: MAIN_ORG,
        test: 'the database is whole after all of that'
    },
    {
        command: 'node scripts/local-org/support-page/main.ts',
        file: `${LOCAL_ORG}/support-page.test.ts`,
        test: 'the page about what is supported says what the org answers today'
    },
    {
        command: 'node service/src/main.ts',
        file: 'service/test/main.test.ts',
        test: 'a process with right settings answers, and ends with 0 on SIGTERM'
    },
    {
        command: 'curl /local-org/faults',
        file: `${LOCAL_ORG}/faults.test.ts`,
        test: 'switches a fault on, lists what has yet to strike, and clears it'
    },
    {
        command: 'curl /local-org/clients',
        file: `${LOCAL_ORG}/jwt-bearer.test.ts`,
        test: 'whoever signs with the private key of the uploaded certificate is signed in as the user named'
    },
    {
        command: 'curl /local-org/packages',
        file: SF_APEX,
        test: 'install brings the package into the org, and installed list names its version'
    },
    {
        command: 'curl /local-org/limits',
        file: `${LOCAL_ORG}/limits.test.ts`,
        test: 'another process sets the daily limit through the door'
    },
    {
        command: 'npm test',
        file: 'scripts/test/documented/typed-commands.test.ts',
        test: 'npm test names the parts it runs'
    },
    {
        command: 'sf plumbline install',
        options: ['--service-url', '--integration-user', '--manager', '--payee'],
        file: PLUGIN,
        test: 'install deploys the package, points it at the service and makes the integration user'
    },
    {
        command: 'sf plumbline connect',
        options: ['--client-id'],
        file: PLUGIN,
        test: 'connect registers the org and stores the key; while the app is not allowed it names that step'
    },
    {
        command: 'sf plumbline connect',
        options: ['--rotate', '--client-id'],
        file: PLUGIN,
        test: '--rotate gives the org a new key and ends the one before'
    },
    {
        command: 'sf plumbline doctor',
        file: PLUGIN,
        test: 'the doctor finds nothing that fails; what it warns of has a next step'
    },
    {
        command: 'sf plumbline seed',
        options: ['--plan'],
        file: PLUGIN,
        test: 'seed gives the org its definitions and a plan as a draft; again it makes nothing'
    },
    {
        command: 'sf plumbline run',
        options: ['--scope'],
        file: PLUGIN,
        test: 'run asks the service through the org and follows the run to its end'
    },
    {
        command: 'sf plumbline run',
        options: ['--kind', '--period'],
        file: PLUGIN,
        test: 'run --kind pay of a period the org does not have ends with 1 and says so'
    },
    {
        command: 'sf plumbline status',
        file: PLUGIN,
        test: 'status shows the run, how old the figures are, and the versions'
    },
    {
        command: 'sf plumbline plan export',
        options: ['--output-dir'],
        file: PLUGIN,
        test: 'a plan comes back from the org with the hash it went in with'
    },
    {
        command: 'sf plumbline plan import',
        file: PLUGIN,
        test: 'a plan comes back from the org with the hash it went in with'
    },
    {
        command: 'sf plumbline plan test',
        file: PLUGIN,
        test: 'plan test and plan validate end with 1 when something is wrong, and name it'
    },
    {
        command: 'sf plumbline plan validate',
        file: PLUGIN,
        test: 'plan test and plan validate end with 1 when something is wrong, and name it'
    },
    {
        command: 'sf plumbline uninstall',
        options: ['--confirm'],
        file: PLUGIN,
        test: '--confirm removes all of it, and the service knows the org no more'
    },
    {
        command: 'sf plugins link scripts/cli',
        options: ['--no-install'],
        file: PLUGIN,
        test: 'is told by the doctor what to do first, and the exit code is 1'
    },
    {
        command: 'sf org login access-token',
        options: ['--instance-url', '--no-prompt'],
        file: SIGN_IN,
        test: 'sf org login access-token: the org is known, and shown as connected'
    },
    {
        command: 'sf org login jwt',
        options: ['--client-id', '--jwt-key-file', '--username', '--instance-url'],
        file: SIGN_IN,
        test: 'sf org login jwt: the key signs in, and signs in anew when the session has ended'
    },
    {
        command: 'sf org list metadata',
        file: SF_METADATA,
        test: 'org list metadata names what was deployed, and refuses a type that it does not know'
    },
    {
        command: 'sf org list metadata-types',
        file: SF_METADATA,
        test: 'org list metadata-types names what can be deployed'
    },
    {
        command: 'sf project deploy start',
        options: ['--source-dir'],
        file: SF_METADATA,
        test: 'puts the whole package into the org, its Apex tests run, and jsforce finds its objects'
    },
    {
        command: 'sf project deploy validate',
        file: SF_METADATA,
        test: 'deploy quick keeps what deploy validate found good'
    },
    {
        command: 'sf project deploy quick',
        file: SF_METADATA,
        test: 'deploy quick keeps what deploy validate found good'
    },
    {
        command: 'sf project deploy cancel',
        file: SF_METADATA,
        test: 'a deploy that still waits is canceled, one that is over is not'
    },
    {
        command: 'sf project deploy report',
        file: SF_METADATA,
        test: '--async returns at once, and deploy report tells the end'
    },
    {
        command: 'sf project retrieve start',
        file: SF_METADATA,
        test: 'project retrieve start into an empty project gives back the package that was deployed'
    },
    { command: 'sf apex run', file: SF_APEX, test: 'runs statements with the classes of the package' },
    { command: 'sf apex run test', file: SF_APEX, test: '--wait runs all tests of the package' },
    {
        command: 'sf apex get test',
        file: SF_APEX,
        test: 'without --wait returns the id of a run that get test reports, and that can be queried'
    },
    {
        command: 'sf package install',
        options: ['--package', '--wait'],
        file: SF_APEX,
        test: 'install brings the package into the org, and installed list names its version'
    },
    {
        command: 'sf package installed list',
        file: SF_APEX,
        test: 'install brings the package into the org, and installed list names its version'
    },
    {
        command: 'sf data import bulk',
        options: ['--sobject', '--file'],
        file: SF_DATA,
        test: 'sf data import bulk makes rows, with quotes, commas and line breaks in their values'
    },
    {
        command: 'sf data upsert bulk',
        options: ['--sobject', '--external-id', '--file', '--wait'],
        file: SF_DATA,
        test: 'sf data upsert bulk changes what is there and makes what is not'
    }
];

const DEV_HUB = 'needs a Dev Hub with the namespace';

export const NOT_RUN: NotRun[] = [
    {
        command: 'npm run bench',
        options: ['--only', '--size', '--sets', '--seed'],
        why: 'minutes of both cores; its figures are of a quiet machine'
    },
    {
        command: 'npm run faults',
        options: ['--kills', '--seconds'],
        why: 'up to an hour; the same bench is run with two kills'
    },
    { command: 'npm run security -- audit', why: 'needs a registry that answers audits' },
    { command: 'npm run security -- graph', why: 'minutes of both cores, and Java' },
    {
        command: 'sf plumbline install',
        options: ['--dry-run'],
        why: 'deploys the whole package once more; the same without it is run'
    },
    {
        command: 'sf org login web',
        options: ['--instance-url'],
        why: 'needs a browser and an org of Salesforce'
    },
    { command: 'sf package create', options: ['--name', '--package-type', '--path'], why: DEV_HUB },
    {
        command: 'sf package version create',
        options: ['--package', '--code-coverage', '--installation-key-bypass', '--wait'],
        why: DEV_HUB
    },
    { command: 'sf package version promote', options: ['--package'], why: DEV_HUB },
    {
        command: 'sf package install',
        options: ['--package', '--wait', '--publish-wait'],
        why: 'waits for a version of Salesforce; without --publish-wait it is run'
    },
    {
        command: 'sf code-analyzer run',
        options: ['--rule-selector'],
        why: 'the plug-in cannot be installed offline; PMD and Graph Engine are run without it'
    },
    { command: 'npx jest', options: ['--forceExit'], why: 'in a checkout of jsforce' },
    { command: 'sf project deploy start', options: ['--metadata-dir'], why: 'in a checkout of jsforce' }
];
