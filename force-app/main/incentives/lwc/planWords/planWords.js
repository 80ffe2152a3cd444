// The words of a plan, as the service wrote them (a little Markdown: headings, lists in lists), as headings and lists of the page.
import { LightningElement, api } from 'lwc';
import { formatDaysIn } from 'c/labelText';

const HEADING = /^## (.+)$/;
const ITEM = /^- (.+)$/;
const INNER_ITEM = /^ +- (.+)$/;

export default class PlanWords extends LightningElement {
    @api text;
    /** What is shown elsewhere: titles of sections, and texts of items. */
    @api without = [];

    get sections() {
        return sectionsOf(this.text ?? '', this.without);
    }
}

function sectionsOf(text, without) {
    const sections = [];
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('# '));
    for (const [key, line] of lines.entries()) {
        const title = HEADING.exec(line)?.[1];
        if (title || sections.length === 0) sections.push({ key, title: title ?? '', notes: [], items: [] });
        if (!title) addTo(sections.at(-1), key, line);
    }
    return sections
        .filter(({ title }) => !without.includes(title))
        .map((section) => ({
            ...section,
            items: section.items.filter((item) => !without.includes(item.text))
        }))
        .filter(({ items, notes }) => items.length + notes.length > 0)
        .map((section) => ({
            ...section,
            hasItems: section.items.length > 0,
            notes: section.notes.map(written),
            items: section.items.map((item) => ({
                ...written(item),
                inner: item.inner.map(written),
                hasInner: item.inner.length > 0
            }))
        }));
}

/** The service writes days as 2026-10-03. */
function written(part) {
    return { ...part, text: formatDaysIn(part.text) };
}

function addTo(section, key, line) {
    const inner = INNER_ITEM.exec(line)?.[1];
    const item = ITEM.exec(line)?.[1];
    if (inner && section.items.length > 0) section.items.at(-1).inner.push({ key, text: inner });
    else if (item) section.items.push({ key, text: item, inner: [] });
    else section.notes.push({ key, text: line.trim() });
}
