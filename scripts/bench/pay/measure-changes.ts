// Changes one at a time in a process of their own: tells what they cost, and what differs in the end.
import { measureChanges } from './engines/changes.ts';

process.send!(await measureChanges(Number(process.argv[2])), () => process.exit(0));
