// What an Apex class or trigger says of itself: sharing, @AuraEnabled and test methods, callouts, the names it uses, and where it
// reads or changes records and in which mode. Read from the parser's tree, so comments and strings do not mislead. Whether that is allowed: apex.ts.
import {
    ClassBodyDeclarationContext,
    CreatedNameContext,
    DeleteStatementContext,
    DotExpressionContext,
    IdContext,
    InsertStatementContext,
    MergeStatementContext,
    QueryContext,
    SoslLiteralContext,
    TypeDeclarationContext,
    UndeleteStatementContext,
    UpdateStatementContext,
    UpsertStatementContext,
    type ApexParserRuleContext,
    type ClassDeclarationContext
} from '@apexdevtools/apex-parser';
import {
    parseClass,
    parseTrigger,
    readModifiers,
    type Modifiers
} from '../../local-org/apex/compile/parse.ts';
import { componentName, type SourceFile } from './source-file.ts';

export interface DataAccess {
    line: number;
    /** as written: `insert`, `Database.query`, `[SELECT` */
    what: string;
    isUserMode: boolean;
}

export interface ApexClass {
    file: string;
    name: string;
    line: number;
    isInner: boolean;
    isTest: boolean;
    sharing: Modifiers['sharing'];
    hasDocComment: boolean;
    auraMethods: string[];
    testMethods: string[];
    methodCount: number;
    /** what it calls out with, as written: `new Http`, `WebServiceCallout.invoke` */
    callouts: { line: number; what: string }[];
    /** every identifier in it, in lower case */
    names: Set<string>;
    accesses: DataAccess[];
}

const STATEMENTS = [
    InsertStatementContext,
    UpdateStatementContext,
    UpsertStatementContext,
    DeleteStatementContext,
    UndeleteStatementContext,
    MergeStatementContext
];
const DATABASE_METHODS =
    /^(query|countQuery|getQueryLocator|getCursor)(WithBinds)?$|^(insert|update|upsert|delete|undelete|merge)(Immediate|Async)?$/i;

const known = new WeakMap<SourceFile, ApexClass[]>();

/** The class of a file and the classes inside it, the outer one first; each file is read once. Throws on a syntax error. */
export function readApexClasses(file: SourceFile): ApexClass[] {
    const before = known.get(file);
    if (before) return before;
    const found = classesIn(file);
    known.set(file, found);
    return found;
}

function classesIn(file: SourceFile): ApexClass[] {
    const { unit, problems } = parseClass(componentName(file.path), file.text);
    if (problems[0]) throw new Error(`${file.path}:${problems[0].line} ${problems[0].message}`);
    const found: ApexClass[] = [];
    walk(unit, { file, found, classes: [] });
    return found;
}

export interface Trigger {
    object: string;
    /** `before insert` */
    events: string[];
    /** its statements and declarations, without spaces */
    body: string[];
}

/** Throws on a syntax error. */
export function readTrigger(file: SourceFile): Trigger {
    const { unit, problems } = parseTrigger(componentName(file.path), file.text);
    if (problems[0]) throw new Error(`${file.path}:${problems[0].line} ${problems[0].message}`);
    return {
        object: unit.id(1).getText(),
        events: unit.triggerCase_list().map((one) =>
            one
                .getText()
                .toLowerCase()
                .replace(/^(before|after)/, '$1 ')
        ),
        body: unit
            .triggerBlock()
            .triggerBlockMember_list()
            .map((one) => one.getText())
    };
}

interface Walk {
    file: SourceFile;
    found: ApexClass[];
    /** the classes around, the innermost last */
    classes: ApexClass[];
}

function walk(node: ApexParserRuleContext, state: Walk): void {
    const declared = declaredClass(node, state);
    if (declared) {
        state.found.push(declared);
        state = { ...state, classes: [...state.classes, declared] };
    }
    const inside = state.classes.at(-1);
    if (inside) {
        const access = dataAccess(node);
        if (access) inside.accesses.push(access);
        const what = callout(node);
        if (what) inside.callouts.push({ line: node.start.line, what });
        readMethod(node, inside);
        if (node instanceof IdContext) inside.names.add(node.getText().toLowerCase());
    }
    for (const child of node.children ?? []) {
        if ('children' in child) walk(child as ApexParserRuleContext, state);
    }
}

function declaredClass(node: ApexParserRuleContext, { file, classes }: Walk): ApexClass | undefined {
    let declaration: ClassDeclarationContext | undefined;
    if (node instanceof TypeDeclarationContext) declaration = node.classDeclaration();
    if (node instanceof ClassBodyDeclarationContext)
        declaration = node.memberDeclaration()?.classDeclaration();
    if (!declaration) return undefined;
    const modifiers = readModifiers((node as TypeDeclarationContext).modifier_list());
    return {
        file: file.path,
        name: [...classes.map(({ name }) => name.split('.').at(-1)), declaration.id().getText()].join('.'),
        line: declaration.start.line,
        isInner: classes.length > 0,
        isTest: modifiers.annotations.has('istest') || classes.some(({ isTest }) => isTest),
        sharing: modifiers.sharing,
        hasDocComment: file.text.slice(0, node.start.start).trimEnd().endsWith('*/'),
        auraMethods: [],
        testMethods: [],
        methodCount: 0,
        callouts: [],
        names: new Set(),
        accesses: []
    };
}

function readMethod(node: ApexParserRuleContext, into: ApexClass): void {
    if (!(node instanceof ClassBodyDeclarationContext)) return;
    const method = node.memberDeclaration()?.methodDeclaration();
    if (!method) return;
    into.methodCount++;
    const { annotations } = readModifiers(node.modifier_list());
    if (annotations.has('auraenabled')) into.auraMethods.push(method.id().getText());
    if (annotations.has('istest')) into.testMethods.push(method.id().getText());
}

function callout(node: ApexParserRuleContext): string | undefined {
    if (!(node instanceof CreatedNameContext || node instanceof DotExpressionContext)) return undefined;
    const text = node.getText().replace(/^System\./i, '');
    if (node instanceof CreatedNameContext)
        return /^(Http|Continuation)$/i.test(text) ? `new ${text}` : undefined;
    return /^WebServiceCallout\.invoke\(/i.test(text) ? 'WebServiceCallout.invoke' : undefined;
}

function dataAccess(node: ApexParserRuleContext): DataAccess | undefined {
    const { line } = node.start;
    if (node instanceof QueryContext) {
        return { line, what: '[SELECT', isUserMode: Boolean(node.withClause()?.USER_MODE()) };
    }
    if (node instanceof SoslLiteralContext) {
        return { line, what: '[FIND', isUserMode: /WITHUSER_MODE/i.test(node.getText()) };
    }
    if (node instanceof DotExpressionContext) return databaseCall(node);
    if (!STATEMENTS.some((statement) => node instanceof statement)) return undefined;
    const statement = node as InsertStatementContext;
    return { line, what: statement.start.text, isUserMode: Boolean(statement.accessLevel()?.USER()) };
}

function databaseCall(node: DotExpressionContext): DataAccess | undefined {
    const call = node.dotMethodCall();
    const owner = node
        .expression()
        .getText()
        .replace(/^System\./i, '');
    if (!call || !/^(Database|Search)$/i.test(owner)) return undefined;
    const method = call.anyId().getText();
    if (!DATABASE_METHODS.test(method)) return undefined;
    const given = call.expressionList()?.getText() ?? '';
    // A query written in brackets is judged where it stands.
    if (given.startsWith('[')) return undefined;
    return {
        line: node.start.line,
        what: `${owner}.${method}`,
        isUserMode: /AccessLevel\.USER_MODE/i.test(given)
    };
}
