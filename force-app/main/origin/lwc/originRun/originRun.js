// The run that wrote a number: which, when, by what version of the service, and what it cost.
import { LightningElement, api } from 'lwc';
import RUN from '@salesforce/schema/Run__c';
import timeZone from '@salesforce/i18n/timeZone';
import { countLabel, fillLabel, formatNumber } from 'c/labelText';
import title from '@salesforce/label/c.SpmOriginRun';
import number from '@salesforce/label/c.SpmOriginRunNumber';
import engine from '@salesforce/label/c.SpmOriginEngine';
import started from '@salesforce/label/c.SpmOriginStarted';
import ended from '@salesforce/label/c.SpmOriginEnded';
import took from '@salesforce/label/c.SpmOriginTook';
import second from '@salesforce/label/c.SpmOriginSecond';
import seconds from '@salesforce/label/c.SpmOriginSeconds';
import cost from '@salesforce/label/c.SpmOriginCost';
import costText from '@salesforce/label/c.SpmOriginCostText';
import rulesHash from '@salesforce/label/c.SpmOriginRulesHash';
import gone from '@salesforce/label/c.SpmOriginRunGone';
import none from '@salesforce/label/c.SpmOriginNoRun';

export default class OriginRun extends LightningElement {
    /** RunView of NumberOriginController; nothing where it is not kept any more */
    @api run;
    @api runKey;

    label = { title, number };
    runObject = RUN.objectApiName;
    timeZone = timeZone;

    get missingText() {
        return this.runKey ? fillLabel(gone, this.runKey) : none;
    }

    get moments() {
        const { startedAt, finishedAt } = this.run;
        return [
            { key: 'started', name: started, value: startedAt },
            { key: 'ended', name: ended, value: finishedAt }
        ].filter(({ value }) => value);
    }

    get facts() {
        const {
            durationSeconds,
            apiCallCount,
            readCount,
            writtenCount,
            engineVersion,
            rulesHash: sum
        } = this.run;
        const counts = [apiCallCount, readCount, writtenCount].map((count) => formatNumber(count ?? 0));
        const isTimed = durationSeconds !== null && durationSeconds !== undefined;
        return [
            { key: 'took', name: took, value: isTimed && countLabel(durationSeconds, second, seconds) },
            { key: 'cost', name: cost, value: fillLabel(costText, ...counts) },
            { key: 'engine', name: engine, value: engineVersion },
            { key: 'rules', name: rulesHash, value: sum }
        ].filter(({ value }) => value);
    }
}
