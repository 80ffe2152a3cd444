// Balances carried from period to period (draws, advances, what is owed): opening, movements, closing.
import { LightningElement, api } from 'lwc';
import { amountText, nameInWords } from 'c/payFigures';
import title from '@salesforce/label/c.SpmPayBalances';
import caption from '@salesforce/label/c.SpmPayBalancesCaption';
import balance from '@salesforce/label/c.SpmPayBalance';
import opening from '@salesforce/label/c.SpmPayOpening';
import movement from '@salesforce/label/c.SpmPayMovement';
import closing from '@salesforce/label/c.SpmPayClosing';

export default class LedgerBalances extends LightningElement {
    @api balances = [];
    @api currencyCode;

    label = { title, caption, balance, opening, movement, closing };

    get rows() {
        const write = (amount) => amountText(amount, this.currencyCode);
        return this.balances.map((row) => ({
            key: `${row.ledger}/${row.scope ?? ''}`,
            name: [nameInWords(row.ledger), row.scope].filter(Boolean).join(': '),
            opening: write(row.openingAmount),
            movement: write(row.movementAmount),
            closing: write(row.closingAmount),
            movements: (row.movements ?? []).map(({ what, amount }, index) => ({
                key: index,
                text: `${nameInWords(what)} ${write(amount)}`
            }))
        }));
    }
}
