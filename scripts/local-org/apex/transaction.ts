// One execution of Apex: who runs it, its statics, its call stack, its limits, its journal. Interpretation is
// synchronous, so nothing else in the process interleaves with its rows; see journal.ts for how callouts wait.
import type { AccessMode, CallContext, Org, UserContext } from '../org.ts';
import { ApexThrown, apexError } from './errors.ts';
import type { Journal } from './journal.ts';
import type { ClassInfo, FieldInfo, MethodInfo } from './model.ts';
import type { Program } from './program.ts';
import type { TriggerContext } from './trigger-context.ts';
import type { ApexInstance, Value } from './values.ts';

const MAX_DEPTH = 1000;
const CPU_LIMIT_MS = 10_000;
const TICKS_PER_CPU_CHECK = 50_000;

/** The activation of one method. */
export class Frame {
    readonly tx: Transaction;
    readonly cls: ClassInfo;
    readonly methodName: string;
    readonly self: ApexInstance | null;
    /** Row sharing applies to system-mode access in this method. */
    readonly sharing: boolean;
    readonly locals: Value[];
    returned: Value = null;
    line = 0;
    constructor(
        tx: Transaction,
        cls: ClassInfo,
        methodName: string,
        self: ApexInstance | null,
        sharing: boolean,
        slots: number
    ) {
        this.tx = tx;
        this.cls = cls;
        this.methodName = methodName;
        this.self = self;
        this.sharing = sharing;
        this.locals = new Array<Value>(slots).fill(null);
    }
}

export interface TransactionOptions {
    program: Program;
    user: UserContext;
    journal: Journal;
    /** A cacheable method: DML is refused. */
    readOnly?: boolean;
    isTest?: boolean;
    /** Sharing at the entry point where the class does not say: on for Aura, off for tests. */
    entrySharing: boolean;
}

export interface Limits {
    queries: number;
    queryRows: number;
    dmlStatements: number;
    dmlRows: number;
    callouts: number;
    calloutMs: number;
}

export class Transaction {
    readonly org: Org;
    readonly program: Program;
    readonly journal: Journal;
    readonly readOnly: boolean;
    readonly isTest: boolean;
    readonly entrySharing: boolean;
    user: UserContext;
    readonly statics = new Map<FieldInfo, Value>();
    readonly initialised = new Set<ClassInfo>();
    readonly stack: Frame[] = [];
    /** Triggers under way, the innermost last. */
    readonly triggers: TriggerContext[] = [];
    /** Rows were written and not committed: no callout may follow. */
    uncommitted = false;
    calloutMock: ApexInstance | null = null;
    savepoints = 0;
    limits: Limits = newLimits();
    /** Of a test, while the limits between startTest and stopTest apply. */
    limitsOutside: Limits | 'not started' | 'stopped' = 'not started';
    readonly debugLog: string[] = [];
    private ticks = 0;
    private readonly startedCpu = process.cpuUsage();

    constructor(options: TransactionOptions) {
        this.program = options.program;
        this.org = options.program.org;
        this.user = options.user;
        this.journal = options.journal;
        this.readOnly = options.readOnly ?? false;
        this.isTest = options.isTest ?? false;
        this.entrySharing = options.entrySharing;
    }

    get top(): Frame | undefined {
        return this.stack.at(-1);
    }

    now(): Date {
        return new Date(this.journal.next('clock', '', () => this.org.clock().getTime()));
    }

    /** Who asks and under which rules, for a query or a save made by the running method. */
    callContext(asked: 'user' | 'system' | null): CallContext {
        const mode: AccessMode = asked === 'user' ? 'user' : this.top?.sharing ? 'sharing' : 'system';
        return { user: this.user, mode };
    }

    push(frame: Frame): void {
        if (this.stack.length >= MAX_DEPTH) throw depthExceeded();
        this.stack.push(frame);
    }

    pop(): void {
        this.stack.pop();
    }

    /** Called once per loop turn and method call, so that endless code ends. */
    tick(): void {
        if (++this.ticks % TICKS_PER_CPU_CHECK !== 0) return;
        const used = process.cpuUsage(this.startedCpu);
        if ((used.user + used.system) / 1000 > CPU_LIMIT_MS) {
            throw apexError('LimitException', 'Apex CPU time limit exceeded');
        }
    }

    /** Writes line and stack into an exception the first time it is seen with the stack it came from. */
    locate(thrown: ApexThrown): void {
        const error = thrown.exception.error;
        if (!error || error.stack) return;
        const all = this.stack.toReversed();
        // A trigger is where the story begins, whoever saved.
        const trigger = all.findIndex((frame) => frame.cls.isTrigger);
        const frames = trigger < 0 ? all : all.slice(0, trigger + 1);
        error.line = frames[0]?.line ?? 0;
        error.stack = frames.map((frame) => `${placeOf(frame)}: line ${frame.line}, column 1`).join('\n');
    }
}

const placeOf = ({ cls, methodName }: Frame): string =>
    cls.isTrigger ? `Trigger.${cls.name}` : `Class.${cls.fullName}.${methodName}`;

const depthExceeded = (): ApexThrown =>
    apexError('LimitException', `Maximum stack depth reached: ${MAX_DEPTH + 1}`);

/** Written with nothing that needs more stack than there is left. */
const isStackOverflow = (error: unknown): boolean =>
    error instanceof Error && error.message === 'Maximum call stack size exceeded';

export function newLimits(): Limits {
    return { queries: 0, queryRows: 0, dmlStatements: 0, dmlRows: 0, callouts: 0, calloutMs: 0 };
}

/** Whether `sharing` rules apply inside a class called from `caller`. */
export function sharingIn(cls: ClassInfo, tx: Transaction): boolean {
    const inherited = tx.top ? tx.top.sharing : null;
    switch (cls.sharing) {
        case 'with':
            return true;
        case 'without':
            return false;
        case 'inherited':
            return inherited ?? true;
        case 'omitted':
            return inherited ?? tx.entrySharing;
    }
}

/** Runs `work` in a new frame and keeps the stack and the exceptions' places right. */
export function inFrame(
    tx: Transaction,
    cls: ClassInfo,
    methodName: string,
    self: ApexInstance | null,
    slots: number,
    work: (frame: Frame) => void
): Value {
    const frame = new Frame(tx, cls, methodName, self, sharingIn(cls, tx), slots);
    tx.push(frame);
    try {
        work(frame);
        return frame.returned;
    } catch (error) {
        // JavaScript's own stack may end before MAX_DEPTH is reached.
        const thrown = isStackOverflow(error) ? depthExceeded() : error;
        if (thrown instanceof ApexThrown) tx.locate(thrown);
        throw thrown;
    } finally {
        tx.pop();
    }
}

/** Calls a method of the program with arguments already of the parameters' types. */
export function callMethod(
    tx: Transaction,
    method: MethodInfo,
    self: ApexInstance | null,
    args: Value[]
): Value {
    tx.tick();
    return inFrame(tx, method.cls, method.name, self, method.slots, (frame) => {
        for (let index = 0; index < args.length; index++) frame.locals[index] = args[index];
        frame.line = method.line;
        method.body(frame);
    });
}
