// What every state of a page is held to: free of WCAG A and AA violations. With STATE_PICTURES=<folder> it is kept as a picture, too.
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { screenshot } from '../local-org/lightning/test-browser.ts';
import { accessibilityProblems } from './accessibility.ts';

const pictures = process.env['STATE_PICTURES'];

/** @param name of its picture */
export async function expectPageAccessible(page: Page, name: string): Promise<void> {
    if (pictures) await screenshot(page, join(pictures, `${name}.png`));
    expect(await accessibilityProblems(page)).toEqual([]);
}
