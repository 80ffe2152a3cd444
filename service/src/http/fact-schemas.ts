// The shape of a batch of facts and of the answer to it. What a fact says is judged row by row later; only a shape that cannot be
// read refuses the whole batch.
import Type from 'typebox';

/** A name that is part of a key: the colon separates it from the id. */
const Name = (description: string) => Type.String({ pattern: '^[^:\\s][^:\\n]{0,78}$', description });
const Decimal = (description: string) =>
    Type.String({ pattern: '^[+-]?\\d{1,14}(\\.\\d{1,4})?$', description });

const FactSchema = Type.Object(
    {
        signal: Type.String({ minLength: 1, maxLength: 60, description: 'id of a signal of the allow-list' }),
        person: Type.String({
            pattern: '^005[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$',
            description: 'User id'
        }),
        day: Type.String({ maxLength: 40, description: 'the day it happened, e.g. 2026-11-20' }),
        value: Type.String({
            maxLength: 40,
            description: 'decimal text with at most four decimals, e.g. 12.5'
        }),
        n: Type.Optional(Type.Integer({ description: 'how many observations of that value; left out: 1' })),
        sourceId: Type.String({
            minLength: 1,
            maxLength: 119,
            description: 'what makes it the same fact in its source'
        }),
        subject: Type.Optional(
            Type.Union([Type.String({ pattern: '^([A-Za-z0-9]{15}|[A-Za-z0-9]{18})$' }), Type.Null()], {
                description: 'id of the record it is about'
            })
        ),
        attributes: Type.Optional(
            Type.Record(Type.String(), Type.String({ maxLength: 60 }), {
                maxProperties: 4,
                description: 'what its signal allows, e.g. {"outcome": "passed"}'
            })
        )
    },
    { additionalProperties: false }
);

export const FactBatchSchema = Type.Object(
    {
        batch: Type.String({
            minLength: 1,
            maxLength: 80,
            description: 'key of this delivery, of your choice'
        }),
        source: Name('name of the source, without a colon'),
        extractedAt: Type.String({
            pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$',
            description: 'when the source was read; of one fact the newest extract counts'
        }),
        stated: Type.Object(
            {
                count: Type.Integer({ minimum: 0, maximum: 10_000, description: 'how many facts are in it' }),
                total: Decimal('sum of value times n')
            },
            { additionalProperties: false }
        ),
        facts: Type.Array(FactSchema, { maxItems: 10_000 })
    },
    { additionalProperties: false }
);

const Count = (description: string) => Type.Integer({ minimum: 0, description });

export const FactsAnswerSchema = Type.Object({
    accepted: Count('facts that are stored now and were not before, or only by an older extract'),
    duplicates: Count('facts the org has already, by this or a newer extract'),
    rejected: Type.Array(
        Type.Object({
            row: Type.Integer({ minimum: 1, description: 'place in the batch' }),
            sourceId: Type.String(),
            code: Type.String(),
            value: Type.String(),
            fix: Type.String()
        })
    ),
    reconciled: Type.Boolean({ description: 'all that was stated is in the org, by count and by total' })
});
