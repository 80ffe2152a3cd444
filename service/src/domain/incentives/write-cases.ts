// Cases as a file again: reading what was written gives the same cases. Comments and the order of writing `{ }` or lines are not kept.
import { Document, isCollection, parseDocument, visit } from 'yaml';
import type { PlanCase } from './parse-cases.ts';

/** Every scalar stays the text it is, as readTree takes it. */
const FAILSAFE = { schema: 'failsafe' } as const;

export function writeCases(cases: readonly PlanCase[]): string {
    const file = new Document({ cases: cases.map(caseAsData) }, FAILSAFE);
    return file.toString({ lineWidth: 0 });
}

function caseAsData({ name, source, given, expect }: PlanCase): object {
    return { name, ...(source === '' ? {} : { source }), given: inputAsTree(given), expect };
}

/** JSON is YAML: numbers stay without quotes and texts with them, so that they are told apart when read again. */
function inputAsTree(json: string): unknown {
    const document = parseDocument(json, FAILSAFE);
    visit(document, (_, node) => {
        if (isCollection(node)) node.flow = node.items.length === 0;
    });
    return document.contents;
}
