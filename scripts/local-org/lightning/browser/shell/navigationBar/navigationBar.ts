// App launcher and the tabs of the open app.
import { api, LightningElement } from 'lwc';
import type { NavigationItem, ShellApp } from '../../platform/shell-types.ts';

interface ShownItem extends NavigationItem {
    className: string;
    current: 'page' | null;
}

export default class NavigationBar extends LightningElement {
    @api apps: ShellApp[] = [];
    @api appName = '';
    @api currentUrl = '';
    isLauncherOpen = false;

    get app(): ShellApp {
        return this.apps.find(({ name }) => name === this.appName)!;
    }

    get items(): ShownItem[] {
        return this.app.navigation.map((item) => {
            const isCurrent = item.url === this.currentUrl;
            return {
                ...item,
                className: `slds-context-bar__item${isCurrent ? ' slds-is-active' : ''}`,
                current: isCurrent ? 'page' : null
            };
        });
    }

    get launcherExpanded(): string {
        return String(this.isLauncherOpen);
    }

    handleLauncher(): void {
        this.isLauncherOpen = !this.isLauncherOpen;
    }

    handleKey(event: KeyboardEvent): void {
        if (event.key === 'Escape') this.isLauncherOpen = false;
    }

    handleApp(event: Event): void {
        this.isLauncherOpen = false;
        const { name } = (event.currentTarget as HTMLElement).dataset;
        this.dispatchEvent(new CustomEvent('appselect', { detail: name }));
    }
}
