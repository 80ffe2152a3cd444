// Jest's runtime without its sandbox: a test file and all it imports are loaded by Node, as in production, with Node's own type
// stripping, and what several files import is loaded once a worker. Under the sandbox loading and every use of a global (Math, Map)
// took a third of the time of all tests. There are no mocks of modules, which only the sandbox could give.
const { registerHooks } = require('node:module');
const { sep } = require('node:path');
const { pathToFileURL } = require('node:url');
const { default: JestRuntime } = require('jest-runtime');

const GLOBALS = pathToFileURL(require.resolve('./globals.mjs')).href;
const CIRCUS = `${sep}jest-circus${sep}build${sep}`;

// Outside its sandbox the package of that name only throws.
registerHooks({
    resolve: (specifier, context, next) =>
        specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context)
});

module.exports = class NativeRuntime extends JestRuntime {
    unstable_shouldLoadAsEsm() {
        return true;
    }

    async unstable_importModule(path) {
        globalThis.jest = this._createJestObjectFor(path);
        return import(pathToFileURL(path).href);
    }

    /** Jest's own modules. The framework keeps the tests and handlers of one file, so each file has its own. */
    requireInternalModule(path) {
        if (path.includes(CIRCUS))
            for (const name of Object.keys(require.cache))
                if (name.includes(CIRCUS)) delete require.cache[name];
        return require(path);
    }
};
