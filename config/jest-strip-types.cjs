// Jest transform: the same type stripping Node uses to run this code, so tests run what production runs.
const { stripTypeScriptTypes } = require('node:module');
const { TAKEN_ONCE } = require('./jest-globals-once.cjs');

module.exports = {
    process: (source) => ({ code: TAKEN_ONCE + stripTypeScriptTypes(source) })
};
