// What the demo firm holds its people to where the shipped standards do not fit how it works: few and long meetings, sales of half a year,
// and no word in the CRM of which clients are new. In an org these are edited on the Standards page.
import type { LoadRow } from '../../local-org/records/load.ts';

/** Floor and target by role and metric; null: nothing. */
const OWN: Record<string, [number, number] | null> = {
    'adviser:meetings-held': [2, 5],
    'adviser:new-clients': null,
    'asset-servicing:meetings-held': [3, 8],
    'asset-servicing:pipeline-coverage': [8, 40],
    'new-joiner:meetings-held': [2, 5]
};

export function withFirmStandards(rows: readonly LoadRow[]): LoadRow[] {
    return rows.flatMap((row) => {
        const own = OWN[`${row['RoleKey__c']}:${row['MetricKey__c']}`];
        if (own === null) return [];
        return own === undefined ? [row] : [{ ...row, FloorValue__c: own[0], TargetValue__c: own[1] }];
    });
}
