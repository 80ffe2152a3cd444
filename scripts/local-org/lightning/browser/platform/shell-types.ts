// The shape of GET /lightning/shell-data, shared by the server that writes it and the shell that reads it. Types only.
export interface ShellData {
    user: { id: string; name: string; username: string; title: string | null };
    apps: ShellApp[];
    /** FlexiPages by developer name. */
    pages: Record<string, ShellPage>;
    /** Tabs that show a FlexiPage, by tab name; only those this user may see. */
    tabs: Record<string, ShellTab>;
    /** First three characters of an id to the object's name, for the objects this user may read. */
    objectsByPrefix: Record<string, string>;
}

export interface ShellApp {
    name: string;
    label: string;
    description: string;
    navigation: NavigationItem[];
    utilityItems: UtilityItem[];
    /** Developer name of the app's home page, if it has one. */
    homePage: string | null;
    /** Object name to the FlexiPage that shows its records in this app. */
    recordPages: Record<string, string>;
}

export interface NavigationItem {
    /** Tab name as in the app: `standard-home`, `DealRisk`, `Run__c`. */
    name: string;
    label: string;
    url: string;
    objectName: string | null;
}

export interface ShellTab {
    label: string;
    page: string;
}

export interface ShellPage {
    label: string;
    type: string;
    /** e.g. `home:desktopTemplate`. */
    template: string;
    /** Regions and facets by name. */
    regions: Record<string, PageComponent[]>;
}

export interface PageComponent {
    /** `dealHealth`, `c:dealHealth` or a standard one such as `force:detailPanel`. */
    name: string;
    identifier: string;
    properties: Record<string, string | number | boolean>;
    /** True when a visibility rule is attached, which the local org does not evaluate. */
    hasVisibilityRule: boolean;
}

export interface UtilityItem {
    label: string;
    icon: string;
    width: number;
    height: number;
    component: PageComponent;
}
