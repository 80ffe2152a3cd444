// The environment of the service as one schema. All problems are collected and thrown together at start, each with what
// is wrong, where, and what to do. Reads the tenants file through tenants.ts; nothing else reads process.env.
import Type from 'typebox';
import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import type { PubSubAddress } from './salesforce/pubsub/protocol.ts';
import { parseSecretKeys } from './tenants/secret-vault.ts';
import type { SecretKey } from './tenants/secret-vault.ts';
import { parseTenants } from './tenants.ts';
import type { Tenant } from './tenants.ts';

const Digits = (description: string, fallback: string) =>
    Type.String({ pattern: '^[0-9]{1,6}$', default: fallback, description });

const SECRET_KEYS_FORM = 'id:key,id:key with keys of 32 bytes in base64; the first one seals';

export const EnvironmentSchema = Type.Object({
    PLUMBLINE_HOST: Type.String({
        minLength: 1,
        default: '127.0.0.1',
        description: 'the address to listen on'
    }),
    PLUMBLINE_PORT: Digits('a port number, 0 for any free one', '8787'),
    PLUMBLINE_STATE_FILE: Type.Optional(
        Type.String({ minLength: 1, description: 'the path of the SQLite state file' })
    ),
    PLUMBLINE_DATABASE_URL: Type.Optional(
        Type.String({
            pattern: '^postgres(ql)?://',
            description:
                'the address of a PostgreSQL database: postgresql://host:5432/name, with user and password before the host'
        })
    ),
    PLUMBLINE_RUNS_AT_ONCE: Type.String({
        pattern: '^[1-9][0-9]?$',
        default: '4',
        description: 'how many runs this process carries out at the same time, 1 to 99'
    }),
    PLUMBLINE_RUN_RETRIES: Type.String({
        pattern: '^[0-9]{1,2}$',
        default: '3',
        description: 'how often a run that broke is tried again, 0 to 99'
    }),
    PLUMBLINE_RUN_RETRY_SECONDS: Type.String({
        pattern: '^[1-9][0-9]{0,3}$',
        default: '10',
        description: 'seconds before a run that broke is tried again for the first time, 1 to 9999'
    }),
    PLUMBLINE_TENANTS_FILE: Type.Optional(
        Type.String({ minLength: 1, description: 'the path of the tenants JSON file' })
    ),
    PLUMBLINE_OPERATOR_KEY_SHA256: Type.Optional(
        Type.String({
            pattern: '^[0-9a-f]{64}$',
            description: 'the SHA-256 sum of the operator key in lower-case hex'
        })
    ),
    PLUMBLINE_OPERATOR_HOST: Type.String({
        minLength: 1,
        default: '127.0.0.1',
        description: 'the address to listen on for the operator'
    }),
    PLUMBLINE_OPERATOR_PORT: Digits('a port number for the operator, 0 for any free one', '8788'),
    PLUMBLINE_SECRET_KEYS: Type.Optional(Type.String({ description: SECRET_KEYS_FORM })),
    PLUMBLINE_ALLOW_LOOPBACK: Type.String({
        pattern: '^(true|false)$',
        default: 'false',
        description: 'true or false'
    }),
    PLUMBLINE_LOG_LEVEL: Type.String({
        pattern: '^(fatal|error|warn|info|debug|trace|silent)$',
        default: 'info',
        description: 'one of fatal, error, warn, info, debug, trace, silent'
    }),
    PLUMBLINE_SCHEDULE_MINUTES: Digits('minutes between scheduled runs, 0 for none', '1'),
    PLUMBLINE_CHANGE_EVENTS: Type.String({
        pattern: '^(true|false)$',
        default: 'false',
        description: 'true or false: whether changes in orgs are heard of as they happen'
    }),
    PLUMBLINE_PUBSUB_ADDRESS: Type.String({
        pattern: '^[A-Za-z0-9.-]{1,253}:[0-9]{1,5}$',
        default: 'api.pubsub.salesforce.com:7443',
        description: 'host and port of the Pub/Sub API of Salesforce'
    }),
    PLUMBLINE_FORECAST_HOUR: Type.String({
        pattern: '^(none|1?[0-9]|2[0-3])$',
        default: 'none',
        description: 'an hour of the day in UTC (0 to 23) at which forecasts are made, or none'
    }),
    PLUMBLINE_METRICS_PORT: Type.String({
        pattern: '^(none|[0-9]{1,5})$',
        default: 'none',
        description: 'a port number on which Prometheus reads metrics, 0 for any free one, or none'
    }),
    PLUMBLINE_DELTA_OVERLAP_SECONDS: Digits('seconds a delta run reads again before its watermark', '600'),
    PLUMBLINE_DELTA_SAFETY_SECONDS: Digits('seconds the watermark stays behind the clock of the org', '120')
});

export interface Config {
    host: string;
    port: number;
    /** on the same address; null: metrics are not served */
    metricsPort: number | null;
    /** of SQLite; null where there is a database */
    stateFile: string | null;
    /** of PostgreSQL; null: the state file has all */
    databaseUrl: string | null;
    runSlots: number;
    runRetries: number;
    runRetrySeconds: number;
    logLevel: string;
    scheduleMinutes: number;
    /** in UTC; null: forecasts are made on request only */
    forecastHour: number | null;
    /** where changes are heard of as they happen; null: only the clock asks for runs */
    changeEvents: PubSubAddress | null;
    deltaOverlapMs: number;
    deltaSafetyMs: number;
    allowLoopback: boolean;
    /** null: there is no operator, and orgs come from the tenants file only */
    operatorKeySha256: string | null;
    /** where the operator's routes are, where there is an operator */
    operatorHost: string;
    operatorPort: number;
    /** null: no secret is ever written down */
    secretKeys: SecretKey[] | null;
    /** of the tenants file: the first orgs */
    tenants: Tenant[];
}

export interface ConfigProblem {
    where: string;
    what: string;
    fix: string;
}

/** Thrown once at start with everything that is wrong. */
export class ConfigError extends Error {
    readonly problems: ConfigProblem[];
    constructor(problems: ConfigProblem[]) {
        const lines = problems.map(({ where, what, fix }) => `- ${where} ${what}. ${fix}`);
        super(
            `The service cannot start: ${problems.length} problem(s) in its settings.\n${lines.join('\n')}`
        );
        this.name = 'ConfigError';
        this.problems = problems;
    }
}

type Environment = Static<typeof EnvironmentSchema>;

/** Builds the configuration, or throws ConfigError naming every problem. `readFile` throws when there is no file. */
export function loadConfig(
    env: Record<string, string | undefined>,
    readFile: (path: string) => string
): Config {
    const settings = Value.Default(EnvironmentSchema, ownVariables(env)) as Environment;
    const problems = [
        ...environmentProblems(settings),
        ...stateProblems(settings),
        ...operatorProblems(settings),
        ...pubSubProblems(settings)
    ];
    const tenants = readTenants(settings, readFile, problems);
    if (problems.length > 0) throw new ConfigError(problems);
    return {
        host: settings.PLUMBLINE_HOST,
        port: Number(settings.PLUMBLINE_PORT),
        metricsPort: numberOrNone(settings.PLUMBLINE_METRICS_PORT),
        stateFile: settings.PLUMBLINE_STATE_FILE ?? null,
        databaseUrl: settings.PLUMBLINE_DATABASE_URL ?? null,
        runSlots: Number(settings.PLUMBLINE_RUNS_AT_ONCE),
        runRetries: Number(settings.PLUMBLINE_RUN_RETRIES),
        runRetrySeconds: Number(settings.PLUMBLINE_RUN_RETRY_SECONDS),
        logLevel: settings.PLUMBLINE_LOG_LEVEL,
        scheduleMinutes: Number(settings.PLUMBLINE_SCHEDULE_MINUTES),
        forecastHour: numberOrNone(settings.PLUMBLINE_FORECAST_HOUR),
        changeEvents: changeEventsOf(settings),
        deltaOverlapMs: Number(settings.PLUMBLINE_DELTA_OVERLAP_SECONDS) * 1000,
        deltaSafetyMs: Number(settings.PLUMBLINE_DELTA_SAFETY_SECONDS) * 1000,
        allowLoopback: settings.PLUMBLINE_ALLOW_LOOPBACK === 'true',
        operatorKeySha256: settings.PLUMBLINE_OPERATOR_KEY_SHA256 ?? null,
        operatorHost: settings.PLUMBLINE_OPERATOR_HOST,
        operatorPort: Number(settings.PLUMBLINE_OPERATOR_PORT),
        secretKeys: parseSecretKeys(settings.PLUMBLINE_SECRET_KEYS ?? ''),
        tenants
    };
}

/** Two places for one state would be a state that nobody knows. */
function stateProblems({ PLUMBLINE_STATE_FILE, PLUMBLINE_DATABASE_URL }: Environment): ConfigProblem[] {
    if ((PLUMBLINE_STATE_FILE === undefined) !== (PLUMBLINE_DATABASE_URL === undefined)) return [];
    const areBoth = PLUMBLINE_STATE_FILE !== undefined;
    return [
        {
            where: 'PLUMBLINE_STATE_FILE',
            what: areBoth ? 'is set beside PLUMBLINE_DATABASE_URL' : 'is not set',
            fix: areBoth
                ? 'Unset one of them: the state is in the file or in the database'
                : 'Set it to the path of the SQLite state file, or set PLUMBLINE_DATABASE_URL'
        }
    ];
}

/** Only on this machine, and only where that is allowed, is the Pub/Sub API spoken to without TLS. */
function changeEventsOf(settings: Environment): PubSubAddress | null {
    const address = settings.PLUMBLINE_PUBSUB_ADDRESS;
    if (settings.PLUMBLINE_CHANGE_EVENTS !== 'true') return null;
    return { address, isPlain: isLoopback(address) };
}

function pubSubProblems(settings: Environment): ConfigProblem[] {
    const { PLUMBLINE_PUBSUB_ADDRESS: address, PLUMBLINE_ALLOW_LOOPBACK: loopback } = settings;
    const where = 'PLUMBLINE_PUBSUB_ADDRESS';
    if (Number(address.split(':')[1]) > 65535)
        return [{ where, what: 'has a port above 65535', fix: 'Choose a port from 1 to 65535' }];
    if (!isLoopback(address) || loopback === 'true') return [];
    const fix = 'Set it to the Pub/Sub API of Salesforce, or PLUMBLINE_ALLOW_LOOPBACK to true';
    return [{ where, what: 'is on this machine', fix }];
}

function isLoopback(address: string): boolean {
    return /^(127\.0\.0\.1|localhost):/.test(address);
}

function numberOrNone(setting: string): number | null {
    return setting === 'none' ? null : Number(setting);
}

/** Only our variables; an empty one counts as not set, as shells and container files leave them. */
function ownVariables(env: Record<string, string | undefined>): Record<string, string> {
    const own = Object.entries(env).filter(([name, value]) => name.startsWith('PLUMBLINE_') && value);
    return Object.fromEntries(own) as Record<string, string>;
}

function environmentProblems(settings: Environment): ConfigProblem[] {
    const problems: ConfigProblem[] = [];
    const known = EnvironmentSchema.properties as Record<string, { description?: string }>;
    for (const [name, schema] of Object.entries(EnvironmentSchema.properties)) {
        const value = (settings as Record<string, string | undefined>)[name];
        if (value === undefined) {
            if (Type.IsOptional(schema)) continue;
            problems.push({ where: name, what: 'is not set', fix: `Set it to ${known[name].description}` });
        } else if (!Value.Check(schema, value)) {
            problems.push({
                where: name,
                what: name === 'PLUMBLINE_DATABASE_URL' ? 'is not such an address' : `is "${value}"`,
                fix: `Set it to ${known[name].description}`
            });
        }
    }
    for (const where of ['PLUMBLINE_PORT', 'PLUMBLINE_OPERATOR_PORT', 'PLUMBLINE_METRICS_PORT'] as const)
        if (Number(settings[where]) > 65535)
            problems.push({ where, what: 'is above 65535', fix: 'Choose a port from 0 to 65535' });
    for (const name of Object.keys(settings)) {
        if (name in known) continue;
        problems.push({
            where: name,
            what: 'is not a setting of this service',
            fix: 'Correct the name or unset it'
        });
    }
    return problems;
}

/** The operator's routes take client secrets, which are only ever kept sealed. The value itself is in no problem. */
function operatorProblems(settings: Environment): ConfigProblem[] {
    const {
        PLUMBLINE_SECRET_KEYS: keys,
        PLUMBLINE_OPERATOR_KEY_SHA256: operator,
        PLUMBLINE_TENANTS_FILE: file
    } = settings;
    const fix = `Set it to ${SECRET_KEYS_FORM}`;
    if (keys && !parseSecretKeys(keys))
        return [{ where: 'PLUMBLINE_SECRET_KEYS', what: 'is not a list of keys', fix }];
    if (operator && !keys)
        return [{ where: 'PLUMBLINE_SECRET_KEYS', what: 'is not set, and the operator needs it', fix }];
    if (!operator && !file) {
        return [
            {
                where: 'PLUMBLINE_TENANTS_FILE',
                what: 'is not set, and neither is PLUMBLINE_OPERATOR_KEY_SHA256',
                fix: 'Set it to the path of the tenants JSON file, or set the operator key to register orgs'
            }
        ];
    }
    return [];
}

function readTenants(
    settings: Environment,
    readFile: (path: string) => string,
    problems: ConfigProblem[]
): Tenant[] {
    const path = settings.PLUMBLINE_TENANTS_FILE;
    if (!path) return [];
    let text: string;
    try {
        text = readFile(path);
    } catch {
        problems.push({
            where: 'PLUMBLINE_TENANTS_FILE',
            what: `names a file that cannot be read: ${path}`,
            fix: 'Create the file, or correct the path or its permissions'
        });
        return [];
    }
    const parsed = parseTenants(text, { allowLoopback: settings.PLUMBLINE_ALLOW_LOOPBACK === 'true' });
    problems.push(...parsed.problems);
    return parsed.tenants;
}
