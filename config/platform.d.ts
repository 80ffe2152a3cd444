// What Salesforce puts into the page and no package on npm describes: types for the modules our components import, as far
// as they use them. Base components, modals and the form factor come from @salesforce/lightning-types.

/** Wires emit one of these; both members are undefined until the first answer. */
interface WireResult<Value = any> {
    data?: Value;
    error?: any;
}

/** An Apex method: called, or given to @wire. */
interface ApexMethod {
    (parameters?: Record<string, unknown>): Promise<any>;
    adapter: new (emit: (result: WireResult) => void) => {
        connect(): void;
        update(parameters: any): void;
        disconnect(): void;
    };
}

/** `refs` and `template.querySelector` give an Element; HTML, SVG and base components can all take the focus. */
interface Element {
    focus(options?: FocusOptions): void;
}

interface FieldReference {
    objectApiName: string;
    fieldApiName: string;
}

declare module '@salesforce/apex' {
    /** Takes what the wire emitted, not its `data`. */
    export function refreshApex(emitted: unknown): Promise<unknown>;
}

declare module '@salesforce/apex/*' {
    const method: ApexMethod;
    export default method;
}

declare module '@salesforce/label/*' {
    const text: string;
    export default text;
}

declare module '@salesforce/schema/*' {
    const reference: FieldReference;
    export default reference;
}

declare module '@salesforce/customPermission/*' {
    /** Never false. */
    const isGranted: true | undefined;
    export default isGranted;
}

declare module '@salesforce/i18n/*' {
    const setting: string;
    export default setting;
}

declare module 'lightning/navigation' {
    interface PageReference {
        type: string;
        attributes?: Record<string, unknown>;
        state?: Record<string, string>;
    }
    const navigate: unique symbol;
    const generateUrl: unique symbol;
    interface Navigation {
        [navigate](page: PageReference, isReplacing?: boolean): void;
        [generateUrl](page: PageReference): Promise<string>;
    }
    type LightningElement = import('lwc').LightningElement;

    export const NavigationMixin: {
        (base: typeof import('lwc').LightningElement): new () => LightningElement & Navigation;
        readonly Navigate: typeof navigate;
        readonly GenerateUrl: typeof generateUrl;
    };
    /** Emits the open page itself, not `{ data }`. */
    export const CurrentPageReference: new (emit: (page: PageReference | undefined) => void) => {
        connect(): void;
        update(parameters: any): void;
        disconnect(): void;
    };
}

declare module 'lightning/refresh' {
    export class RefreshEvent extends Event {
        constructor();
    }
    /** `handler` is called with `element` as its `this`. */
    export function registerRefreshHandler<Element>(
        element: Element,
        handler: (this: Element) => Promise<unknown>
    ): number;
    export function unregisterRefreshHandler(handlerId: number | undefined): boolean;
}

declare module 'lightning/uiRecordApi' {
    export interface UiRecord {
        fields: Record<string, { value: unknown; displayValue: string | null }>;
    }
    export const getRecord: import('lwc').WireAdapterConstructor<
        { recordId: string | undefined; fields: FieldReference[] },
        WireResult<UiRecord>
    >;
    export function getFieldValue(record: UiRecord, field: FieldReference): unknown;
    export function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void>;
}
