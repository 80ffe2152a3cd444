// axe-core in the real page: it sees through synthetic shadow, so base components and ours are checked together.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG A and AA violations as readable lines; empty when there are none. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
    await page.evaluate(axeSource);
    const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
            axe: {
                run(
                    context: Document,
                    options: object
                ): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>;
            };
        };
        const result = await axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
        });
        return result.violations.map(({ id, help, nodes }) => ({
            id,
            help,
            where: nodes.map((node) => node.html.slice(0, 160))
        }));
    });
    return violations.map(({ id, help, where }) => `${id}: ${help}\n  ${where.join('\n  ')}`);
}
