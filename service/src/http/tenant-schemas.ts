// Shapes of the operator's routes and of what an org asks about its own connection.
import Type from 'typebox';

const Text = (description: string) => Type.String({ minLength: 1, maxLength: 255, description });
const OrNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const OrgIdSchema = Type.Object({
    orgId: Type.String({ pattern: '^00D[A-Za-z0-9]{15}$', description: 'the 18-character org id' })
});
export const FingerprintSchema = Type.Object({
    fingerprint: Type.String({ pattern: '^[0-9a-f]{1,64}$', description: 'as told when the key was made' })
});
export const OrgAndFingerprintSchema = Type.Object({
    ...OrgIdSchema.properties,
    ...FingerprintSchema.properties
});

export const RegistrationSchema = Type.Object(
    {
        orgId: Type.String({ pattern: '^00D[A-Za-z0-9]{15}$', description: 'the 18-character org id' }),
        myDomain: Text('exactly https://<my domain>.my.salesforce.com'),
        namespace: Type.String({
            pattern: '^([A-Za-z][A-Za-z0-9_]{0,14})?$',
            description: 'of the installed package; "" when deployed as source'
        }),
        clientId: Text('consumer key of the external client app'),
        clientSecret: Text('consumer secret of the external client app; kept sealed, never told again')
    },
    { additionalProperties: false }
);

const Status = Type.Union([Type.Literal('Active'), Type.Literal('Suspended'), Type.Literal('Disconnected')]);

export const RegisteredSchema = Type.Object({
    orgId: Type.String(),
    status: Status,
    key: OrNull(
        Type.String({ description: 'told this once; null when the org has keys already: ask for a new one' })
    )
});

export const TenantStatusSchema = Type.Object({ orgId: Type.String(), status: Status });

const KeyFacts = { fingerprint: Type.String(), createdAt: Type.String() };

export const TenantSchema = Type.Object({
    orgId: Type.String(),
    myDomain: Type.String(),
    namespace: Type.String(),
    status: Status,
    keys: Type.Array(Type.Object(KeyFacts)),
    lastSeenAt: OrNull(Type.String())
});

export const NewKeySchema = Type.Object({
    key: Type.String({ description: 'told this once' }),
    fingerprint: Type.String()
});

export const NothingSchema = Type.Null({ description: 'done' });

export const ConnectionSchema = Type.Object({
    orgId: Type.String(),
    myDomain: Type.String(),
    namespace: Type.String(),
    status: Status,
    keys: Type.Array(Type.Object({ ...KeyFacts, isInUse: Type.Boolean() })),
    lastSeenAt: OrNull(Type.String()),
    engineVersion: Type.String(),
    schedule: Type.Object({
        minutes: Type.Integer({ description: 'between runs of deal health; 0: on request only' }),
        forecastHour: OrNull(Type.Integer({ description: 'of the day in UTC; null: on request only' }))
    })
});

export const VerifyRequestSchema = OrNull(
    Type.Object(
        {
            myDomain: Type.Optional(
                Type.String({
                    maxLength: 255,
                    description: 'what the org itself says, so that a rename is found'
                })
            )
        },
        { additionalProperties: false }
    )
);

const Usage = OrNull(Type.Object({ used: Type.Number(), max: Type.Number() }));

export const VerifyAnswerSchema = Type.Object({
    inbound: Type.Object({ ok: Type.Boolean() }),
    outbound: Type.Object({
        ok: Type.Boolean(),
        orgId: OrNull(Type.String()),
        code: OrNull(Type.String()),
        fix: OrNull(Type.String())
    }),
    checks: Type.Array(
        Type.Object({
            name: Type.String(),
            outcome: Type.Union([Type.Literal('ok'), Type.Literal('warning'), Type.Literal('failed')]),
            code: OrNull(Type.String()),
            message: Type.String(),
            fix: OrNull(Type.String())
        })
    ),
    org: OrNull(
        Type.Object({
            isSandbox: Type.Boolean(),
            edition: Type.String(),
            instance: Type.String(),
            runAsUserId: Type.String()
        })
    ),
    apiCalls: Usage,
    storageMb: Usage,
    recordCounts: Type.Array(Type.Object({ name: Type.String(), count: Type.Number() })),
    connection: ConnectionSchema
});
