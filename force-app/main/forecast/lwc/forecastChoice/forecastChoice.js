// Whose figures, of which quarter, as of which day: three choices in one line. Fires `choose` with what was changed; what
// follows from it is not known here.
import { LightningElement, api } from 'lwc';
import canViewTeam from '@salesforce/customPermission/SpmViewTeam';
import { formatDaysIn } from 'c/labelText';
import scopeLabel from '@salesforce/label/c.SpmScope';
import scopeMine from '@salesforce/label/c.SpmScopeMine';
import scopeTeam from '@salesforce/label/c.SpmForecastMyTeam';
import quarter from '@salesforce/label/c.SpmForecastQuarter';
import day from '@salesforce/label/c.SpmForecastDay';

export default class ForecastChoice extends LightningElement {
    /** Tells the choices of several cards on one page apart: buttons of one name exclude each other. */
    @api name = 'forecast';
    /** `mine` or `team` */
    @api scope = 'mine';
    /** [{ name, startDate }] */
    @api periods = [];
    @api periodStartDate;
    /** newest first */
    @api days = [];
    @api asOfDate;

    label = { scope: scopeLabel, quarter, day };
    canChooseScope = Boolean(canViewTeam);
    scopeOptions = [
        { label: scopeMine, value: 'mine' },
        { label: scopeTeam, value: 'team' }
    ];

    get quarterOptions() {
        return this.periods.map(({ name, startDate }) => ({ label: name, value: startDate }));
    }

    get dayOptions() {
        return this.days.map((value) => ({ label: formatDaysIn(value), value }));
    }

    get hasQuarters() {
        return this.periods.length > 1;
    }

    get hasDays() {
        return this.days.length > 1;
    }

    handleScope(event) {
        this.choose({ scope: event.detail.value, asOfDate: null, periodStartDate: null });
    }

    handleQuarter(event) {
        this.choose({ periodStartDate: event.detail.value });
    }

    handleDay(event) {
        this.choose({ asOfDate: event.detail.value });
    }

    choose(detail) {
        this.dispatchEvent(new CustomEvent('choose', { detail }));
    }
}
