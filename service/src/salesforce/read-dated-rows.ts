// Rows of splits and teams with the times they were made and changed, where a plan hands deals over by them. Both are features of an org:
// where they are off, or cannot be read, each deal is told so.
import type { CreditTarget } from '../domain/incentives/plan.ts';
import type { DatedRows, SplitRow, TeamRow } from '../domain/pay/held-on-date.ts';
import type { Known } from '../domain/pay/ownership.ts';
import { isTrue, textOf, timeOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import type { RawRow, SmallRead } from './query.ts';
import { addTo } from './rows-by-id.ts';

const TIMES = ['CreatedDate', 'LastModifiedDate'];
const SPLIT = ['OpportunityId', 'SplitOwnerId', 'SplitPercentage'];
const MEMBER = ['OpportunityId', 'UserId', 'TeamMemberRole'];

export class DatedReading {
    readonly #wants: { splits: boolean; team: boolean };
    readonly #unread = new Map<string, string>();
    readonly #splits = new Map<string, SplitRow[]>();
    readonly #team = new Map<string, TeamRow[]>();

    /** @param targets of all plans */
    constructor(targets: readonly CreditTarget[]) {
        const from = targets.flatMap((to) => (to.kind === 'handOver' ? [to.from] : []));
        this.#wants = {
            splits: from.includes('splits'),
            team: from.some((one) => typeof one === 'object')
        };
    }

    /** @param where of the details of deals */
    async reads(fields: ObjectFields, where: string): Promise<SmallRead[]> {
        const reads: SmallRead[] = [];
        const read = async (object: string, own: string[], onRow: (row: RawRow) => void): Promise<void> => {
            const unread = await fields.unreadableOf(object, [...own, ...TIMES]);
            if (unread !== '') this.#unread.set(object, unread);
            const more = object === 'OpportunitySplit' ? ['SplitType.IsTotalValidated'] : [];
            const query = { object, fields: [...own, ...TIMES, ...more], where, orderBy: 'Id' };
            if (unread === '') reads.push({ query, onRow });
        };
        if (this.#wants.splits) await read('OpportunitySplit', SPLIT, (row) => this.#addSplit(row));
        if (this.#wants.team) await read('OpportunityTeamMember', MEMBER, (row) => this.#addMember(row));
        return reads;
    }

    /** Once everything is read; null where no plan asks for any. */
    of(deal: RawRow): DatedRows | null {
        const { splits, team } = this.#wants;
        if (!splits && !team) return null;
        const id = textOf(deal.Id);
        const known = <T>(object: string, rows: Map<string, T[]>): Known<T> => {
            const unread = this.#unread.get(object);
            return unread === undefined ? (rows.get(id) ?? []) : { unknown: `${unread} cannot be read` };
        };
        return {
            ...(splits ? { splits: known('OpportunitySplit', this.#splits) } : {}),
            ...(team ? { team: known('OpportunityTeamMember', this.#team) } : {})
        };
    }

    /** Overlay splits come on top of the revenue and are not shares of it. */
    #addSplit(row: RawRow): void {
        if (!isTrue(row['SplitType.IsTotalValidated'])) return;
        addTo(this.#splits, row.OpportunityId, {
            payeeId: textOf(row.SplitOwnerId),
            percent: textOf(row.SplitPercentage),
            ...timesOf(row)
        });
    }

    #addMember(row: RawRow): void {
        addTo(this.#team, row.OpportunityId, {
            payeeId: textOf(row.UserId),
            role: textOf(row.TeamMemberRole),
            ...timesOf(row)
        });
    }
}

function timesOf({ CreatedDate, LastModifiedDate }: RawRow): { createdAt: string; changedAt: string } {
    return { createdAt: timeOf(CreatedDate), changedAt: timeOf(LastModifiedDate) };
}
