import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, personIn } from './person.ts';
import { type Running, startPlumb } from './start-plumb.ts';

jest.setTimeout(120_000);

const request = 'Can we get a two-day negotiation course for our 60 account managers before the end of March?';
const opening = 'Can we get a two-day negotiation course';

describe('the room', () => {
  let browser: Browser;
  let dataDir: string;
  let plumb: Running;

  beforeAll(async () => {
    browser = await openBrowser();
    dataDir = await mkdtemp(join(tmpdir(), 'plumb-e2e-'));
    plumb = await startPlumb({ dataDir });
  });

  afterAll(async () => {
    await browser?.close();
    await plumb?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('works by keyboard alone, with nothing refused by its content policy', async () => {
    const dana = await personIn(browser, plumb.url, 'dana');
    const complaints: string[] = [];
    dana.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await dana.page.reload();
    await dana.page.locator('#main-composer-text').waitFor();
    await dana.page.keyboard.press('Tab');
    await dana.page.keyboard.press('Enter');
    await dana.page.keyboard.type(request);
    await dana.page.keyboard.press('Enter');
    const replies = dana.page.locator('#main-messages li', { hasText: opening }).getByRole('button', { name: /repl/ }).last();
    await replies.focus();
    await dana.page.keyboard.press('Enter');
    await dana.thread.getByRole('button', { name: 'More', expanded: false }).focus();
    await dana.page.keyboard.press('Enter');
    // Escape shuts what More shows, and leaves the thread open.
    await dana.page.keyboard.press('Escape');
    await dana.page.keyboard.press('Enter');
    await dana.page.keyboard.press('Tab');
    await dana.thread.getByRole('button', { name: 'Later', exact: true }).and(dana.page.locator(':focus')).waitFor();
    await dana.page.keyboard.press('Enter');
    await dana.thread
      .getByRole('button', { name: /Go on|Pick|Carry on|Resume|Continue/i })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows what is private to its person alone', async () => {
    const dana = await personIn(browser, plumb.url, 'dana');
    const priya = await personIn(browser, plumb.url, 'priya');
    await dana.opensThread(opening);
    await dana.presses('Continue privately');
    await dana.opensPlumb();
    const chat = dana.page.locator('#main-messages');
    await dana.sees(/needed now|in the business/, chat);
    await dana.page.locator('#main-composer-text').fill('Between us: we lost the Merrimack account in May and 9% margin with it');
    await dana.page.keyboard.press('Enter');
    await dana.sees(/Noted.*business driver/i, chat);
    await priya.opensThread(opening);
    await priya.sees(/1 of 12|private/i);
    expect(await priya.page.content()).not.toContain('Merrimack');
    // Others see that there is something for her, and nothing of it.
    await dana.page.locator('[data-person="priya"]').getByRole('img', { name: 'has a message from Plumb' }).waitFor();
    expect(await dana.page.content()).not.toContain('A training request came up');
    await priya.opensPlumb();
    await priya.page.locator('#main-messages').getByText('A training request came up').waitFor();
    expect(await priya.page.content()).not.toContain('Merrimack');
  });

  it('puts away what an older card offered, behind More too, until it is asked for', async () => {
    const tomas = await personIn(browser, plumb.url, 'tomas');
    const other = 'Can we get a storytelling workshop for our 12 presales engineers before June?';
    await tomas.writes(other);
    const first = tomas.thread.locator('li.from-app').first();
    await first.getByRole('button', { name: 'More', expanded: false }).waitFor();
    await tomas.replies('We lost three tenders in a row because nobody remembered our demo');
    await first.getByText('Show actions').waitFor();
    expect(await first.getByRole('button').allTextContents()).toEqual(['I take this']);
    await first.getByText('Show actions').click();
    expect(await first.getByRole('button').allTextContents()).toEqual([
      'I take this',
      'Answer in a form',
      'Continue privately',
      'Not a request',
      'Later',
      'Why did you reply?',
    ]);
  });

  it('can be read on a phone without scrolling sideways', async () => {
    const dana = await personIn(browser, plumb.url, 'dana', { width: 360, height: 740 });
    await dana.opensThread(opening);
    await dana.looks('10-phone');
    const wide = await dana.page.locator('body').evaluate((body) => body.scrollWidth > body.clientWidth + 1);
    expect(wide).toBe(false);
  });

  it('goes on after a restart where it stopped, and shows nothing twice', async () => {
    const dana = await personIn(browser, plumb.url, 'dana');
    await dana.opensThread(opening);
    const cards = dana.thread.locator('li.message');
    const before = await cards.count();
    await plumb.stop();
    plumb = await startPlumb({ dataDir, env: { PORT: new URL(plumb.url).port } });
    await dana.page.reload();
    await dana.page.locator('#thread-messages li').first().waitFor();
    expect(await cards.count()).toBeGreaterThan(0);
    expect(await cards.count()).toBeLessThanOrEqual(before);
    await dana.opensPlumb();
    const chat = dana.page.locator('#main-messages');
    await dana.page.locator('#main-composer-text').fill('Keiko Mori owns it');
    await dana.page.keyboard.press('Enter');
    await dana.sees(/Noted.*owner in the business/i, chat);
    expect(await chat.getByText(/Noted.*business driver/i).count()).toBe(1);
  });
});
