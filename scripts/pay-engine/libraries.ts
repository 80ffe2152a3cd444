// The packages the engine is built on, in one file of their own: a file of a Lightning component has a largest size.
export { sha256 } from '@noble/hashes/sha2.js';
export { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
export { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
