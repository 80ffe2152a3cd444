// What the shell shows to one user: apps, tabs and pages from deployed metadata, cut down to what the user may see.
import type { Org, UserContext } from '../org.ts';
import type {
    NavigationItem,
    ShellApp,
    ShellData,
    ShellPage,
    ShellTab
} from './browser/platform/shell-types.ts';
import { asList, flexiPage, shellPage, utilityItems } from './flexi-pages.ts';

interface Override {
    actionName?: string;
    content?: string;
    type?: string;
    pageOrSobjectType?: string;
    formFactor?: string;
}

interface AppContent {
    label?: string;
    description?: string;
    tabs?: string | string[];
    utilityBar?: string;
    actionOverrides?: Override | Override[];
}

interface TabContent {
    label?: string;
    flexiPage?: string;
    customObject?: boolean | string;
}

const STANDARD_TABS = [
    'standard-home',
    'standard-Opportunity',
    'standard-Account',
    'standard-Contact',
    'standard-Task'
];

export type FormFactor = 'Large' | 'Small';

/** `formFactor` decides which pages an app shows: its own for phones, else those for desktops. */
export function shellData(org: Org, user: UserContext, formFactor: FormFactor): ShellData {
    return {
        user: { id: user.userId, name: user.name, username: user.username, title: titleOf(org, user) },
        apps: visibleApps(org, user, formFactor),
        pages: pages(org),
        tabs: pageTabs(org, user),
        objectsByPrefix: Object.fromEntries(
            org.schema
                .objects()
                .filter((object) => object.keyPrefix && user.permissions.objectAccess(object.name).read)
                .map((object) => [object.keyPrefix, object.name])
        )
    };
}

function titleOf(org: Org, user: UserContext): string | null {
    const soql = `SELECT Title FROM User WHERE Id = '${user.userId}'`;
    const [row] = org.queries.query({ user, mode: 'system' }, soql).records;
    return (row?.['Title'] as string | null | undefined) ?? null;
}

/** Apps from the package first; the org's own Sales app is always there for those who can read opportunities. */
function visibleApps(org: Org, user: UserContext, formFactor: FormFactor): ShellApp[] {
    const deployed = org.metadata
        .list('CustomApplication')
        .filter(({ fullName }) => user.permissions.app(fullName))
        .map(({ fullName }) => app(org, user, fullName, formFactor));
    return [...deployed, salesApp(org, user)].filter(({ navigation }) => navigation.length > 0);
}

function app(org: Org, user: UserContext, name: string, formFactor: FormFactor): ShellApp {
    const content = (org.metadata.content('CustomApplication', name) ?? {}) as AppContent;
    // Later ones win, so a page for phones comes after the one for desktops.
    const flexiPages = asList(content.actionOverrides).filter(({ type }) => type === 'Flexipage');
    const overrides = [
        ...flexiPages.filter((one) => one.formFactor !== 'Small'),
        ...flexiPages.filter((one) => one.formFactor === 'Small' && formFactor === 'Small')
    ];
    const bar = content.utilityBar ? flexiPage(org.metadata, content.utilityBar) : undefined;
    return {
        name,
        label: content.label ?? name,
        description: content.description ?? '',
        navigation: navigation(org, user, asList(content.tabs)),
        utilityItems: bar ? utilityItems(org.metadata, bar) : [],
        homePage:
            overrides.findLast((one) => one.actionName === 'Tab' && one.pageOrSobjectType === 'standard-home')
                ?.content ?? null,
        recordPages: Object.fromEntries(
            overrides
                .filter((one) => one.actionName === 'View' && one.pageOrSobjectType && one.content)
                .map((one) => [one.pageOrSobjectType!, one.content!])
        )
    };
}

/** Every tab the user may open: those of the org itself, then the deployed ones. */
export function visibleTabs(org: Org, user: UserContext): NavigationItem[] {
    const deployed = org.metadata.list('CustomTab').map(({ fullName }) => fullName);
    return navigation(org, user, [...STANDARD_TABS, ...deployed]);
}

function salesApp(org: Org, user: UserContext): ShellApp {
    return {
        name: 'standard__Sales',
        label: 'Sales',
        description: 'Manage your sales process with accounts, opportunities, and more',
        navigation: navigation(org, user, STANDARD_TABS),
        utilityItems: [],
        homePage: null,
        recordPages: {}
    };
}

function navigation(org: Org, user: UserContext, tabs: string[]): NavigationItem[] {
    return tabs.flatMap((tab) => navigationItem(org, user, tab) ?? []);
}

function navigationItem(org: Org, user: UserContext, tab: string): NavigationItem | undefined {
    if (tab === 'standard-home')
        return { name: tab, label: 'Home', url: '/lightning/page/home', objectName: null };
    if (tab.startsWith('standard-')) return objectItem(org, user, tab, tab.slice('standard-'.length));
    if (!user.permissions.tab(tab)) return undefined;
    const content = org.metadata.content('CustomTab', tab) as TabContent | undefined;
    if (!content) return undefined;
    if (String(content.customObject) === 'true') return objectItem(org, user, tab, tab);
    return { name: tab, label: content.label ?? tab, url: `/lightning/n/${tab}`, objectName: null };
}

function objectItem(
    org: Org,
    user: UserContext,
    tab: string,
    objectName: string
): NavigationItem | undefined {
    const object = org.schema.object(objectName);
    if (!object || !user.permissions.objectAccess(object.name).read) return undefined;
    return {
        name: tab,
        label: object.labelPlural,
        url: `/lightning/o/${object.name}/list`,
        objectName: object.name
    };
}

function pages(org: Org): Record<string, ShellPage> {
    return Object.fromEntries(
        org.metadata.list('FlexiPage').map(({ fullName }) => [fullName, shellPage(org.metadata, fullName)])
    );
}

function pageTabs(org: Org, user: UserContext): Record<string, ShellTab> {
    return Object.fromEntries(
        org.metadata.list('CustomTab').flatMap(({ fullName }) => {
            const content = org.metadata.content('CustomTab', fullName) as TabContent | undefined;
            if (!content?.flexiPage || !user.permissions.tab(fullName)) return [];
            return [[fullName, { label: content.label ?? fullName, page: content.flexiPage }]];
        })
    );
}
