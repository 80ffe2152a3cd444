// A wrong value in data or policy: what is wrong, where, which value, and what to do about it.
// Problems are collected and reported together; a broken promise inside our own code is an Error instead.

export interface Problem {
    /** stable key, UPPER_SNAKE, listed in service/docs */
    code: string;
    /** e.g. "Opportunity 006... Amount" or "policy R5, stage *, segment *" */
    where: string;
    /** the value as it arrived */
    value: string;
    /** one sentence: what to do */
    fix: string;
}

/** Thrown where one wrong value stops the work, e.g. a ragged row in a file. */
export class ProblemError extends Error {
    readonly problem: Problem;

    constructor(problem: Problem) {
        super(`${problem.code} at ${problem.where}: ${JSON.stringify(problem.value)}. ${problem.fix}`);
        this.name = 'ProblemError';
        this.problem = problem;
    }
}
