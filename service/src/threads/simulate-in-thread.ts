// Runs a simulation in a thread of its own: it calculates whole plans dozens of times.
import type { Simulate } from '../usecases/ports/simulations.ts';
import { inThread } from './in-thread.ts';

export const simulateInThread: Simulate = ({ tried, against }, options) => {
    const texts = [tried, against].map((one) => one && { definition: one.definition, input: one.input });
    return inThread('./simulation-thread.ts', { tried: texts[0], against: texts[1] }, options);
};
