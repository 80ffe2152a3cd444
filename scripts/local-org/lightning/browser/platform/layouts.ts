// Which fields the shell's pages show: the deployed layout and list view of an object, for standard objects the layout
// every org starts with, otherwise what the object has.
import type { ObjectInfo } from './records.ts';

interface Layout {
    highlights: string[];
    details: [string[], string[]];
    list: string[];
}

const layouts: Record<string, Layout> = {
    Opportunity: {
        highlights: ['AccountId', 'CloseDate', 'Amount', 'OwnerId'],
        details: [
            ['OwnerId', 'Name', 'AccountId', 'Type', 'LeadSource', 'NextStep', 'Description'],
            [
                'Amount',
                'ExpectedRevenue',
                'CloseDate',
                'StageName',
                'Probability',
                'ForecastCategoryName',
                'LastModifiedById'
            ]
        ],
        list: ['Name', 'AccountId', 'Amount', 'CloseDate', 'StageName', 'OwnerId']
    },
    Account: {
        highlights: ['Type', 'Phone', 'Website', 'OwnerId', 'Industry'],
        details: [
            ['OwnerId', 'Name', 'ParentId', 'Type', 'Industry'],
            ['Phone', 'Website', 'NumberOfEmployees', 'AnnualRevenue', 'LastModifiedById']
        ],
        list: ['Name', 'Type', 'Industry', 'Phone', 'OwnerId']
    },
    Contact: {
        highlights: ['Title', 'AccountId', 'Phone', 'Email', 'OwnerId'],
        details: [
            ['OwnerId', 'Name', 'AccountId', 'Title', 'Department'],
            ['Phone', 'MobilePhone', 'Email', 'ReportsToId', 'LastModifiedById']
        ],
        list: ['Name', 'AccountId', 'Title', 'Phone', 'Email', 'OwnerId']
    },
    Task: {
        highlights: ['ActivityDate', 'Status', 'Priority', 'OwnerId'],
        details: [
            ['OwnerId', 'Subject', 'ActivityDate', 'Description'],
            ['Status', 'Priority', 'Type', 'LastModifiedById']
        ],
        list: ['Subject', 'ActivityDate', 'Status', 'Priority', 'OwnerId']
    }
};

const SYSTEM = new Set([
    'Id',
    'IsDeleted',
    'CreatedDate',
    'LastModifiedDate',
    'SystemModstamp',
    'CreatedById',
    'LastModifiedById'
]);

export function layoutOf(info: ObjectInfo): Layout {
    const own = layouts[info.apiName] ?? generalLayout(info);
    const readable = (names: string[]): string[] => names.filter((name) => info.fields[name]);
    return {
        highlights: readable(own.highlights),
        details: [readable(own.details[0]), readable(own.details[1])],
        list: readable(own.list)
    };
}

/** As deployed, or name first and then the object's own fields in two columns of equal length. */
function generalLayout(info: ObjectInfo): Layout {
    const own = Object.keys(info.fields).filter(
        (name) => !SYSTEM.has(name) && name !== 'OwnerId' && !info.nameFields.includes(name)
    );
    const ordered = [...info.nameFields, ...own, 'OwnerId', 'LastModifiedById'];
    const half = Math.ceil(ordered.length / 2);
    const short = own.filter((name) => info.fields[name]!.dataType !== 'TextArea');
    const { details, columns } = info.localOrgLayout;
    const shown = details?.flat().filter((name) => short.includes(name)) ?? short;
    return {
        highlights: shown.slice(0, 5),
        details: details ?? [ordered.slice(0, half), ordered.slice(half)],
        list: columns ?? [...info.nameFields, ...short.slice(0, 6)]
    };
}
