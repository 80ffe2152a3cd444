// Works out the pay of a period in a thread of its own: thousands of statements are calculated, checked and hashed.
import type { WorkOutPay } from '../usecases/ports.ts';
import { inThread } from './in-thread.ts';

export const payInThread: WorkOutPay = (facts, options) => inThread('./pay-thread.ts', facts, options);
