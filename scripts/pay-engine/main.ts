// Writes the engine of the service into the component c/payEngine: node scripts/pay-engine/main.ts
// `--check` compares without writing. Run it after every change of service/src/domain/incentives.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE_FOLDER, engineFiles } from './bundle.ts';

const isCheck = process.argv.includes('--check');
for (const [name, text] of await engineFiles()) {
    const path = join(ENGINE_FOLDER, name);
    if (!isCheck) writeFileSync(path, text);
    else if (readFileSync(path, 'utf8') !== text) {
        console.error(`${name} is not the engine of the service. Run: node scripts/pay-engine/main.ts`);
        process.exitCode = 1;
    }
}
