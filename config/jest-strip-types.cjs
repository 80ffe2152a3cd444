// Jest transform: the same type stripping Node uses to run this code, so tests run what production runs.
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
    process: (source) => ({ code: stripTypeScriptTypes(source) })
};
