// Open tasks by due date and the newest closed ones, of the record on the page.
import { api, LightningElement } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import { onRecordChange } from 'lightning/uiRecordApi';
import { dayText } from '../../platform/days.ts';
import { messageOf } from '../../platform/page.ts';
import { query, recordUrl, type Row } from '../../platform/records.ts';

interface ShownTask {
    id: string;
    url: string;
    subject: string;
    date: string;
    detail: string;
}

const COLUMNS = 'Id, Subject, Status, ActivityDate, Type, Owner.Name';

export default class ActivityPanel extends LightningElement {
    @api recordId!: string;
    @api objectApiName!: string;
    open: ShownTask[] = [];
    past: ShownTask[] = [];
    problem = '';
    private refreshId = 0;
    private stopWatching: () => void = () => {};

    connectedCallback(): void {
        this.refreshId = registerRefreshHandler(this, () => this.load());
        this.stopWatching = onRecordChange(this.recordId, () => void this.load());
        void this.load();
    }

    disconnectedCallback(): void {
        unregisterRefreshHandler(this.refreshId);
        this.stopWatching();
    }

    get groups(): { title: string; tasks: ShownTask[]; isEmpty: boolean; emptyText: string }[] {
        return [
            {
                title: 'Upcoming & Overdue',
                tasks: this.open,
                isEmpty: this.open.length === 0,
                emptyText: 'No activities to show.'
            },
            {
                title: 'Past Activity',
                tasks: this.past,
                isEmpty: this.past.length === 0,
                emptyText: 'No past activity.'
            }
        ];
    }

    private async load(): Promise<void> {
        const relation = this.objectApiName === 'Contact' ? 'WhoId' : 'WhatId';
        const from = `SELECT ${COLUMNS} FROM Task WHERE ${relation} = '${this.recordId}'`;
        try {
            const [open, past] = await Promise.all([
                query(`${from} AND IsClosed = false ORDER BY ActivityDate ASC NULLS LAST LIMIT 20`),
                query(`${from} AND IsClosed = true ORDER BY ActivityDate DESC NULLS LAST LIMIT 20`)
            ]);
            this.open = open.map(shownTask);
            this.past = past.map(shownTask);
        } catch (error) {
            this.problem = messageOf(error);
        }
    }
}

function shownTask(row: Row): ShownTask {
    const date = row['ActivityDate'] as string | null;
    return {
        id: row['Id'],
        url: recordUrl('Task', row['Id']),
        subject: row['Subject'] ?? 'Task',
        date: date ? dayText(date) : 'No due date',
        detail: [row['Type'], row['Status'], row['Owner']?.Name].filter(Boolean).join(' · ')
    };
}
