// The frame around every page: header, navigation, the page the URL names, utility bar.
import { LightningElement } from 'lwc';
import { messageOf, requestJson } from '../../platform/page.ts';
import { onPage, open, type PageReference } from '../../platform/router.ts';
import type { ShellApp, ShellData } from '../../platform/shell-types.ts';
import { viewOf, type View } from '../../platform/views.ts';

const APP_KEY = 'localOrgApp';

export default class App extends LightningElement {
    shell: ShellData | null = null;
    problem = '';
    reference: PageReference | undefined;
    appName = sessionStorage.getItem(APP_KEY) ?? '';
    private stop: () => void = () => {};

    async connectedCallback(): Promise<void> {
        try {
            const path = `/lightning/shell-data?formFactor=${localOrgPage.formFactor}`;
            this.shell = (await requestJson('GET', path)) as ShellData;
        } catch (error) {
            this.problem = messageOf(error);
            return;
        }
        this.stop = onPage((reference) => this.show(reference));
    }

    disconnectedCallback(): void {
        this.stop();
    }

    private show(reference: PageReference | undefined): void {
        if (reference?.type === 'standard__app') {
            this.openApp(reference.attributes['appTarget'] ?? '', { replace: true });
            return;
        }
        this.reference = reference;
        document.title = `${this.view.label} | ${this.app.label} | Salesforce local org`;
    }

    get app(): ShellApp {
        const { apps } = this.shell!;
        return apps.find(({ name }) => name === this.appName) ?? apps[0]!;
    }

    get view(): View {
        return viewOf(this.reference, this.shell!, this.app);
    }

    /** At most one; a list, because only items of a list are made anew when their key changes. */
    get records(): View[] {
        return this.view.isRecord ? [this.view] : [];
    }

    get currentUrl(): string {
        const { type, attributes = {} } = this.reference ?? {};
        if (type === 'standard__recordPage') return `/lightning/o/${this.view.objectName}/list`;
        if (type === 'standard__objectPage') return `/lightning/o/${attributes['objectApiName']}/list`;
        return type === 'standard__namedPage' ? '/lightning/page/home' : location.pathname;
    }

    get showsUtilityBar(): boolean {
        return this.app.utilityItems.length > 0 && localOrgPage.formFactor === 'Large';
    }

    get mainClass(): string {
        return this.showsUtilityBar ? 'shell-main shell-main_above-utility-bar' : 'shell-main';
    }

    handleAppSelect(event: CustomEvent<string>): void {
        this.openApp(event.detail);
    }

    skipToContent(event: Event): void {
        event.preventDefault();
        this.template!.querySelector<HTMLElement>('main')?.focus();
    }

    private openApp(name: string, options = {}): void {
        this.appName = name;
        sessionStorage.setItem(APP_KEY, name);
        open(this.app.navigation[0]?.url ?? '/lightning/page/home', options);
    }
}
