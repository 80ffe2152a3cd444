// Shapes of requests and answers, as TypeBox: they validate, type the handlers and are published as OpenAPI.
import Type from 'typebox';

const Count = () => Type.Integer({ minimum: 0 });
const Moment = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

const PipelineRunSchema = Type.Object(
    {
        kind: Type.Literal('pipeline'),
        scope: Type.Optional(
            Type.Union([Type.Literal('full'), Type.Literal('delta')], {
                description:
                    'full reads everything again; delta (the default) falls back to full when it has to'
            })
        )
    },
    { additionalProperties: false }
);

const ForecastRunSchema = Type.Object(
    {
        kind: Type.Literal('forecast', {
            description:
                'forecast reviews the quarter and the next one: real pipeline, range, chances of deals'
        })
    },
    { additionalProperties: false }
);

const ScorecardRunSchema = Type.Object(
    {
        kind: Type.Literal('scorecards', {
            description:
                'scorecards reviews people: sheets against standards, early warnings, the week of each manager'
        })
    },
    { additionalProperties: false }
);

const DataRequestRunSchema = Type.Object(
    {
        kind: Type.Literal('data-requests', {
            description:
                'data-requests answers what is asked in DataRequest__c: exports and erasures of personal data'
        })
    },
    { additionalProperties: false }
);

const PayRunSchema = Type.Object(
    {
        kind: Type.Union([Type.Literal('pay'), Type.Literal('publication')], {
            description:
                'pay calculates the period; publication makes the statements of a published period final'
        }),
        period: Type.String({
            minLength: 1,
            maxLength: 40,
            description: 'key of the period (ExternalKey__c), e.g. 2026-Q3'
        })
    },
    { additionalProperties: false }
);

const Day = (description: string) => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description });
const VersionKey = (description: string) => Type.String({ minLength: 1, maxLength: 120, description });

const SimulationRunSchema = Type.Object(
    {
        kind: Type.Literal('simulation', {
            description: 'simulation tries a plan version on the past; nothing is paid'
        }),
        planVersion: VersionKey('key of the plan version (ExternalKey__c), e.g. seller:2'),
        against: Type.Optional(VersionKey('key of the version to compare with; left out: none')),
        from: Day('first day that is replayed'),
        to: Day('last day that is replayed')
    },
    { additionalProperties: false }
);

export const RunRequestSchema = Type.Union([
    PipelineRunSchema,
    ForecastRunSchema,
    ScorecardRunSchema,
    DataRequestRunSchema,
    PayRunSchema,
    SimulationRunSchema
]);

export const RunAcceptedSchema = Type.Object({
    runKey: Type.String(),
    status: Type.String(),
    alreadyRunning: Type.Boolean()
});

export const RunKeySchema = Type.Object({ runKey: Type.String({ minLength: 1, maxLength: 36 }) });

export const RunCancelSchema = Type.Object({
    runKey: Type.String(),
    status: Type.String(),
    outcome: Type.Union([Type.Literal('cancelled'), Type.Literal('asked')], {
        description: 'cancelled: it had not begun; asked: it ends at its next call to the org'
    })
});

export const RunStatusSchema = Type.Object({
    runKey: Type.String(),
    kind: Type.String(),
    period: Type.Union([Type.String(), Type.Null()], {
        description: 'key of the period; null for pipeline runs'
    }),
    status: Type.String(),
    stage: Type.String(),
    scope: Type.String(),
    trigger: Type.String(),
    progressPercent: Count(),
    requestedAt: Moment('when the run was asked for'),
    startedAt: Moment('when it began'),
    finishedAt: Moment('when it ended'),
    dataAsOf: Moment('the moment of the data it worked on'),
    counts: Type.Object({
        read: Count(),
        computed: Count(),
        written: Count(),
        skipped: Count(),
        failed: Count(),
        apiCalls: Count()
    }),
    warnings: Type.Array(Type.Object({ code: Type.String(), message: Type.String(), count: Count() })),
    errors: Type.Array(Type.Object({ code: Type.String(), message: Type.String(), count: Count() }))
});

export const LiveSchema = Type.Object({ status: Type.Literal('ok') });

export const ReadySchema = Type.Object({
    status: Type.Union([Type.Literal('ready'), Type.Literal('not ready')]),
    failing: Type.Array(Type.String())
});

export const ErrorSchema = Type.Object({
    error: Type.Object({
        code: Type.String(),
        message: Type.String(),
        where: Type.String(),
        fix: Type.String(),
        requestId: Type.String()
    })
});
