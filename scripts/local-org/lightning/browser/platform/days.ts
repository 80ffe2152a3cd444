// A day as the reader of the page writes it.
export function dayText(isoDay: string): string {
    const format = { timeZone: 'UTC', dateStyle: 'medium' } as const;
    return new Intl.DateTimeFormat(String(localOrgPage.i18n.locale), format).format(new Date(isoDay));
}
