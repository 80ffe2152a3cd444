// One component on a page: a standard one of the shell or a deployed bundle, with the properties the page gives it. What
// cannot be shown says so in its place and leaves the rest of the page alone.
import { api, LightningElement } from 'lwc';
import { loadComponent, type ComponentConstructor } from '../../platform/load-component.ts';
import { messageOf } from '../../platform/page.ts';
import type { PageComponent as Component } from '../../platform/shell-types.ts';

export default class PageComponent extends LightningElement {
    @api component!: Component;
    @api recordId: string | undefined;
    @api objectApiName: string | undefined;
    @api regionWidth: string | undefined;
    constructorToShow: ComponentConstructor | null = null;
    problem = '';

    async connectedCallback(): Promise<void> {
        try {
            if (this.component.hasVisibilityRule)
                throw new Error('The local org does not support component visibility rules.');
            this.constructorToShow = await loadComponent(this.component.name);
        } catch (error) {
            this.problem = messageOf(error);
        }
    }

    /** As on the platform, a component is given only what it declares. */
    get componentProperties(): Record<string, unknown> {
        const all: Record<string, unknown> = {
            ...this.component.properties,
            recordId: this.recordId,
            objectApiName: this.objectApiName,
            flexipageRegionWidth: this.regionWidth
        };
        const { prototype } = this.constructorToShow!;
        return Object.fromEntries(
            Object.entries(all).filter(([name, value]) => value !== undefined && name in prototype)
        );
    }

    errorCallback(error: Error): void {
        console.error(error);
        this.problem = messageOf(error);
    }
}
