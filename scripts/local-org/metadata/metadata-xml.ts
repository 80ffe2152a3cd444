// Metadata XML to plain objects, checked against the Metadata API's own types (metadata-types.generated.json).
// Owns element names, enums, scalars, repetition and required elements; what they mean is the appliers' business.
import { readFileSync } from 'node:fs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { MetadataTypes } from './generate-metadata-schema.ts';
import { positionsIn } from './problems.ts';
import type { Position } from './problems.ts';

export interface XmlProblem {
    problem: string;
    lineNumber?: number;
    columnNumber?: number;
}

export interface ParsedMetadata {
    content: Record<string, unknown>;
    problems: XmlProblem[];
}

/** One element of the ordered parse: `{ tagName: children, ':@': attributes, [startIndex] }`. */
type XmlNode = Record<string, XmlNode[]> & { ':@'?: Record<string, string> };

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const TYPES: MetadataTypes = JSON.parse(
    readFileSync(new URL('metadata-types.generated.json', import.meta.url), 'utf8')
);
/** Elements whose content Salesforce takes as any XML. */
const FREE_XML = new Set(['LightningComponentBundle.targetConfigs']);

const OPTIONS = {
    preserveOrder: true,
    captureMetaData: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    htmlEntities: true
};
const parser = new XMLParser(OPTIONS);
/** Clients of the SOAP API choose prefixes as they like. */
const soapParser = new XMLParser({
    ...OPTIONS,
    transformTagName: (name) => name.replace(/^.*:/, '')
});
const START = XMLParser.getMetaDataSymbol() as symbol;
const positions = new WeakMap<object, Position>();

/** Where the element that became this object begins in its file. */
export function positionOf(content: object): Position {
    return positions.get(content) ?? {};
}

/** Reads one file as `typeName`; `partial` leaves required elements unchecked (an object that only brings fields). */
export function parseMetadataXml(typeName: string, text: string, partial = false): ParsedMetadata {
    if (/<!(DOCTYPE|ENTITY)/i.test(text))
        return failed('Error parsing file: DOCTYPE is not allowed in metadata.');
    const valid = XMLValidator.validate(text);
    if (valid !== true) {
        const { msg, line, col } = valid.err;
        return failed(`Error parsing file: ${msg}`, line, col);
    }
    const root = (parser.parse(text) as XmlNode[]).find((node) => tagOf(node) !== '#text');
    if (!root || tagOf(root) !== typeName) {
        return failed(
            `Error parsing file: the root element must be ${typeName}, not ${root ? tagOf(root) : 'empty'}.`
        );
    }
    if (root[':@']?.xmlns !== NAMESPACE) {
        return failed(`Error parsing file: element ${typeName} must have xmlns="${NAMESPACE}".`);
    }
    const reader = new Reader(text, partial);
    return { content: reader.readObject(root, typeName), problems: reader.problems };
}

/** A component inside a SOAP request, its type in `xsi:type`. */
export interface XmlComponent extends ParsedMetadata {
    type: string;
    fullName: string;
}

/** The `<metadata>` elements of a createMetadata, updateMetadata or upsertMetadata call. */
export function parseSoapComponents(envelope: string): XmlComponent[] {
    const [body] = ['Envelope', 'Body'].reduce(
        (nodes, name) => nodes.flatMap(childrenOf).filter((node) => tagOf(node) === name),
        [{ document: soapParser.parse(envelope) as XmlNode[] }] as XmlNode[]
    );
    const elements = childrenOf(body).flatMap(childrenOf);
    return elements.filter((node) => tagOf(node) === 'metadata').map((node) => readComponent(envelope, node));
}

/** Required elements are checked where the component is saved; what is nil is not there. */
function readComponent(envelope: string, node: XmlNode): XmlComponent {
    const type = (node[':@']?.['xsi:type'] ?? '').replace(/^.*:/, '');
    if (!(type in TYPES.types)) {
        const problem = `Must specify a known xsi:type, not "${type}"`;
        return { type, fullName: '', content: {}, problems: [{ problem }] };
    }
    const reader = new Reader(envelope, true);
    const content = withoutNulls(reader.readObject(node, type));
    return { type, fullName: String(content.fullName ?? ''), content, problems: reader.problems };
}

function withoutNulls<T>(value: T): T {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.filter((one) => one !== null).map(withoutNulls) as T;
    const kept = Object.entries(value).filter(([, inner]) => inner !== null);
    return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner)])) as T;
}

class Reader {
    readonly problems: XmlProblem[] = [];
    private readonly positionAt: (offset: number) => Position;
    private readonly partial: boolean;

    constructor(text: string, partial: boolean) {
        this.positionAt = positionsIn(text);
        this.partial = partial;
    }

    readObject(node: XmlNode, typeName: string, isRoot = true): Record<string, unknown> {
        const elements = TYPES.types[typeName];
        const content: Record<string, unknown> = {};
        positions.set(content, this.positionOf(node));
        for (const child of childrenOf(node)) {
            const name = tagOf(child);
            const type = elements[name];
            if (type === undefined) {
                this.report(
                    child,
                    `Element {${NAMESPACE}}${name} invalid at this location in type ${typeName}`
                );
                continue;
            }
            const value = this.readValue(child, type.replace(/[[\]!]/g, ''), `${typeName}.${name}`);
            if (type.endsWith('[]')) ((content[name] ??= []) as unknown[]).push(value);
            else if (name in content) this.report(child, `Element ${name} is duplicated in type ${typeName}`);
            else content[name] = value;
        }
        if (!isRoot || !this.partial) this.reportMissing(node, typeName, content);
        return content;
    }

    private readValue(node: XmlNode, type: string, where: string): unknown {
        if (node[':@']?.['xsi:nil'] === 'true') return null;
        if (FREE_XML.has(where)) return freeXml(childrenOf(node));
        if (type in TYPES.types) return this.readObject(node, type, false);
        const nested = childrenOf(node)[0];
        if (nested)
            this.report(nested, `Element ${tagOf(nested)} invalid at this location: ${where} takes text`);
        return this.readScalar(node, type, textOf(node), where);
    }

    private readScalar(node: XmlNode, type: string, text: string, where: string): unknown {
        const plain = text.trim();
        switch (type) {
            case 'boolean':
                if (!/^(true|false|1|0)$/.test(plain))
                    this.report(node, `'${plain}' is not a valid value for the type xsd:boolean (${where})`);
                return plain === 'true' || plain === '1';
            case 'number':
                if (!/^[+-]?\d+(\.\d+)?$/.test(plain))
                    this.report(node, `'${plain}' is not a valid value for the type xsd:double (${where})`);
                return Number(plain);
            case 'any':
                return typedValue(node[':@']?.['xsi:type'] ?? 'xsd:string', text);
            case 'string':
                return text;
            default:
                if (!TYPES.enums[type].includes(plain))
                    this.report(node, `'${plain}' is not a valid value for the enum '${type}'`);
                return plain;
        }
    }

    private reportMissing(node: XmlNode, typeName: string, content: Record<string, unknown>): void {
        for (const [name, type] of Object.entries(TYPES.types[typeName])) {
            if (type.endsWith('!') && !(name in content))
                this.report(node, `Required field is missing: ${name}`);
        }
    }

    private report(node: XmlNode, problem: string): void {
        this.problems.push({ problem: `Error parsing file: ${problem}`, ...this.positionOf(node) });
    }

    private positionOf(node: XmlNode): Position {
        const start = (node as unknown as Record<symbol, { startIndex: number }>)[START]?.startIndex ?? 0;
        return this.positionAt(start);
    }
}

/** A value that names its own type, as custom metadata records do. */
function typedValue(xsdType: string, text: string): string | number | boolean {
    const type = xsdType.replace(/^\w+:/, '');
    if (type === 'boolean') return text.trim() === 'true';
    if (['double', 'int', 'decimal', 'long'].includes(type)) return Number(text);
    return text;
}

/** Any XML as nested objects: repeated names become lists, attributes keep their names. */
function freeXml(nodes: XmlNode[]): unknown {
    const content: Record<string, unknown[]> = {};
    for (const node of nodes) {
        const children = childrenOf(node);
        const inner = children.length ? freeXml(children) : textOf(node);
        const attributes = node[':@'];
        (content[tagOf(node)] ??= []).push(attributes ? { attributes, content: inner } : inner);
    }
    return content;
}

function tagOf(node: XmlNode): string {
    return Object.keys(node).find((key) => key !== ':@') ?? '#text';
}

function childrenOf(node: XmlNode): XmlNode[] {
    return node[tagOf(node)].filter((child) => tagOf(child) !== '#text' && tagOf(child) !== '#comment');
}

function textOf(node: XmlNode): string {
    return node[tagOf(node)]
        .map((child) => (child as unknown as { '#text'?: string })['#text'] ?? '')
        .join('');
}

function failed(problem: string, lineNumber?: number, columnNumber?: number): ParsedMetadata {
    return { content: {}, problems: [{ problem, lineNumber, columnNumber }] };
}
