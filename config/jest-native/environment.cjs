// Jest environment of the tests that run in Node itself: the globals are Node's own, not those of a sandbox. What a test file may
// have changed of its process is put back behind it, as the next file runs in the same one.
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

module.exports = class NativeEnvironment {
    constructor({ projectConfig }) {
        this.global = globalThis;
        this.moduleMocker = new ModuleMocker(globalThis);
        this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    }

    async setup() {
        this.environmentVariables = { ...process.env };
        this.exit = process.exit;
    }

    async teardown() {
        this.fakeTimersModern.dispose();
        for (const name of Object.keys(process.env))
            if (!(name in this.environmentVariables)) delete process.env[name];
        Object.assign(process.env, this.environmentVariables);
        process.exit = this.exit;
        process.exitCode = undefined;
    }

    /** Asked for by jest; nothing runs in a context of its own. */
    getVmContext() {
        return null;
    }
};
