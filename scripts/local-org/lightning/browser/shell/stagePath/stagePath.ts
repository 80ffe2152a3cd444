// The opportunity's stages in order, with the one it is in. Only shows; changing the stage is not offered.
import { api } from 'lwc';
import { messageOf } from '../../platform/page.ts';
import { query, type Row } from '../../platform/records.ts';
import RecordPart from 'shell/recordPart';

interface Step {
    value: string;
    label: string;
    className: string;
    isComplete: boolean;
    current: 'step' | null;
}

export default class StagePath extends RecordPart {
    @api override recordId!: string;
    @api override objectApiName!: string;
    stages: Row[] = [];

    protected override fieldNames(): string[] {
        return ['StageName', 'IsClosed', 'IsWon'];
    }

    override connectedCallback(): void {
        super.connectedCallback();
        void this.loadStages();
    }

    private async loadStages(): Promise<void> {
        try {
            this.stages = await query(
                'SELECT ApiName, MasterLabel, IsClosed, IsWon FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder'
            );
        } catch (error) {
            this.problem = messageOf(error);
        }
    }

    get steps(): Step[] {
        const stage = this.record?.fields['StageName']?.value;
        if (!stage) return [];
        const isClosed = this.record?.fields['IsClosed']?.value === true;
        const isWon = this.record?.fields['IsWon']?.value === true;
        const shown = this.stages.filter((row) => !row['IsClosed'] || (isClosed && row['ApiName'] === stage));
        const steps = isClosed ? shown : [...shown, { ApiName: 'Closed', MasterLabel: 'Closed' }];
        const position = steps.findIndex((row) => row['ApiName'] === stage);
        return steps.map((row, index) =>
            step(row, index, position, isClosed ? (isWon ? 'won' : 'lost') : null)
        );
    }
}

function step(row: Row, index: number, position: number, ending: 'won' | 'lost' | null): Step {
    const isComplete = index < position || (ending === 'won' && index === position);
    const isCurrent = index === position;
    const state =
        isCurrent && ending
            ? `slds-is-${ending} slds-is-active`
            : isCurrent
              ? 'slds-is-current slds-is-active'
              : isComplete
                ? 'slds-is-complete'
                : 'slds-is-incomplete';
    return {
        value: row['ApiName'],
        label: row['MasterLabel'],
        className: `slds-path__item ${state}`,
        isComplete,
        current: isCurrent ? 'step' : null
    };
}
