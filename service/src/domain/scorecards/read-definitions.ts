// All definition files to definitions that fit together, with every problem of all files at once.
import type { Problem } from '../problem.ts';
import { checkDefinitions, type Definitions } from './checks/check-definitions.ts';
import { parseMetrics } from './definition-file/parse-metrics.ts';
import { parseSignals } from './definition-file/parse-signals.ts';
import { parseStandards } from './definition-file/parse-standards.ts';
import { parseTemplate } from './definition-file/parse-template.ts';

export interface DefinitionTexts {
    signals: string;
    metrics: string;
    standards: string;
    /** text of each template by the name of its file, e.g. adviser/scorecard.yaml */
    templates: Readonly<Record<string, string>>;
}

/** Null when anything is wrong. */
export function readDefinitions(texts: DefinitionTexts): {
    definitions: Definitions | null;
    problems: Problem[];
} {
    const signals = parseSignals(texts.signals);
    const metrics = parseMetrics(texts.metrics);
    const standards = parseStandards(texts.standards);
    const templates = Object.entries(texts.templates).map(([file, yaml]) => parseTemplate(yaml, file));
    const problems = [signals, metrics, standards, ...templates].flatMap((read) => read.problems);
    if (problems.length > 0) return { definitions: null, problems };
    const definitions = {
        signals: signals.signals!,
        metrics: metrics.metrics!,
        standards: standards.standards!,
        templates: templates.map(({ template }) => template!)
    };
    const found = checkDefinitions(definitions);
    return { definitions: found.length === 0 ? definitions : null, problems: found };
}
