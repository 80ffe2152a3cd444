// Writes metadata-types.generated.json: the Metadata API's own description (@salesforce/types, the WSDL as TypeScript)
// of the types the local org takes, reduced to element -> type. Run it again when a type is added:
//   node scripts/local-org/metadata/generate-metadata-schema.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';
import { COMPONENT_TYPES } from './component-types.ts';

export interface MetadataTypes {
    /** Type name -> element name -> type name, with `[]` when it repeats and `!` when it must be there. */
    types: Record<string, Record<string, string>>;
    enums: Record<string, string[]>;
}

const OUTPUT = new URL('metadata-types.generated.json', import.meta.url);
const PRIMITIVES = new Set(['string', 'number', 'boolean', 'any']);

export function generate(): MetadataTypes {
    const path = createRequire(import.meta.url)
        .resolve('@salesforce/types/metadata')
        .replace(/\.js$/, '.d.ts');
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const declared = new Map<string, ts.TypeNode>();
    for (const statement of source.statements) {
        if (ts.isTypeAliasDeclaration(statement)) declared.set(statement.name.text, statement.type);
    }
    const result: MetadataTypes = { types: {}, enums: {} };
    const queue = ['Package', ...COMPONENT_TYPES.map((type) => type.name)];
    for (let name = queue.shift(); name; name = queue.shift()) {
        if (name in result.types || name in result.enums) continue;
        const type = declared.get(name);
        if (!type) throw new Error(`@salesforce/types does not describe ${name}.`);
        const values = enumValues(type);
        if (values) result.enums[name] = values;
        else {
            result.types[name] = elementsOf(type, declared);
            queue.push(
                ...Object.values(result.types[name])
                    .map(baseName)
                    .filter((base) => !PRIMITIVES.has(base))
            );
        }
    }
    return result;
}

function enumValues(type: ts.TypeNode): string[] | undefined {
    const parts = ts.isUnionTypeNode(type) ? [...type.types] : [type];
    const values = parts.map((part) =>
        ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? part.literal.text : undefined
    );
    return values.every((value) => value !== undefined) ? values : undefined;
}

function elementsOf(type: ts.TypeNode, declared: Map<string, ts.TypeNode>): Record<string, string> {
    if (ts.isIntersectionTypeNode(type)) {
        return Object.assign({}, ...type.types.map((part) => elementsOf(part, declared)));
    }
    if (ts.isTypeReferenceNode(type)) {
        const target = declared.get(type.typeName.getText());
        if (!target) throw new Error(`@salesforce/types does not describe ${type.typeName.getText()}.`);
        return elementsOf(target, declared);
    }
    if (!ts.isTypeLiteralNode(type)) throw new Error(`Unexpected shape: ${type.getText().slice(0, 80)}`);
    return Object.fromEntries(
        type.members.filter(ts.isPropertySignature).map((member) => {
            const text = (member.type?.getText() ?? 'any').replace(/ \| null$/, '');
            const required = !member.questionToken && !text.endsWith('[]') ? '!' : '';
            return [member.name.getText(), text + required];
        })
    );
}

function baseName(type: string): string {
    return type.replace(/[[\]!]/g, '');
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split('/').at(-1) ?? '')) {
    const text = `${JSON.stringify(generate())}\n`;
    if (!process.argv.includes('--check')) writeFileSync(OUTPUT, text);
    else if (readFileSync(OUTPUT, 'utf8') !== text) {
        console.error(
            'metadata-types.generated.json is stale: run scripts/local-org/metadata/generate-metadata-schema.ts'
        );
        process.exitCode = 1;
    }
}
