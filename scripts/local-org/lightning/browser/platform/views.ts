// From the open page reference to what the frame shows: a record, a list, a page of components, or a notice.
import type { PageReference } from './router.ts';
import type { ShellApp, ShellData, ShellPage } from './shell-types.ts';

export interface View {
    label: string;
    isRecord?: boolean;
    isList?: boolean;
    isPage?: boolean;
    objectName?: string;
    recordId?: string;
    page?: ShellPage;
    heading?: string;
    message?: string;
}

type Attributes = PageReference['attributes'];

const views: Record<string, (attributes: Attributes, shell: ShellData, app: ShellApp) => View | undefined> = {
    standard__namedPage(_attributes, shell, app) {
        const page = shell.pages[app.homePage ?? ''];
        if (page) return { label: 'Home', isPage: true, page };
        return {
            label: 'Home',
            heading: `Welcome, ${shell.user.name}`,
            message: 'This app has no home page of its own. Choose a tab above.'
        };
    },
    standard__navItemPage({ apiName = '' }, shell) {
        const tab = shell.tabs[apiName];
        const page = shell.pages[tab?.page ?? ''];
        return tab && page && { label: tab.label, isPage: true, page };
    },
    standard__objectPage({ objectApiName = '' }, shell) {
        const readable = Object.values(shell.objectsByPrefix).includes(objectApiName);
        return readable ? { label: objectApiName, isList: true, objectName: objectApiName } : undefined;
    },
    standard__recordPage({ recordId = '', objectApiName }, shell) {
        const objectName = shell.objectsByPrefix[recordId.slice(0, 3)];
        if (!objectName || (objectApiName && objectApiName !== objectName)) return undefined;
        return { label: objectName, isRecord: true, objectName, recordId };
    }
};

export function viewOf(reference: PageReference | undefined, shell: ShellData, app: ShellApp): View {
    const view = reference && views[reference.type]?.(reference.attributes, shell, app);
    return view ?? notFound;
}

const notFound: View = {
    label: 'Page not found',
    heading: "Page doesn't exist",
    message:
        'Enter a valid URL and try again, or ask your administrator whether you have access to this page.'
};
