import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** Debian's Chromium; the flags keep it from looking for services that a test machine does not reach. */
export function openBrowser(): Promise<Browser> {
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', ...quiet] });
}

const shots = join(import.meta.dirname, 'screenshots');
const patience = 15_000;

/** Somebody who uses the room in a tab of their own. */
export type Person = {
  page: Page;
  thread: Locator;
  writes(text: string): Promise<void>;
  replies(text: string): Promise<void>;
  opensThread(of: string): Promise<void>;
  opensPlumb(): Promise<void>;
  opensChannel(): Promise<void>;
  presses(label: string, within?: Locator): Promise<void>;
  sees(text: string | RegExp, within?: Locator): Promise<void>;
  /** Moves the clock to what Plumb does next, until this is there. */
  movesOnUntil(text: string, within: Locator): Promise<void>;
  looks(name: string): Promise<void>;
};

export async function personIn(browser: Browser, url: string, id: string, options: { width?: number; height?: number; dark?: boolean } = {}): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 860 },
    colorScheme: options.dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(`${url}/?as=${id}`);
  const thread = page.locator('#thread');
  return {
    page,
    thread,
    async writes(text) {
      await page.locator('#main-composer-text').fill(text);
      await page.keyboard.press('Enter');
    },
    async replies(text) {
      await page.locator('#thread-composer-text').fill(text);
      await thread.getByRole('button', { name: 'Send' }).click();
      await thread.getByText(text.slice(0, 60), { exact: false }).last().waitFor();
    },
    async opensThread(of) {
      await page.locator('#main-messages li', { hasText: of }).getByRole('button', { name: /repl/ }).last().click();
      await thread.waitFor();
    },
    async opensPlumb() {
      await page.locator('#direct').getByRole('link').or(page.locator('#direct').getByRole('button')).first().click();
    },
    async opensChannel() {
      await page.locator('#channels').getByRole('link').or(page.locator('#channels').getByRole('button')).first().click();
    },
    async presses(label, within = thread) {
      const button = within.getByRole('button', { name: label, exact: true, includeHidden: true }).last();
      await button.waitFor({ state: 'attached' });
      // What is not shown stands behind "More" of the same card.
      const more = button.locator('xpath=ancestor::*[contains(@class, "ac-adaptiveCard")]').getByRole('button', { name: 'More', exact: true, expanded: false });
      if (!(await button.isVisible()) && (await more.count()) > 0) await more.click();
      await button.click();
    },
    async sees(text, within = thread) {
      await within.getByText(text).filter({ visible: true }).last().waitFor();
    },
    async movesOnUntil(text, within) {
      const wanted = within.getByText(text).filter({ visible: true });
      for (let step = 0; step < 12 && (await wanted.count()) === 0; step += 1) {
        await page.getByRole('button', { name: 'To the next nudge' }).click();
        // What comes of it comes within moments; nothing may come of it, then the clock moves on.
        await wanted
          .first()
          .waitFor({ timeout: 2_500 })
          .catch(() => undefined);
      }
      await wanted.last().waitFor();
    },
    async looks(name) {
      await page.screenshot({ path: join(shots, `${name}.png`) });
    },
  };
}
