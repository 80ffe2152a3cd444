// The words of a plan, as the service wrote them (a little Markdown: headings, lists in lists), as headings and lists of the page.
import { LightningElement, api } from 'lwc';
import { formatDaysIn } from 'c/labelText';

const HEADING = /^## (.+)$/;
const ITEM = /^- (.+)$/;
const INNER_ITEM = /^ +- (.+)$/;

export default class PlanWords extends LightningElement {
    @api text;
    /** Titles of sections that are shown elsewhere. */
    @api without = [];

    get sections() {
        return sectionsOf(formatDaysIn(this.text ?? '')).filter(({ title }) => !this.without.includes(title));
    }
}

function sectionsOf(text) {
    const sections = [];
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('# '));
    for (const [key, line] of lines.entries()) {
        const title = HEADING.exec(line)?.[1];
        if (title || sections.length === 0) sections.push({ key, title: title ?? '', notes: [], items: [] });
        if (!title) addTo(sections.at(-1), key, line);
    }
    return sections.map((section) => ({
        ...section,
        hasItems: section.items.length > 0,
        items: section.items.map((item) => ({ ...item, hasInner: item.inner.length > 0 }))
    }));
}

function addTo(section, key, line) {
    const inner = INNER_ITEM.exec(line)?.[1];
    const item = ITEM.exec(line)?.[1];
    if (inner && section.items.length > 0) section.items.at(-1).inner.push({ key, text: inner });
    else if (item) section.items.push({ key, text: item, inner: [] });
    else section.notes.push({ key, text: line.trim() });
}
