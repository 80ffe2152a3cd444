// Compares chunks of random sets, one for each number it is sent.
import { compareChunk } from './sets.ts';

const seed = Number(process.argv[2]);
process.on('message', (chunk: number) => process.send!(compareChunk(seed, chunk)));
// It waits to be asked (end-with-parent.mjs lets processes that nothing keeps end).
process.channel!.ref();
