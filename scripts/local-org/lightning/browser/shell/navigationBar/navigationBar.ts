// App launcher and the tabs of the open app; those that do not fit are under More.
import { api, LightningElement } from 'lwc';
import type { NavigationItem, ShellApp } from '../../platform/shell-types.ts';

interface ShownItem extends NavigationItem {
    className: string;
    current: 'page' | null;
}

/** What More takes, in pixels. */
const MORE_WIDTH = 96;

export default class NavigationBar extends LightningElement {
    @api currentUrl = '';
    isLauncherOpen = false;
    isMoreOpen = false;
    /** tabs that fit; all of them until they are measured */
    shownCount = Infinity;
    givenApps: ShellApp[] = [];
    givenAppName = '';
    /** of each tab, in pixels; none yet for another app */
    widths: number[] = [];
    observer: ResizeObserver | null = null;

    @api get apps(): ShellApp[] {
        return this.givenApps;
    }
    set apps(apps: ShellApp[]) {
        this.givenApps = apps;
        this.measureAnew();
    }

    @api get appName(): string {
        return this.givenAppName;
    }
    set appName(name: string) {
        this.givenAppName = name;
        this.measureAnew();
    }

    get app(): ShellApp {
        return this.apps.find(({ name }) => name === this.appName)!;
    }

    get items(): ShownItem[] {
        return this.allItems.slice(0, this.shownCount);
    }

    get moreItems(): ShownItem[] {
        return this.allItems.slice(this.shownCount);
    }

    get hasMore(): boolean {
        return this.moreItems.length > 0;
    }

    get moreClass(): string {
        const isCurrent = this.moreItems.some(({ current }) => current);
        return `slds-context-bar__item slds-context-bar__dropdown-trigger slds-dropdown-trigger slds-dropdown-trigger_click${
            isCurrent ? ' slds-is-active' : ''
        }${this.isMoreOpen ? ' slds-is-open' : ''}`;
    }

    get moreExpanded(): string {
        return String(this.isMoreOpen);
    }

    get launcherExpanded(): string {
        return String(this.isLauncherOpen);
    }

    get allItems(): ShownItem[] {
        return this.app.navigation.map((item) => {
            const isCurrent = item.url === this.currentUrl;
            return {
                ...item,
                className: `slds-context-bar__item${isCurrent ? ' slds-is-active' : ''}`,
                current: isCurrent ? 'page' : null
            };
        });
    }

    renderedCallback(): void {
        if (this.widths.length === 0)
            this.widths = [...this.template!.querySelectorAll<HTMLElement>('[data-tab]')].map(
                ({ offsetWidth }) => offsetWidth
            );
        if (this.observer) return this.fit();
        this.observer = new ResizeObserver(() => this.fit());
        this.observer.observe(this.part('.slds-context-bar'));
    }

    disconnectedCallback(): void {
        this.observer?.disconnect();
        this.observer = null;
    }

    part(selector: string): HTMLElement {
        return this.template!.querySelector<HTMLElement>(selector)!;
    }

    measureAnew(): void {
        this.widths = [];
        this.shownCount = Infinity;
    }

    fit(): void {
        const bar = this.part('.slds-context-bar').getBoundingClientRect();
        const list = this.part('[data-tabs]').getBoundingClientRect();
        this.shownCount = fitting(this.widths, bar.right - list.left);
    }

    handleMore(): void {
        this.isMoreOpen = !this.isMoreOpen;
    }

    handleMoreKey(event: KeyboardEvent): void {
        if (event.key !== 'Escape') return;
        this.isMoreOpen = false;
        this.part('[data-more]').focus();
    }

    /** Somebody went on elsewhere. */
    handleMoreLeft(event: FocusEvent): void {
        const next = event.relatedTarget as Node | null;
        if (!(event.currentTarget as HTMLElement).contains(next)) this.isMoreOpen = false;
    }

    handleMoreChosen(): void {
        this.isMoreOpen = false;
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

/** How many of them fit side by side, with More for the others. */
function fitting(widths: readonly number[], room: number): number {
    const sum = (count: number): number => widths.slice(0, count).reduce((total, one) => total + one, 0);
    if (sum(widths.length) <= room) return widths.length;
    let count = widths.length - 1;
    while (count > 0 && sum(count) + MORE_WIDTH > room) count -= 1;
    return count;
}
