// Anonymous Apex: statements that run once, as the method of a class that exists for that run only. Methods and types
// among the statements are refused by name.
import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import { notSupported } from '../org.ts';
import type { UserContext } from '../org.ts';
import { ApexThrown } from './errors.ts';
import { initialiseClass } from './objects.ts';
import type { Program } from './program.ts';
import { runToEnd } from './run-to-end.ts';
import { callMethod, Transaction } from './transaction.ts';

export interface AnonymousOutcome {
    /** What does not compile; nothing ran. */
    compileProblem: { message: string; line: number } | null;
    /** How it ended, when not well. */
    exception: { message: string; stackTrace: string; line: number } | null;
    /** What System.debug wrote. */
    debugLog: { line: number; text: string }[];
}

/** The class of the run, and its method. */
export const ANONYMOUS = 'AnonymousBlock';
const METHOD = 'run';
const HEAD = `public class ${ANONYMOUS} { public static void ${METHOD}() { `;

/** `load` compiles the org's classes together with this one. */
export async function executeAnonymous(
    user: UserContext,
    statements: string,
    load: (source: string) => Program
): Promise<AnonymousOutcome> {
    const syntaxError = checkSyntax(statements);
    if (syntaxError) return { compileProblem: syntaxError, exception: null, debugLog: [] };
    // On one line with the first statement, so that lines are those of the caller.
    const program = load(`${HEAD}${statements}\n} }`);
    const [problem] = program.problems;
    if (problem) {
        const own = problem.className === ANONYMOUS;
        const message = own ? problem.message : `${problem.message} (in ${problem.className})`;
        return { compileProblem: { message, line: problem.line }, exception: null, debugLog: [] };
    }
    return run(program, user);
}

async function run(program: Program, user: UserContext): Promise<AnonymousOutcome> {
    const cls = program.findClass(ANONYMOUS)!;
    const [method] = cls.methods.get(METHOD)!;
    let last: Transaction | undefined;
    let exception: AnonymousOutcome['exception'] = null;
    try {
        await runToEnd(
            (journal) => (last = new Transaction({ program, user, journal, entrySharing: true })),
            (tx) => {
                initialiseClass(tx, cls);
                callMethod(tx, method!, null, []);
            }
        );
    } catch (error) {
        if (!(error instanceof ApexThrown)) throw error;
        exception = exceptionOf(error);
    }
    return { compileProblem: null, exception, debugLog: (last?.debugLog ?? []).map(debugLine) };
}

function exceptionOf({ exception: { cls, error } }: ApexThrown): AnonymousOutcome['exception'] {
    const stackTrace = (error?.stack ?? '').replaceAll(`Class.${ANONYMOUS}.${METHOD}`, ANONYMOUS);
    const line = new RegExp(`^${ANONYMOUS}: line (\\d+)`, 'm').exec(stackTrace)?.[1];
    return { message: `${cls.fullName}: ${error?.message ?? ''}`, stackTrace, line: Number(line ?? 1) };
}

/** `Class:12 text` as the runtime writes it. */
function debugLine(written: string): { line: number; text: string } {
    const [, line = '0', text = ''] = /^[^:]*:(\d+) ([\s\S]*)$/.exec(written) ?? [];
    return { line: Number(line), text };
}

class SyntaxErrors extends ApexErrorListener {
    readonly found: { line: number; message: string }[] = [];

    override apexSyntaxError(line: number, _column: number, message: string): void {
        this.found.push({ line, message });
    }
}

/** The first syntax error; declarations are refused. */
function checkSyntax(statements: string): { line: number; message: string } | null {
    const errors = new SyntaxErrors();
    const unit = ApexParserFactory.createLexerAndParser(statements, errors).parser.anonymousUnit();
    if (errors.found.length > 0) return errors.found[0]!;
    for (const member of unit.anonymousBlock().anonymousBlockMember_list()) {
        const declaration = member.anonymousMemberDeclaration();
        if (declaration && !declaration.fieldDeclaration())
            throw notSupported(`methods and types in anonymous Apex (line ${member.start.line})`);
    }
    return null;
}
