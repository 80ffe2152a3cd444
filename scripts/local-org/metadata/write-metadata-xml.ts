// Plain objects back to the text of a metadata file: the other way of metadata-xml.ts. Only for components that several
// deploys added to (objects, labels); everything else is given out as the bytes that were deployed.

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

export function writeMetadataXml(typeName: string, content: Record<string, unknown>): string {
    const lines = elementsOf(content, 1);
    const head = `<?xml version="1.0" encoding="UTF-8"?>\n<${typeName} xmlns="${NAMESPACE}">\n`;
    return `${head}${lines.join('')}</${typeName}>\n`;
}

/** Names in their order, fullName first, as Salesforce writes them. */
function elementsOf(content: Record<string, unknown>, depth: number): string[] {
    const names = Object.keys(content).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    return names.flatMap((name) => [content[name]].flat().map((value) => elementOf(name, value, depth)));
}

function rank(name: string): number {
    return name === 'fullName' ? 0 : 1;
}

function elementOf(name: string, value: unknown, depth: number): string {
    const indent = '    '.repeat(depth);
    if (value === null) return `${indent}<${name} xmlns:xsi="${XSI}" xsi:nil="true"/>\n`;
    if (typeof value !== 'object') return `${indent}<${name}>${escapeXml(String(value))}</${name}>\n`;
    const inner = elementsOf(value as Record<string, unknown>, depth + 1).join('');
    return `${indent}<${name}>\n${inner}${indent}</${name}>\n`;
}

/** Line breaks are written as they are; a reader would turn a carriage return into a line feed, so it is escaped. */
function escapeXml(text: string): string {
    return text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('\r', '&#13;');
}
