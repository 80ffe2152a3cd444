// Types of start-checks.mjs, which stays plain JavaScript for old versions of Node.
export const NEEDED_BYTES: number;
export function majorOf(version: string): number;
export function oldNodeProblem(version: string): string | null;
export function diskProblem(freeBytes: number, folder: string): string | null;
export const installArguments: string[];
export function npmProblem(outcome: { status: number | null; error?: Error }): string | null;
export function chooseNode(
    candidates: string[],
    runs: (file: string) => boolean,
    current: { file: string; version: string }
): string | null;
export function noNodeProblem(platform: string, arch: string): string;
