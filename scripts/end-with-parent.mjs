// Loaded into a process we start (node --import): it ends when whoever started it is gone, even when killed with -9.
// Without this, a killed demo would leave its service behind, holding the port and the data. A kill and not a graceful
// end: the work was lost with the parent, and everything we start can be killed at any moment.
if (process.connected) {
    process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
    process.channel.unref();
}
