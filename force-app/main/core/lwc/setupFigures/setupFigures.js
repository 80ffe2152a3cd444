// What the setup page tells beside the connection: which org this is, what it has left, its last runs, how much data
// there is and who has which permission set. Shows what the org knows of itself also while the service is not reached.
import { LightningElement, api } from 'lwc';
import RUN from '@salesforce/schema/Run__c';
import timeZone from '@salesforce/i18n/timeZone';
import { fillLabel, formatNumber } from 'c/labelText';
import orgTitle from '@salesforce/label/c.SpmSetupOrg';
import orgId from '@salesforce/label/c.SpmSetupOrgId';
import kind from '@salesforce/label/c.SpmSetupKind';
import sandbox from '@salesforce/label/c.SpmSetupSandbox';
import production from '@salesforce/label/c.SpmSetupProduction';
import edition from '@salesforce/label/c.SpmSetupEdition';
import domain from '@salesforce/label/c.SpmSetupDomain';
import packageName from '@salesforce/label/c.SpmSetupPackage';
import fromSource from '@salesforce/label/c.SpmSetupFromSource';
import engine from '@salesforce/label/c.SpmSetupEngine';
import lastEngine from '@salesforce/label/c.SpmSetupLastEngine';
import scheduleName from '@salesforce/label/c.SpmSetupSchedule';
import every from '@salesforce/label/c.SpmSetupEvery';
import onRequest from '@salesforce/label/c.SpmSetupOnRequest';
import forecastAt from '@salesforce/label/c.SpmSetupForecastAt';
import notTold from '@salesforce/label/c.SpmSetupNotTold';
import apiUsed from '@salesforce/label/c.SpmSetupApiUsed';
import storageUsed from '@salesforce/label/c.SpmSetupStorageUsed';
import ofLabel from '@salesforce/label/c.SpmSetupOf';
import volumes from '@salesforce/label/c.SpmSetupVolumes';
import objectHead from '@salesforce/label/c.SpmSetupObjectHead';
import rowsHead from '@salesforce/label/c.SpmSetupRowsHead';
import runs from '@salesforce/label/c.SpmSetupRuns';
import noRuns from '@salesforce/label/c.SpmSetupNoRuns';
import runHead from '@salesforce/label/c.SpmSetupRunHead';
import stateHead from '@salesforce/label/c.SpmSetupStateHead';
import askedHead from '@salesforce/label/c.SpmSetupAskedHead';
import savedHead from '@salesforce/label/c.SpmSetupSavedHead';
import notSavedHead from '@salesforce/label/c.SpmSetupNotSavedHead';
import readHead from '@salesforce/label/c.SpmSetupReadHead';
import tookHead from '@salesforce/label/c.SpmSetupTookHead';
import cancelHead from '@salesforce/label/c.SpmSetupCancelHead';
import callsHead from '@salesforce/label/c.SpmSetupCallsHead';
import seats from '@salesforce/label/c.SpmSetupSeats';
import setHead from '@salesforce/label/c.SpmSetupSetHead';
import peopleHead from '@salesforce/label/c.SpmSetupPeopleHead';

/** Objects without rows say nothing; beyond so many the page gets long. */
const MOST_OBJECTS = 15;

export default class SetupFigures extends LightningElement {
    /** What this org knows of itself. */
    @api org;
    /** What the service found; undefined while it is not reached. */
    @api checked;

    runObject = RUN.objectApiName;
    timeZone = timeZone;
    label = {
        org: orgTitle,
        runs,
        noRuns,
        runHead,
        stateHead,
        askedHead,
        savedHead,
        notSavedHead,
        callsHead,
        readHead,
        tookHead,
        cancelHead
    };

    get facts() {
        const { org } = this;
        const connection = this.checked?.connection;
        const facts = [
            ['orgId', orgId, org.orgId],
            ['kind', kind, org.isSandbox ? sandbox : production],
            ['edition', edition, `${org.edition}, ${org.instance}`],
            ['myDomain', domain, org.myDomain],
            ['package', packageName, `${org.packageVersion}, ${org.namespace || fromSource}`],
            ['engine', engine, connection?.engineVersion ?? notTold],
            ['lastEngine', lastEngine, org.engineVersion ?? notTold],
            ['schedule', scheduleName, connection ? scheduleText(connection.schedule) : notTold]
        ];
        return facts.map(([key, name, value]) => ({ key, valueKey: `${key}-value`, name, value }));
    }

    get usages() {
        return [
            usageOf('api', apiUsed, this.checked?.apiCalls),
            usageOf('storage', storageUsed, this.checked?.storageMb)
        ];
    }

    get hasRuns() {
        return this.org.runs.length > 0;
    }

    get canCancelAny() {
        return this.org.runs.some(({ canCancel }) => canCancel);
    }

    get tables() {
        const counts = (this.checked?.recordCounts ?? []).filter(({ count }) => count > 0);
        const people = this.org.permissionSets.map((set) => ({ name: set.name, count: set.people }));
        return [
            {
                key: 'volumes',
                title: volumes,
                nameHead: objectHead,
                countHead: rowsHead,
                rows: counts.slice(0, MOST_OBJECTS)
            },
            { key: 'seats', title: seats, nameHead: setHead, countHead: peopleHead, rows: people }
        ].filter(({ rows }) => rows.length > 0);
    }

    handleCancelled() {
        this.dispatchEvent(new CustomEvent('changed'));
    }
}

function usageOf(key, name, usage) {
    if (!usage) return { key, name, text: notTold, isKnown: false };
    const text = fillLabel(ofLabel, formatNumber(usage.used), formatNumber(usage.max));
    return {
        key,
        name,
        text,
        isKnown: true,
        percent: usage.max === 0 ? 100 : (usage.used / usage.max) * 100
    };
}

function scheduleText({ minutes, forecastHour }) {
    const refresh = minutes > 0 ? fillLabel(every, formatNumber(minutes)) : onRequest;
    const hasHour = forecastHour !== null && forecastHour !== undefined;
    return hasHour ? `${refresh}, ${fillLabel(forecastAt, forecastHour)}` : refresh;
}
