// What can be wrong before anything of ours runs, each as a sentence or null. Pure: facts come in as arguments.
// Old versions of Node must still be able to read this file and start.mjs, to be told that they are too old: no syntax
// newer than Node 14's and no named imports of what older versions lack.
export const NEEDED_BYTES = 3 * 1024 ** 3;
const OLDEST_TO_BEGIN = 20;
const WANTED = 24;

/** `version` as in process.versions.node */
export function majorOf(version) {
    return Number(version.split('.')[0]);
}

export function oldNodeProblem(version) {
    if (majorOf(version) >= OLDEST_TO_BEGIN) return null;
    return (
        `Node ${version} is too old; Node ${OLDEST_TO_BEGIN} or newer is needed to begin ` +
        `(Node ${WANTED} is then brought along). Install it from https://nodejs.org and run the same command again.`
    );
}

export function diskProblem(freeBytes, folder) {
    if (freeBytes >= NEEDED_BYTES) return null;
    return (
        `the disk of ${folder} has ${inGigabytes(freeBytes)} GB free and ${inGigabytes(NEEDED_BYTES)} GB are needed. ` +
        'Free some space and run the same command again.'
    );
}

/** Rounded down: 2.99 GB are not 3. */
function inGigabytes(bytes) {
    return (Math.floor((bytes / 1024 ** 3) * 10) / 10).toFixed(1);
}

/**
 * Install scripts stay off: every native part we use ships prebuilt inside its package. Not `npm ci`: it refuses a lock
 * file that lacks packages of other platforms, and a registry that does not carry those never gets them into the lock.
 */
export const installArguments = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error'
];

/** `outcome` as spawnSync gives it */
export function npmProblem(outcome) {
    if (outcome.error) return `npm could not be started (${outcome.error.message}). Is npm installed?`;
    if (outcome.status === 0) return null;
    return 'npm could not install the packages; its own message is above. Nothing was started.';
}

/** The first Node 24 that runs: one that came with the packages, or else the one running now; null when neither. */
export function chooseNode(candidates, runs, current) {
    const brought = candidates.find(runs);
    if (brought) return brought;
    return majorOf(current.version) >= WANTED ? current.file : null;
}

export function noNodeProblem(platform, arch) {
    return (
        `no Node ${WANTED} for ${platform} ${arch} came with the packages. ` +
        `Install Node ${WANTED} from https://nodejs.org and run the same command again.`
    );
}
