// Jest transform of modules that are JavaScript as they are, and what it shares with that of TypeScript.
//
// In jest's sandbox each use of a global is looked up again and costs a hundred times what it costs elsewhere, so loops of arithmetic
// spent their time there. Each module takes those that nothing replaces once, in its first line.
const GLOBALS =
    'Array BigInt Boolean Infinity JSON Map Math NaN Number Object RegExp Set String Symbol WeakMap WeakSet ' +
    'Float32Array Float64Array Int16Array Int32Array Uint8Array Uint16Array Uint32Array';
const TAKEN_ONCE = `const { ${GLOBALS.replaceAll(' ', ', ')} } = globalThis; `;

module.exports = {
    TAKEN_ONCE,
    process: (source) => ({ code: TAKEN_ONCE + source })
};
