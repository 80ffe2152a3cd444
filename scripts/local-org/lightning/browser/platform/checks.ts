// What must hold before anything is shown.
export function localOrgPageChecks(element: Element): void {
    const root = element.shadowRoot as (ShadowRoot & { synthetic?: boolean }) | null;
    if (!root?.synthetic) {
        throw new Error(
            'The synthetic shadow was not loaded before LWC; base components would lose their styles.'
        );
    }
}
