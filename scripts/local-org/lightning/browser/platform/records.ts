// Reading for the shell's own pages: SOQL and object information, as the signed-in user. Object information is asked
// for once per page load.
import { dataRoot, requestJson } from './page.ts';

export interface FieldInfo {
    apiName: string;
    label: string;
    dataType: string;
    custom: boolean;
    calculated: boolean;
    reference: boolean;
    relationshipName: string | null;
    referenceToInfos: { apiName: string }[];
    inlineHelpText: string | null;
    localOrgPicklistValues: { value: string; label: string; active: boolean }[];
}

export interface ObjectInfo {
    apiName: string;
    label: string;
    labelPlural: string;
    custom: boolean;
    nameFields: string[];
    fields: Record<string, FieldInfo>;
    localOrgLayout: { details: [string[], string[]] | null; columns: string[] | null };
    childRelationships: {
        childObjectApiName: string;
        fieldName: string;
        relationshipName: string;
        label: string;
    }[];
}

export type Row = Record<string, any>;

const known = new Map<string, Promise<ObjectInfo>>();

export function objectInfo(objectName: string): Promise<ObjectInfo> {
    let info = known.get(objectName);
    if (!info) {
        info = requestJson('GET', `${dataRoot}/ui-api/object-info/${objectName}`) as Promise<ObjectInfo>;
        known.set(objectName, info);
    }
    return info;
}

export async function query(soql: string): Promise<Row[]> {
    const answer = (await requestJson('GET', `${dataRoot}/query?q=${encodeURIComponent(soql)}`)) as {
        records: Row[];
    };
    return answer.records;
}

export function recordUrl(objectName: string, id: string): string {
    return `/lightning/r/${objectName}/${id}/view`;
}
