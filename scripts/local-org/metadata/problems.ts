// A deploy problem as Salesforce reports it: which file, where in it, and what is wrong. Everything that checks a
// deploy collects these instead of throwing, so that one deploy tells about all its mistakes.

export interface Position {
    lineNumber?: number;
    columnNumber?: number;
}

export interface DeployProblem extends Position {
    componentType: string;
    fullName: string;
    fileName: string;
    problem: string;
    problemType: 'Error' | 'Warning';
}

/** Thrown when the package as a whole cannot be read (no zip, no package.xml). */
export class UnreadablePackage extends Error {
    override readonly name = 'UnreadablePackage';
    /** Salesforce's errorStatusCode. */
    readonly statusCode: string;

    constructor(message: string, statusCode = 'UNKNOWN_EXCEPTION') {
        super(message);
        this.statusCode = statusCode;
    }
}

/** 1-based line and column of an offset in a text. */
export function positionAt(text: string, offset: number): Required<Position> {
    return positionsIn(text)(offset);
}

/** The same for many offsets of one text. */
export function positionsIn(text: string): (offset: number) => Required<Position> {
    const lineStarts = [0];
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1))
        lineStarts.push(end + 1);
    return (offset) => {
        let [first, after] = [0, lineStarts.length];
        while (after - first > 1) {
            const middle = (first + after) >> 1;
            if (lineStarts[middle]! <= offset) first = middle;
            else after = middle;
        }
        return { lineNumber: first + 1, columnNumber: offset - lineStarts[first]! + 1 };
    };
}
