// The platform's toast event carries { title, message }; the open-source container wants { label, toast }. This turns
// one into the other before the container sees it.
import Toast from 'lightning/toast';
import type { ToastConfig } from '../shims/platform-show-toast-event.ts';

export function showToasts(): void {
    document.addEventListener('lightning__showtoast', translate as EventListener, { capture: true });
}

function translate(event: CustomEvent<ToastConfig & { toast?: unknown }>): void {
    if (event.detail.toast) return;
    event.stopImmediatePropagation();
    const { title, message, messageData, variant = 'info', mode } = event.detail;
    void (Toast as unknown as { show(config: object, element: Element): void }).show(
        {
            label: title,
            message,
            messageLinks: (messageData ?? []).map(asLink),
            variant,
            mode: mode === 'sticky' ? 'sticky' : 'dismissible'
        },
        event.target as Element
    );
}

function asLink(part: string | { url: string; label: string }): string | { url: string; label: string } {
    return typeof part === 'string' ? part : { url: part.url, label: part.label };
}
