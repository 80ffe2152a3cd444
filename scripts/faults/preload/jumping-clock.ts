// Loaded before the service: at SIGUSR2 the clock of this process jumps by FAULT_HOURS, forward or back.
const HOUR_MS = 3_600_000;
const RealDate = Date;
const realNow = Date.now.bind(Date);
let jumpedMs = 0;

RealDate.now = () => realNow() + jumpedMs;
globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
        Reflect.construct(target, given.length === 0 ? [RealDate.now()] : given, newTarget) as object
});
process.on('SIGUSR2', () => (jumpedMs += Number(process.env.FAULT_HOURS) * HOUR_MS));
