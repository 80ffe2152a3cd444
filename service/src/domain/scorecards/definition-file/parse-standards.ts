// standards.yaml: what each role is held to, family by family, from a first day of a month.
import type { PartReader } from '../../incentives/plan-file/part-reader.ts';
import type { Problem } from '../../problem.ts';
import { FAMILIES, ROLE_KEYS, type Standard } from '../types.ts';
import { firstOfMonth, needFirstOfMonth, needUnits, readDefinitionFile } from './read-file.ts';

export function parseStandards(
    yaml: string,
    file = 'standards.yaml'
): { standards: Standard[] | null; problems: Problem[] } {
    const { value, problems } = readDefinitionFile(yaml, file, (part) =>
        part.needParts('standards', '- { role: adviser, metric: nps, ... }', readStandard)
    );
    return { standards: value, problems };
}

function readStandard(part: PartReader): Standard {
    return {
        role: part.needChoice('role', ROLE_KEYS, 'adviser'),
        metric: part.needText('metric', 'nps'),
        family: part.needChoice('family', FAMILIES, 'results'),
        floor: needUnits(part, 'floor'),
        target: needUnits(part, 'target'),
        effectiveFrom: needFirstOfMonth(part, 'from'),
        effectiveTo: firstOfMonth(part, 'to'),
        reason: part.text('reason') ?? ''
    };
}
