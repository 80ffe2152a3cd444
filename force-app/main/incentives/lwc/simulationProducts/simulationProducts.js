// What each product carries in incentives beside its revenue: a product that pays more for the same money may be sold for that reason.
// And what everybody would be paid if all deals were of one product, where the plan looks at products.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText, nameInWords, numberOf, percentText } from 'c/payFigures';
import none from '@salesforce/label/c.SpmSimNoProducts';
import noneText from '@salesforce/label/c.SpmSimNoProductsText';
import about from '@salesforce/label/c.SpmSimProductsText';
import caption from '@salesforce/label/c.SpmSimProductsCaption';
import deals from '@salesforce/label/c.SpmSimDeals';
import revenue from '@salesforce/label/c.SpmSimRevenue';
import own from '@salesforce/label/c.SpmSimNewPlan';
import ownRate from '@salesforce/label/c.SpmSimRateNew';
import otherRate from '@salesforce/label/c.SpmSimRateOther';
import withoutProduct from '@salesforce/label/c.SpmSimWithoutProduct';
import withoutDeal from '@salesforce/label/c.SpmSimWithoutDeal';
import bias from '@salesforce/label/c.SpmSimBias';
import even from '@salesforce/label/c.SpmSimEven';
import moreProducts from '@salesforce/label/c.SpmSimMoreProducts';
import asIf from '@salesforce/label/c.SpmSimAsIf';
import asIfRow from '@salesforce/label/c.SpmSimAsIfRow';
import notLooking from '@salesforce/label/c.SpmSimNotLooking';

/** Ratios as near to one as this are called even. */
const EVEN = 1.005;

export default class SimulationProducts extends LightningElement {
    @api result;

    label = { none, noneText, about, caption, deals, revenue, own, ownRate, otherRate, asIf, notLooking };

    get products() {
        return this.result.products;
    }

    get field() {
        return nameInWords(this.products.field);
    }

    get hasOther() {
        return this.result.againstTotal !== null;
    }

    get rows() {
        const { currency } = this.result;
        const { products } = this.products;
        const highest = Math.max(...products.map(({ rate }) => numberOf(rate) ?? 0), Number.EPSILON);
        return products.map((one) => ({
            key: one.product,
            name: one.product || withoutProduct,
            deals: formatNumber(one.deals),
            revenue: amountText(one.revenue, currency),
            pay: amountText(one.pay, currency),
            rate: percentText(one.rate),
            otherRate: percentText(one.againstRate),
            width: (Math.max(0, numberOf(one.rate) ?? 0) / highest) * 100
        }));
    }

    /** The product that pays most for a unit of revenue against the one that pays least. */
    get biasText() {
        const rated = this.products.products
            .filter(({ rate }) => numberOf(rate) !== null)
            .sort((a, b) => numberOf(b.rate) - numberOf(a.rate));
        if (rated.length < 2) return '';
        const [most, least] = [rated[0], rated.at(-1)];
        const ratio = numberOf(most.rate) / numberOf(least.rate);
        if (ratio < EVEN) return even;
        const names = [most, least].map(({ product }) => product || withoutProduct);
        const rates = [most, least].map(({ rate }) => percentText(rate));
        const times = Number.isFinite(ratio) ? formatNumber(ratio, { maximumFractionDigits: 2 }) : '∞';
        return fillLabel(bias, names[0], rates[0], names[1], rates[1], times);
    }

    get withoutDealText() {
        const amount = this.products.withoutDeal;
        return numberOf(amount) === 0 ? '' : fillLabel(withoutDeal, amountText(amount, this.result.currency));
    }

    get moreText() {
        const { moreProducts: count } = this.products;
        return count > 0 ? fillLabel(moreProducts, formatNumber(count)) : '';
    }

    get looks() {
        return this.result.productPay !== null;
    }

    get asIfRows() {
        return (this.result.productPay?.pay ?? []).map(({ product, paid }) => ({
            key: product,
            text: fillLabel(asIfRow, product || withoutProduct, amountText(paid, this.result.currency))
        }));
    }
}
