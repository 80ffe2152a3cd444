// Page layout and list view columns of an object as deployed, for the shell's detail and list pages. Salesforce chooses a
// layout by profile and a list view by user; here the first layout and the list view `All` stand for everybody.
import type { MetadataStore } from '../org.ts';
import type { ObjectDef } from '../schema/types.ts';
import { asList } from './flexi-pages.ts';

export interface DeployedLayout {
    /** Field names of the left and of the right column, sections one after the other. */
    details: [string[], string[]] | null;
    columns: string[] | null;
}

interface LayoutContent {
    layoutSections?: Section | Section[];
}

interface Section {
    layoutColumns?: Column | Column[];
}

interface Column {
    layoutItems?: { field?: string } | { field?: string }[];
}

interface ObjectContent {
    listViews?: ListView | ListView[];
}

interface ListView {
    fullName: string;
    columns?: string | string[];
}

export function deployedLayout(metadata: MetadataStore, object: ObjectDef): DeployedLayout {
    return { details: details(metadata, object), columns: listColumns(metadata, object) };
}

function details(metadata: MetadataStore, object: ObjectDef): DeployedLayout['details'] {
    const layout = metadata.list('Layout').find(({ fullName }) => fullName.startsWith(`${object.name}-`));
    if (!layout) return null;
    const content = metadata.content('Layout', layout.fullName) as LayoutContent;
    const sides: [string[], string[]] = [[], []];
    for (const section of asList(content.layoutSections)) {
        asList(section.layoutColumns).forEach((column, index) => sides[index % 2]!.push(...fieldsOf(column)));
    }
    return sides;
}

function fieldsOf(column: Column): string[] {
    return asList(column.layoutItems).flatMap(({ field }) => (field ? [field] : []));
}

function listColumns(metadata: MetadataStore, object: ObjectDef): string[] | null {
    const content = metadata.content('CustomObject', object.name) as ObjectContent | undefined;
    const view = asList(content?.listViews).find(({ fullName }) => fullName === 'All');
    return view ? asList(view.columns).map((column) => fieldOfColumn(object, column)) : null;
}

/** List views name standard fields their own way: `NAME`, `OWNER.ALIAS`, `CREATED_DATE`. */
function fieldOfColumn(object: ObjectDef, column: string): string {
    if (column === 'NAME') return object.fields.find(({ nameField }) => nameField)?.name ?? 'Name';
    if (column.startsWith('OWNER.')) return 'OwnerId';
    const standard: Record<string, string> = { CREATED_DATE: 'CreatedDate', LAST_UPDATE: 'LastModifiedDate' };
    return standard[column] ?? column;
}
