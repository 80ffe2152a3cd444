// The bar on top: which org this is, who is signed in, and "view as" any other user.
import { api, LightningElement } from 'lwc';
import type { PageUser } from '../../platform/page.ts';
import { initialsOf, matching } from '../../platform/people.ts';
import { signInAs } from '../../platform/session.ts';
import type { ShellData } from '../../platform/shell-types.ts';

const SHOWN = 30;

export default class GlobalHeader extends LightningElement {
    @api user!: ShellData['user'];
    isOpen = false;
    filter = '';

    get initials(): string {
        return initialsOf(this.user.name);
    }

    get buttonTitle(): string {
        return `${this.user.name}: view as another user`;
    }

    get expanded(): string {
        return String(this.isOpen);
    }

    get menuClass(): string {
        return `slds-dropdown-trigger slds-dropdown-trigger_click${this.isOpen ? ' slds-is-open' : ''}`;
    }

    get users(): PageUser[] {
        return matching(localOrgPage.users, this.filter)
            .filter(({ username }) => username !== this.user.username)
            .slice(0, SHOWN);
    }

    handleToggle(): void {
        this.isOpen = !this.isOpen;
    }

    handleKey(event: KeyboardEvent): void {
        if (event.key !== 'Escape') return;
        this.isOpen = false;
        this.template!.querySelector<HTMLElement>('.slds-global-actions__avatar')?.focus();
    }

    handleFilter(event: CustomEvent<{ value: string }>): void {
        this.filter = event.detail.value;
    }

    handleSelect(event: Event): void {
        void signInAs((event.currentTarget as HTMLElement).dataset['username']!);
    }
}
