// What a visitor without a session sees: everyone who can be signed in as.
import { LightningElement } from 'lwc';
import { messageOf, type PageUser } from '../../platform/page.ts';
import { signInAs } from '../../platform/session.ts';
import { matching } from '../../platform/people.ts';

const SHOWN = 50;

export default class SignIn extends LightningElement {
    filter = '';
    problem = '';

    connectedCallback(): void {
        document.title = 'Sign in | Salesforce local org';
    }

    get matches(): PageUser[] {
        return matching(localOrgPage.users, this.filter);
    }

    get shownUsers(): PageUser[] {
        return this.matches.slice(0, SHOWN);
    }

    get countText(): string {
        const { length } = this.matches;
        return length > SHOWN ? `${SHOWN} of ${length} users shown; type to narrow down.` : `${length} users`;
    }

    handleFilter(event: CustomEvent<{ value: string }>): void {
        this.filter = event.detail.value;
    }

    async handleSignIn(event: Event): Promise<void> {
        try {
            await signInAs((event.currentTarget as HTMLElement).dataset['username']!);
        } catch (error) {
            this.problem = messageOf(error);
        }
    }
}
