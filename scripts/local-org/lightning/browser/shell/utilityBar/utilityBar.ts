// The bar at the bottom: each utility opens in a panel above it. A component starts when first opened and then stays,
// as on the platform.
import { api, LightningElement } from 'lwc';
import type { UtilityItem } from '../../platform/shell-types.ts';

interface ShownItem extends UtilityItem {
    iconName: string;
    wasOpened: boolean;
    pressed: string;
    panelClass: string;
    panelStyle: string;
    itemClass: string;
    buttonClass: string;
}

export default class UtilityBar extends LightningElement {
    @api items: UtilityItem[] = [];
    openLabel = '';
    openedLabels: string[] = [];

    get shownItems(): ShownItem[] {
        return this.items.map((item) => {
            const isOpen = item.label === this.openLabel;
            return {
                ...item,
                iconName: item.icon.includes(':') ? item.icon : `utility:${item.icon}`,
                wasOpened: this.openedLabels.includes(item.label),
                pressed: String(isOpen),
                panelClass: `slds-utility-panel slds-grid slds-grid_vertical ${isOpen ? 'slds-is-open' : 'slds-is-closed slds-hide'}`,
                panelStyle: `width: ${item.width}px; height: ${item.height}px`,
                itemClass: `slds-utility-bar__item${isOpen ? ' slds-is-active' : ''}`,
                buttonClass: `slds-button slds-utility-bar__action${isOpen ? ' slds-is-active' : ''}`
            };
        });
    }

    handleToggle(event: Event): void {
        const label = (event.currentTarget as HTMLElement).dataset['label']!;
        this.openLabel = this.openLabel === label ? '' : label;
        if (!this.openedLabels.includes(label)) this.openedLabels = [...this.openedLabels, label];
    }
}
