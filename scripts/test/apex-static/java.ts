// Finds a Java that can run the Apex checkers (11 or newer). None ships with the project: no package of the npm
// registry carries a Java runtime inside its archive.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const OLDEST = 11;

export interface Java {
    command: string;
    version: number;
}

/** JAVA_HOME first, then the PATH; undefined when neither has a Java new enough. */
export function findJava(env: NodeJS.ProcessEnv = process.env): Java | undefined {
    const home = env['JAVA_HOME'];
    const commands = [...(home ? [join(home, 'bin', 'java')] : []), 'java'];
    for (const command of commands) {
        const version = javaVersion(command, env);
        if (version !== undefined && version >= OLDEST) return { command, version };
    }
    return undefined;
}

export const noJava = `no Java ${OLDEST} or newer was found in JAVA_HOME or the PATH`;

function javaVersion(command: string, env: NodeJS.ProcessEnv): number | undefined {
    const { status, stderr } = spawnSync(command, ['-version'], { env, encoding: 'utf8' });
    if (status !== 0) return undefined;
    // 1.8.0 is Java 8; 17.0.15 is Java 17.
    const match = /version "(?:1\.)?(\d+)/.exec(stderr);
    return match ? Number(match[1]) : undefined;
}
