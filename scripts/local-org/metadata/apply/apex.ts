// Apex classes and triggers at deploy: syntax, name, and the ApexClass row that queries and the tooling API read.
// What the code means is the interpreter's business (apex/).
import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import { insertSetupRow, updateSetupRow } from '../../setup-rows.ts';
import { report } from '../deploy-context.ts';
import type { DeployContext } from '../deploy-context.ts';
import type { PackageComponent } from '../package-reader.ts';

class SyntaxErrors extends ApexErrorListener {
    readonly found: { line: number; column: number; message: string }[] = [];

    override apexSyntaxError(line: number, column: number, message: string): void {
        this.found.push({ line, column, message });
    }
}

export function checkApexSource(context: DeployContext, component: PackageComponent): void {
    const source = sourceOf(component);
    if (source === undefined) {
        report(context, component, `${component.fileName} has a -meta.xml but no source file`);
        return;
    }
    const listener = new SyntaxErrors();
    const { parser } = ApexParserFactory.createLexerAndParser(source, listener);
    if (component.type === 'ApexTrigger') parser.triggerUnit();
    else parser.compilationUnit();
    for (const { line, column, message } of listener.found) {
        report(context, component, message, { lineNumber: line, columnNumber: column + 1 });
    }
    if (component.type === 'ApexClass' && listener.found.length === 0) checkName(context, component, source);
}

/** The row of a class has the component's id, as in Salesforce. */
export function writeApexClassRow(context: DeployContext, component: PackageComponent, id: string): void {
    const body = sourceOf(component) ?? '';
    const row = {
        Name: component.fullName,
        ApiVersion: component.content.apiVersion,
        Status: component.content.status,
        IsValid: true,
        Body: body,
        LengthWithoutComments: withoutComments(body).length
    };
    const exists = context.db.prepare('SELECT 1 FROM "ApexClass" WHERE "Id" = ?').get(id);
    if (exists) updateSetupRow(context.db, context, 'ApexClass', id, row, context.userId);
    else insertSetupRow(context.db, context, 'ApexClass', { Id: id, ...row }, context.userId);
}

function checkName(context: DeployContext, component: PackageComponent, source: string): void {
    const declared = /\b(?:class|interface|enum)\s+(\w+)/i.exec(withoutComments(source))?.[1];
    if (declared?.toLowerCase() !== component.fullName.toLowerCase()) {
        report(
            context,
            component,
            `Invalid type name: the file is ${component.fullName}, the type is ${declared}`,
            {
                lineNumber: 1,
                columnNumber: 1
            }
        );
    }
}

function sourceOf(component: PackageComponent): string | undefined {
    for (const [path, body] of component.files) if (!path.endsWith('-meta.xml')) return body.toString('utf8');
    return undefined;
}

/** Comments become one space; string literals stay whole, so `//` in a URL is no comment. */
export function withoutComments(source: string): string {
    return source.replace(/'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (part) =>
        part.startsWith("'") ? part : ' '
    );
}
