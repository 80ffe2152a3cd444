// What the answers of the doors in pay-doors.ts say.

/** Whether an answer of any door says no: a status, a row's success, a failed job or its failed results. */
export function isRefused(answer: unknown): boolean {
    if (Array.isArray(answer)) {
        const [job, successful, failed] = answer;
        const wasRun = successful.body.trim().split('\n').length > 1;
        return !wasRun && (job.state === 'Failed' || failed.body.trim().split('\n').length > 1);
    }
    const { status, body } = answer as { status: number; body: any };
    if (status >= 400) return true;
    const results = Array.isArray(body)
        ? body
        : (body?.compositeResponse ?? body?.results ?? (body?.hasErrors ? body.results : []));
    return (
        results.length > 0 &&
        results.every(
            (one: any) =>
                one.success === false ||
                one.httpStatusCode >= 400 ||
                one.statusCode >= 400 ||
                one.errors?.length > 0
        )
    );
}
