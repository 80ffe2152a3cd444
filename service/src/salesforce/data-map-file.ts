// The map of personal data that comes with the product: config/data-map.yaml.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDataMap, type DataMap } from '../domain/data-rights/data-map.ts';

const FILE = fileURLToPath(new URL('../../../config/data-map.yaml', import.meta.url));

let kept: DataMap | undefined;

/** Read once. A map that is wrong stops whoever reads it: it ships with the product, and its tests read it. */
export function shippedDataMap(): DataMap {
    kept ??= readMap();
    return kept;
}

function readMap(): DataMap {
    const { map, problems } = parseDataMap(readFileSync(FILE, 'utf8'));
    if (map === null) throw new Error(`config/data-map.yaml: ${problems[0]?.where} ${problems[0]?.fix}`);
    return map;
}
