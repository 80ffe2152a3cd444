// The accounts in which the risk of a quarter lies: a bar each, its deals, and what securing a deal would do to the range.
// Accounts and deals the reader may not see are counted without their names.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { quarterMoney } from 'c/quarterMoney';
import title from '@salesforce/label/c.SpmForecastWhere';
import none from '@salesforce/label/c.SpmForecastNoRisk';
import noneText from '@salesforce/label/c.SpmForecastNoRiskText';
import otherAccounts from '@salesforce/label/c.SpmForecastOtherAccounts';
import hiddenAccount from '@salesforce/label/c.SpmForecastHiddenAccount';
import hiddenDeal from '@salesforce/label/c.SpmForecastHiddenDeal';
import secure from '@salesforce/label/c.SpmForecastSecure';
import showMore from '@salesforce/label/c.SpmShowMore';

const SHOWN = 5;
const WIDTH = 100;

export default class DownsideBars extends LightningElement {
    /** DriverView[] of ForecastController, largest first */
    @api drivers = [];
    @api currencyCode;

    label = { title, none, noneText, showMore };
    isWhole = false;

    get isEmpty() {
        return this.drivers.length === 0;
    }

    get hasMore() {
        return !this.isWhole && this.drivers.length > SHOWN;
    }

    get rows() {
        const largest = Math.max(...this.drivers.map(({ amount }) => Math.abs(amount)), Number.EPSILON);
        const shown = this.isWhole ? this.drivers : this.drivers.slice(0, SHOWN);
        return shown.map((driver, index) => ({
            key: driver.accountId ?? `none-${index}`,
            accountId: driver.accountName ? driver.accountId : undefined,
            name: driver.accountName ?? (driver.accountId ? hiddenAccount : otherAccounts),
            amount: quarterMoney(driver.amount, this.currencyCode),
            width: (WIDTH * Math.max(0, driver.amount)) / largest,
            deals: driver.deals.map(({ opportunityId, opportunityName }) => ({
                key: opportunityId,
                recordId: opportunityName ? opportunityId : undefined,
                name: opportunityName ?? hiddenDeal
            })),
            mitigations: driver.mitigations.map((one) => ({
                key: `${one.opportunityId}-${one.kind}`,
                text: fillLabel(
                    secure,
                    one.opportunityName ?? hiddenDeal,
                    quarterMoney(one.lowAmount, this.currencyCode),
                    quarterMoney(one.middleAmount, this.currencyCode)
                )
            }))
        }));
    }

    handleMore() {
        this.isWhole = true;
    }
}
