// Page references and URLs of Lightning Experience, and which page is open. Rendering pages is the shell's business.
export interface PageReference {
    type: string;
    attributes: Record<string, string | undefined>;
    state: Record<string, string>;
}

type Listener = (reference: PageReference) => void;

const patterns: { pattern: RegExp; read: (parts: string[]) => Omit<PageReference, 'state'> }[] = [
    {
        pattern: /^\/lightning\/r\/(\w+)\/(\w{15,18})\/view$/,
        read: ([objectApiName, recordId]) => ({
            type: 'standard__recordPage',
            attributes: { objectApiName, recordId, actionName: 'view' }
        })
    },
    {
        pattern: /^\/lightning\/r\/(\w{15,18})\/view$/,
        read: ([recordId]) => ({ type: 'standard__recordPage', attributes: { recordId, actionName: 'view' } })
    },
    {
        pattern: /^\/lightning\/o\/(\w+)\/(list|home)$/,
        read: ([objectApiName, actionName]) => ({
            type: 'standard__objectPage',
            attributes: { objectApiName, actionName }
        })
    },
    {
        pattern: /^\/lightning\/n\/(\w+)$/,
        read: ([apiName]) => ({ type: 'standard__navItemPage', attributes: { apiName } })
    },
    {
        pattern: /^\/lightning\/app\/(\w+)$/,
        read: ([appTarget]) => ({ type: 'standard__app', attributes: { appTarget } })
    },
    {
        pattern: /^\/lightning(\/|\/page\/home)?$/,
        read: () => ({ type: 'standard__namedPage', attributes: { pageName: 'home' } })
    }
];

export function readLocation(url: URL): PageReference | undefined {
    for (const { pattern, read } of patterns) {
        const match = pattern.exec(url.pathname);
        if (match) return { ...read(match.slice(1)), state: Object.fromEntries(url.searchParams) };
    }
    return undefined;
}

const paths: Record<string, (attributes: PageReference['attributes']) => string> = {
    standard__recordPage: ({ objectApiName, recordId, actionName }) => {
        if (actionName !== 'view') throw notSupported(`standard__recordPage with actionName ${actionName}`);
        return objectApiName
            ? `/lightning/r/${objectApiName}/${recordId}/view`
            : `/lightning/r/${recordId}/view`;
    },
    standard__objectPage: ({ objectApiName, actionName }) => {
        if (actionName !== 'list' && actionName !== 'home') {
            throw notSupported(`standard__objectPage with actionName ${actionName}`);
        }
        return `/lightning/o/${objectApiName}/${actionName}`;
    },
    standard__navItemPage: ({ apiName }) => `/lightning/n/${apiName}`,
    standard__app: ({ appTarget }) => `/lightning/app/${appTarget?.replace(/^c__/, '')}`,
    standard__namedPage: ({ pageName }) => {
        if (pageName !== 'home') throw notSupported(`standard__namedPage ${pageName}`);
        return '/lightning/page/home';
    },
    standard__webPage: ({ url }) => url ?? ''
};

export function urlOf(reference: Partial<PageReference> & { type: string }): string {
    const path = paths[reference.type];
    if (!path) throw notSupported(`page references of type ${reference.type}`);
    const query = new URLSearchParams(reference.state).toString();
    return path(reference.attributes ?? {}) + (query ? `?${query}` : '');
}

function notSupported(what: string): Error {
    return new Error(`The local org does not support ${what}.`);
}

const listeners = new Set<Listener>();

export function currentPage(): PageReference | undefined {
    return readLocation(new URL(location.href));
}

/** Called at once with the open page and again at every navigation; returns how to stop. */
export function onPage(listener: (reference: PageReference | undefined) => void): () => void {
    const own: Listener = (reference) => listener(reference);
    listeners.add(own);
    listener(currentPage());
    return () => listeners.delete(own);
}

export function open(url: string, { replace = false } = {}): void {
    const target = new URL(url, location.href);
    if (target.origin !== location.origin || !target.pathname.startsWith('/lightning')) {
        window.open(target.href, '_blank', 'noopener');
        return;
    }
    keepFormFactor(target);
    history[replace ? 'replaceState' : 'pushState'](null, '', target);
    announce();
}

/** A chosen form factor outlives the click, as the phone would. */
function keepFormFactor(target: URL): void {
    const chosen = new URL(location.href).searchParams.get('formFactor');
    if (chosen && !target.searchParams.has('formFactor')) target.searchParams.set('formFactor', chosen);
}

export function announce(): void {
    for (const listener of listeners) listener(currentPage() as PageReference);
}

window.addEventListener('popstate', announce);

/** Plain clicks on links inside the page open it without a reload, as Lightning does. */
export function followLinks(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
        return;
    const link = event
        .composedPath()
        .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
    const href = link?.getAttribute('href');
    if (!href || !isPageOfThisOrg(href) || link?.target === '_blank') return;
    event.preventDefault();
    open(href);
}

/** `/006...` (a bare record id) is a link Lightning understands as well. */
function isPageOfThisOrg(href: string): boolean {
    return (
        readLocation(new URL(href, location.href)) !== undefined &&
        new URL(href, location.href).origin === location.origin
    );
}
