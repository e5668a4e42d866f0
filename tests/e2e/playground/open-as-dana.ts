import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

const shots = join(import.meta.dirname, '../screenshots');

/** Dana, who sits at the Agents Playground. */
export type AtPlayground = {
  page: Page;
  /** The chat or channel that is open. */
  open: Locator;
  opens(place: string): Promise<void>;
  /** Writes in a chat. */
  says(text: string): Promise<void>;
  /** Starts a post in a channel, and gives the post with its replies. */
  posts(text: string, how: { mention: boolean }): Promise<Locator>;
  /** Mentions Plumb, as channels tell it of nothing else there. */
  replies(post: Locator, text: string): Promise<void>;
  /** The last button of this name; resolves with the kind of answer that Plumb gave to the press. */
  presses(label: string, within: Locator): Promise<string>;
  sees(text: string | RegExp, within: Locator): Promise<void>;
  /** Uses the message extension on a post, and gives its dialog. */
  usesAction(post: Locator): Promise<Locator>;
  looks(name: string, at?: Locator): Promise<void>;
};

export async function openAsDana(browser: Browser, url: string): Promise<AtPlayground> {
  // A narrower page has no list of chats.
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 1000 } })).newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  await page.getByTitle('Toggle Log Panel').click();
  const box = (within: Page | Locator) => within.locator('[contenteditable=true]').first();

  async function write(into: Locator, text: string, mention: boolean): Promise<void> {
    await into.click();
    if (mention) {
      // Only who is chosen from the suggestions is mentioned.
      await page.keyboard.type('@Pl');
      await page.getByRole('menuitem', { name: 'Plumb' }).click();
      await page.keyboard.type(' ');
    }
    await page.keyboard.insertText(text);
  }

  return {
    page,
    open: page.locator('#root'),
    async opens(place) {
      await page.getByRole('treeitem', { name: place }).click();
      await box(page).waitFor();
    },
    async says(text) {
      await write(box(page), text, false);
      await page.keyboard.press('Enter');
    },
    async posts(text, { mention }) {
      await write(box(page), text, mention);
      await page.getByRole('button', { name: 'Post' }).click();
      // Where a brief quotes it, nobody is mentioned; where it is being written, there is no time yet.
      const post = page.locator('.fui-Card', { hasText: new RegExp(`\\d [AP]M${mention ? 'Plumb ' : ''}${text.slice(0, 40)}`) });
      await post.waitFor();
      return post;
    },
    async replies(post, text) {
      await write(box(post), text, true);
      await page.keyboard.press('Enter');
      await post.getByText(text.slice(0, 40)).last().waitFor();
    },
    async presses(label, within) {
      const answered = page.waitForResponse((response) => response.url().endsWith('/invoke'));
      const button = within.getByRole('button', { name: label, exact: true }).last();
      const menu = within.getByRole('button', { name: 'More options', exact: true }).last();
      await button.or(menu).last().waitFor();
      // What is not shown stands in the menu of the card.
      if ((await button.count()) === 0) {
        await menu.click();
        await page
          .getByRole('menuitem', { name: label, exact: true })
          .or(page.getByRole('button', { name: label, exact: true }))
          .last()
          .click();
      } else await button.click();
      const { type }: { type?: string } = await (await answered).json();
      return type ?? '';
    },
    sees: (text, within) => within.getByText(text).filter({ visible: true }).last().waitFor(),
    async usesAction(post) {
      await post.getByRole('button').first().click();
      await page.getByRole('menuitem', { name: 'Action Command' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Create' }).click();
      return dialog;
    },
    async looks(name, at) {
      await at?.last().scrollIntoViewIfNeeded();
      await page.screenshot({ path: join(shots, `teams-${name}.png`) });
    },
  };
}
