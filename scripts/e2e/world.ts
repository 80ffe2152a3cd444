// One demo org for a file of end-to-end tests: generated firm, real service process, real browser.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { firmContent } from '../demo/firm-content.ts';
import type { OrgContent } from '../demo/content.ts';
import { openDemoOrg, type DemoOrg, type DemoOrgOptions } from '../demo/demo-org.ts';
import { launchBrowser } from '../local-org/lightning/test-browser.ts';
import { publish, runFolder } from '../test/run-folder.ts';

export interface World {
    demo: DemoOrg;
    browser: Browser;
    /** adviser, his lead, the director */
    usernames: [string, string, string];
    /** A browser page signed in as that user; `small` is a phone. */
    openAs(username: string, path: string, size?: 'large' | 'small'): Promise<Page>;
    close(): Promise<void>;
}

/** Delta runs look at changes at once instead of two minutes later, so that tests need not wait. */
const SERVICE_ENV = { PLUMBLINE_DELTA_SAFETY_SECONDS: '0', PLUMBLINE_LOG_LEVEL: 'warn' };
const TIME_ZONE = 'Europe/London';

/** Only what never comes fails: how long a page takes on a busy machine proves nothing. */
const PATIENCE_MS = 100_000;

/** The firm of the demo before anybody is on a plan: tests of pay make the plans and statements they speak of. */
function unpaidFirm(): OrgContent {
    const content = firmContent(new Date(), 'small');
    delete content.pay;
    return content;
}

/** The firm of the demo with its quarters paid, the last one not closed yet. */
export function paidFirm(): OrgContent {
    return firmContent(new Date(), 'tiny');
}

/**
 * @param content what the org is filled with
 * @param parts `isForecast`: with the quarter forecast; `isScored`: with scorecards
 */
export async function openWorld(
    content: () => OrgContent = unpaidFirm,
    parts: Pick<DemoOrgOptions, 'isForecast' | 'isScored'> = {}
): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-e2e-'));
    cpSync(await filledFolder(content), folder, { recursive: true });
    const demo = await openDemo(folder, content, parts);
    const browser = await launchBrowser();
    const contexts: BrowserContext[] = [];
    return {
        demo,
        browser,
        usernames: demo.about.signIns.map((signIn) => signIn.username) as World['usernames'],
        async openAs(username, path, size = 'large') {
            const context = await browser.newContext({
                timezoneId: TIME_ZONE,
                locale: 'en-GB',
                viewport: size === 'large' ? { width: 1440, height: 900 } : { width: 390, height: 844 }
            });
            context.setDefaultTimeout(PATIENCE_MS);
            contexts.push(context);
            const answer = await context.request.post(`${demo.url}/local-org/session`, {
                data: { username }
            });
            if (!answer.ok())
                throw new Error(
                    `Could not sign in as ${username}: ${answer.status()} ${await answer.text()}`
                );
            const page = await context.newPage();
            await page.goto(demo.url + path);
            return page;
        },
        async close() {
            for (const context of contexts) await context.close();
            await browser.close();
            await demo.stop();
            rmSync(folder, { recursive: true, force: true });
        }
    };
}

/** A demo's folder with that content in it: made by the first test that asks for it, copied by all. */
async function filledFolder(content: () => OrgContent): Promise<string> {
    const folder = join(runFolder(), content.name);
    if (existsSync(folder)) return folder;
    const draft = `${folder}.${process.pid}`;
    const demo = await openDemo(draft, content, {});
    await demo.stop();
    publish(draft, folder);
    return folder;
}

async function openDemo(
    folder: string,
    content: () => OrgContent,
    parts: Pick<DemoOrgOptions, 'isForecast' | 'isScored'>
): Promise<DemoOrg> {
    return openDemoOrg({
        folder,
        orgPort: await freePort(),
        servicePort: await freePort(),
        content,
        serviceEnv: SERVICE_ENV,
        ...parts
    });
}

export async function freePort(): Promise<number> {
    return new Promise((resolve) => {
        const server = createServer();
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address() as AddressInfo;
            server.close(() => resolve(port));
        });
    });
}
