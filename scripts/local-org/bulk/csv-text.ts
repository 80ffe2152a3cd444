// How Bulk API 2.0 writes values: every value quoted, quotes doubled, null as "".

export function csvValue(value: unknown): string {
    if (value === null || value === undefined) return '""';
    return `"${String(value).replaceAll('"', '""')}"`;
}

export function csvLine(values: unknown[], delimiter: string, lineEnding: 'LF' | 'CRLF'): string {
    return values.map(csvValue).join(delimiter) + (lineEnding === 'LF' ? '\n' : '\r\n');
}
