// One page of components: its regions in the places its template gives them. On a phone they stand below each other.
import { api, LightningElement } from 'lwc';
import type { PageComponent, ShellPage } from '../../platform/shell-types.ts';

/** Template to rows of [region, twelfths of the width]. Regions of other templates take the whole width in order. */
const TEMPLATES: Record<string, [string, number][][]> = {
    'home:desktopTemplate': [
        [
            ['top', 8],
            ['sidebar', 4]
        ],
        [
            ['bottomLeft', 4],
            ['bottomRight', 4]
        ]
    ],
    'flexipage:recordHomeTemplateDesktop': [
        [['header', 12]],
        [
            ['main', 8],
            ['sidebar', 4]
        ]
    ],
    'flexipage:defaultAppHomeTemplate': [[['main', 12]]]
};

interface ShownRegion {
    name: string;
    className: string;
    width: 'SMALL' | 'MEDIUM' | 'LARGE';
    components: PageComponent[];
}

export default class FlexiPage extends LightningElement {
    @api page!: ShellPage;
    @api recordId: string | undefined;
    @api objectApiName: string | undefined;

    get rows(): { key: string; regions: ShownRegion[] }[] {
        const template =
            TEMPLATES[this.page.template] ??
            Object.keys(this.page.regions).map((name) => [[name, 12]] as [string, number][]);
        return template
            .map((row) => row.filter(([name]) => (this.page.regions[name] ?? []).length > 0))
            .filter((row) => row.length > 0)
            .map((row) => ({
                key: row.map(([name]) => name).join(),
                regions: row.map((region) => this.region(...region))
            }));
    }

    private region(name: string, twelfths: number): ShownRegion {
        const size = localOrgPage.formFactor === 'Small' ? 12 : twelfths;
        return {
            name,
            className: `slds-col slds-size_1-of-1 slds-large-size_${size}-of-12 shell-region`,
            width: size <= 4 ? 'SMALL' : size < 12 ? 'MEDIUM' : 'LARGE',
            components: this.page.regions[name] ?? []
        };
    }
}
