// The scorecard on the home page, in short: managers read who needs them this week, everybody else how they stand, with a link
// to the whole.
import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { tabPage } from 'c/tabPage';
import canViewTeam from '@salesforce/customPermission/SpmViewTeam';
import wholeTeam from '@salesforce/label/c.SpmHomeTeam';
import wholeCard from '@salesforce/label/c.SpmHomeCard';

export default class HomeScorecard extends NavigationMixin(LightningElement) {
    isManager = Boolean(canViewTeam);
    linkLabel = canViewTeam ? wholeTeam : wholeCard;
    url;

    get tab() {
        return tabPage(this.isManager ? 'Team' : 'MyScorecard');
    }

    async connectedCallback() {
        this.url = await this[NavigationMixin.GenerateUrl](this.tab);
    }

    /** A plain click stays inside Lightning; the address serves every other one. */
    handleClick(event) {
        event.preventDefault();
        this[NavigationMixin.Navigate](this.tab);
    }
}
