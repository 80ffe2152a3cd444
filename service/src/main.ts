// The process: reads the configuration, listens, and ends cleanly on SIGTERM and SIGINT.
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { ConfigError, loadConfig } from './config.ts';
import type { Config } from './config.ts';
import { logDestination } from './log-destination.ts';
import { loggerOptions } from './logging.ts';
import { createService } from './service.ts';

const config = configOrExit();
const logger = pino(loggerOptions(config.logLevel), logDestination());
const service = await createService(config, logger);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
await service.app.listen({ host: config.host, port: config.port });
if (service.operatorApp)
    await service.operatorApp.listen({ host: config.operatorHost, port: config.operatorPort });
if (config.metricsPort !== null)
    await service.metricsApp.listen({ host: config.host, port: config.metricsPort });

function configOrExit(): Config {
    try {
        return loadConfig(process.env, (path) => readFileSync(path, 'utf8'));
    } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exit(78);
    }
}

async function stop(signal: string): Promise<void> {
    logger.info({ signal }, 'stopping');
    await service.close();
    process.exit(0);
}
