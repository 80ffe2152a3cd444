// Checks of what may not stand in source at all: ids of records of one org, and markup or scripts that come from
// somewhere else than the component's own template.
import { isTestFile, lineAt, type Check, type Problem, type SourceFile } from './source-file.ts';

/** 15 characters, or 18 with the checksum in capitals and digits; the first three name the object: `006`, `a0X`. */
const RECORD_ID = /\b(?:\d[0-9A-Za-z]{2}|[a-z]\d[0-9A-Za-z])[0-9A-Za-z]{12}(?:[A-Z0-5]{3})?\b/g;

/** An id of one org points at nothing, or at something else, in every other. */
export const noRecordIds: Check = {
    name: 'no ids of records are written into the package',
    problemsIn: (files) =>
        files
            .filter(({ path }) => path.startsWith('force-app/') && !isTestFile(path))
            .flatMap((file) => found(file, RECORD_ID, (id) => `holds the record id ${id}`))
};

const FOREIGN: [files: RegExp, what: RegExp][] = [
    [/\.js$/, /\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment)\b/g],
    [/\.js$/, /\beval\s*\(|\bnew\s+Function\s*\(/g],
    [
        /\.js$/,
        /['"]lightning\/platformResourceLoader['"]|createElement\(\s*['"](?:script|style|link|iframe)['"]/g
    ],
    [/\.html$/, /\blwc:dom\b|<(?:script|style|link|iframe)\b|\b(?:src|href)\s*=\s*"?(?:https?:)?\/\//gi],
    [/\.css$/, /@import\s+(?:url\()?['"]?(?:https?:)?\/\/|url\(\s*['"]?(?:https?:)?\/\//gi]
];

/** What a template writes is escaped; what a script writes by hand, or loads from elsewhere, is not ours to vouch for. */
export const componentsAreTheirOwn: Check = {
    name: 'components write no HTML by hand and load no foreign script or style',
    problemsIn: (files) =>
        files
            .filter(({ path }) => path.includes('/lwc/') && !isTestFile(path))
            .flatMap((file) =>
                FOREIGN.filter(([kind]) => kind.test(file.path)).flatMap(([, what]) =>
                    found(file, what, (text) => `uses ${text}`)
                )
            )
};

function found(file: SourceFile, pattern: RegExp, reason: (text: string) => string): Problem[] {
    return [...file.text.matchAll(pattern)].map((match) => ({
        file: file.path,
        line: lineAt(file.text, match.index),
        reason: reason(match[0])
    }));
}
