// `lightning/platformShowToastEvent`. The shell listens for it on the document (see platform/toasts.ts).
export interface ToastConfig {
    title: string;
    message?: string;
    variant?: 'info' | 'success' | 'warning' | 'error';
    mode?: 'dismissible' | 'dismissable' | 'pester' | 'sticky';
    messageData?: (string | { url: string; label: string })[];
}

export class ShowToastEvent extends CustomEvent<ToastConfig> {
    constructor(detail: ToastConfig) {
        super('lightning__showtoast', { bubbles: true, composed: true, cancelable: true, detail });
    }
}
