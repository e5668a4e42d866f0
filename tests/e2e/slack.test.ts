import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { type FakeSlack, openFakeSlack } from '../channels/slack/fake-slack/open-fake-slack.ts';
import { openBrowser } from './person.ts';
import { type Running, startPlumb } from './start-plumb.ts';

jest.setTimeout(240_000);

const shots = join(import.meta.dirname, 'screenshots');
const request = 'Can we get a two-day negotiation course for our 60 account managers before the end of March?';

/** Somebody at the local Slack's page. */
async function personAt(browser: Browser, slack: FakeSlack, handle: string) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${slack.url}/?as=${handle}`);
  const thread = page.locator('#thread');
  return {
    page,
    thread,
    async writes(text: string) {
      await page.locator('#composer-text').fill(text);
      await page.keyboard.press('Enter');
    },
    async replies(text: string) {
      await page.locator('#thread-text').fill(text);
      await page.keyboard.press('Enter');
    },
    async opensThread(of: string) {
      await page
        .locator('#messages article', { hasText: of })
        .getByRole('button', { name: /repl(y|ies)$/ })
        .click();
      await thread.waitFor();
    },
    sees: (text: string | RegExp, within: Locator = thread) => within.getByText(text).filter({ visible: true }).last().waitFor(),
    looks: (name: string) => looksAt(page, name),
  };
}

async function looksAt(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(shots, `slack-${name}.png`) });
}

describe.each(['HTTP', 'Socket Mode'])('a request in Slack over %s', (transport) => {
  let plumb: Running | undefined;
  let slack: FakeSlack;
  let browser: Browser;
  let dana: Awaited<ReturnType<typeof personAt>>;

  beforeAll(async () => {
    slack = await openFakeSlack({
      requestUrl: () => (transport === 'HTTP' ? /"url":"([^"]+\/slack\/events)"/.exec(plumb?.log.join('') ?? '')?.[1] : undefined),
    });
    const way = transport === 'HTTP' ? { SLACK_SIGNING_SECRET: slack.app.signingSecret } : { SLACK_APP_TOKEN: slack.app.appToken };
    plumb = await startPlumb({ env: { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken(), HOST: '127.0.0.1', ...way } });
    if (transport !== 'HTTP') await slack.until(() => slack.socketConnections() > 0, 15_000);
    browser = await openBrowser();
    dana = await personAt(browser, slack, 'dana');
  });

  afterAll(async () => {
    await browser?.close();
    await plumb?.stop();
    await slack?.close();
  });

  it('is answered in its thread, ordinary chat is not', async () => {
    const tomas = await personAt(browser, slack, 'tomas');
    await tomas.writes('Anyone up for lunch at noon?');
    await dana.writes(request);
    await dana.opensThread('Can we get a two-day');
    await dana.sees(/negotiation/);
    await dana.looks(`${transport === 'HTTP' ? 'http' : 'socket'}-understood`);
    await slack.settled();
    const lunch = slack
      .visibleTo(slack.person('tomas'))
      .places.flatMap((one) => one.messages)
      .find((one) => one.text.includes('lunch'));
    expect(lunch?.replies).toEqual([]);
  });

  it('takes an answer in the thread and one from the form', async () => {
    await dana.replies('We lost 9% margin since May and the board wants it back by September');
    await dana.sees(/Noted.*business driver|Who in the business/i);
    await dana.thread.getByRole('button', { name: 'Answer in a form' }).last().click();
    const form = dana.page.locator('#modal[open]');
    await form.locator('textarea, input').first().waitFor();
    await dana.looks(`${transport === 'HTTP' ? 'http' : 'socket'}-form`);
    await form
      .getByLabel(/unique|context|own/i)
      .first()
      .fill('Hospital buyers who compare three offers');
    await form.locator('button[type=submit], button.primary').click();
    await form.waitFor({ state: 'hidden' });
    await dana.sees(/Hospital buyers|Noted/);
  });

  it('shows it at Home, and answers the command to its author alone', async () => {
    await dana.writes('/plumb list');
    await slack.until(() => slack.visibleTo(slack.person('dana')).places.some((one) => one.messages.some((each) => each.onlyYou)), 10_000);
    await dana.page.locator('#places').getByRole('button', { name: 'Plumb' }).click();
    await dana.page.getByRole('tab', { name: 'Home' }).click();
    await dana.sees(/negotiation/i, dana.page.locator('#messages'));
    await dana.looks(`${transport === 'HTTP' ? 'http' : 'socket'}-home`);
    expect(slack.calls.filter((call) => call.answer === 'invalid_blocks' || call.answer === 'invalid_arguments')).toEqual([]);
  });
});
