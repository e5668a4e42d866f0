import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { openBrowser } from './person.ts';
import { besidesPlayground } from './playground/elsewhere.ts';
import { type AtPlayground, openAsDana } from './playground/open-as-dana.ts';
import { people } from './playground/people.ts';
import { type Playground, startPlayground } from './playground/start-playground.ts';
import { type Running, startPlumb } from './start-plumb.ts';

jest.setTimeout(120_000);

const day = 24 * 3_600_000;
const asCard = 'application/vnd.microsoft.card.adaptive';
const asWords = 'application/vnd.microsoft.activity.message';

/** How far away the next Monday is, at 10:00 in Dana's time zone: within working hours, whenever this runs. */
function untilMonday(): number {
  const date = new Date();
  date.setUTCDate(date.getUTCDate() + ((8 - date.getUTCDay()) % 7 || 7));
  return date.setUTCHours(10, 0, 0, 0) - Date.now();
}

describe('Plumb in the Agents Playground', () => {
  let dataDir: string;
  let plumb: Running | undefined;
  let playground: Playground;
  let browser: Browser;
  let dana: AtPlayground;
  let post: Locator;

  /** Plumb with nothing but TEAMS_LOCAL, Dana as its admin, and the trial clock. */
  async function start(options: { offset: number; port?: string }): Promise<void> {
    const clock = options.offset === 0 ? {} : { PLUMB_CLOCK_OFFSET: `${Math.round(options.offset / 1_000)}s` };
    plumb = await startPlumb({
      dataDir,
      env: { TEAMS_LOCAL: 'on', PLUMB_ADMINS: people.dana.aadObjectId, ...(options.port !== undefined && { PORT: options.port }), ...clock },
    });
  }

  async function movesTo(offset: number): Promise<void> {
    const { port } = new URL(plumb?.url ?? '');
    await plumb?.stop();
    plumb = undefined;
    await start({ offset, port });
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'plumb-e2e-teams-'));
    await start({ offset: 0 });
    playground = await startPlayground(`${plumb?.url}/api/messages`);
    browser = await openBrowser();
    dana = await openAsDana(browser, playground.url);
  });

  afterAll(async () => {
    await browser?.close();
    await playground?.stop();
    await plumb?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  describe('in the personal chat', () => {
    it('says hello once, and again when it is greeted', async () => {
      await dana.opens('Personal Chat');
      await dana.sees('Hello, I am Plumb', dana.open);
      await dana.looks('1-welcome');
      await dana.says('hello');
      await dana.sees('How I can help', dana.open);
      expect(await dana.open.getByText('Hello, I am Plumb').count()).toBe(1);
    });

    it('takes a request from there to a signed brief', async () => {
      await dana.says('We need a one-day prospecting workshop for our 80 reps before June');
      await dana.sees('“prospecting”', dana.open);
      await dana.looks('2-understood');
      await dana.says('new-logo revenue is 18% behind plan and the board wants 30 new accounts by september. I own it myself');
      await dana.sees(/owner in the business: “I own it myself”/, dana.open);
      await dana.says('first meetings with new accounts, from 3 to 6 a week per rep by june');
      await dana.sees(/the first numbers are there/i, dana.open);
      await dana.looks('3-enough');
      await dana.says('why do you ask?');
      await dana.sees(/^Why I ask/, dana.open);
      expect(await dana.presses('Write the brief now', dana.open)).toBe(asWords);
      await dana.sees('Draft brief: prospecting', dana.open);
      await dana.looks('4-draft', dana.open.getByText('Draft brief'));
      expect(await dana.presses('Looks right', dana.open)).toBe(asCard);
      await dana.sees('Alignment brief: prospecting', dana.open);
      expect(await dana.open.getByText('Draft brief').count()).toBe(0);
      await dana.sees(/stays with the people who took part/, dana.open);
      await dana.looks('5-signed');
    });
  });

  describe('in a channel', () => {
    it('replies in the thread of a post that mentions it', async () => {
      await dana.opens('sales-leaders');
      await dana.sees('Hello, I am Plumb, an app', dana.open);
      post = await dana.posts('my 60 account managers keep giving away margin, can we get a two-day negotiation course before the end of march?', {
        mention: true,
      });
      await dana.sees('“negotiation”', post);
      await dana.looks('6-channel');
    });

    it('answers presses where they were made', async () => {
      expect(await dana.presses('Why did you reply?', post)).toBe(asWords);
      await dana.sees(/Here I replied because: somebody mentioned me/, post);
      await dana.presses('Later', post);
      await dana.sees('I am pausing here', post);
      await dana.looks('7-pressed', post.getByText('I am pausing here'));
      await dana.presses('Carry on', post);
      await dana.sees(/let's carry on|carry on/i, post);
    });

    it('takes answers that mention it', async () => {
      await dana.replies(post, 'margin fell from 31 to 27 percent since june and the board wants 30 by september. I own it myself');
      await dana.sees(/Noted from .*, business driver/, post);
      await dana.replies(post, 'discounted deals per month, from 45 to 20 by june');
      await dana.sees(/the first numbers are there/i, post);
      await dana.replies(post, 'Dana Whitfield looks at two discounted deals with each account manager every week');
      await dana.sees(/Noted from .*, what managers will do/, post);
      await dana.replies(post, 'Tuesdays 10:00, all team leads and me');
      await dana.sees(/Noted from .*, weekly call/, post);
      await dana.looks('8-answers', post.getByText(/weekly call: /));
    });

    it('posts the brief in the channel once it is signed, and edits that post for a new version', async () => {
      await dana.replies(post, 'write the brief');
      await dana.sees(/Once it is signed, I post it in/, post);
      await dana.looks('9-draft', post.getByText('Draft brief'));
      expect(await dana.presses('Looks right', post)).toBe(asCard);
      const briefs = dana.page.locator('.fui-Card').filter({ hasText: 'Alignment brief: negotiation', hasNotText: 'I am pausing here' });
      await briefs.waitFor();
      await dana.looks('10-brief', briefs);
      await dana.replies(post, 'actually the deadline moved, the board wants 30 percent by december');
      await dana.sees('New version 2 of the brief: negotiation', post);
      await dana.presses('Looks right', post);
      await dana.sees('Version 2', briefs);
      expect(await briefs.count()).toBe(1);
    });

    it.each([
      ['Export as Word', 'docx', 'PK'],
      ['Export as PDF', 'pdf', '%PDF-1.7'],
      ['Export as Markdown', 'md', '# Alignment brief'],
    ])('is given by %s, under a link for those who read it there', async (label, ending, begins) => {
      const brief = dana.page.locator('.fui-Card').filter({ hasText: 'Alignment brief: negotiation', hasNotText: 'I am pausing here' });
      expect(await dana.presses(label, brief)).toBe(asWords);
      await dana.sees(new RegExp(`^alignment-brief-negotiation-[\\d-]+\\.${ending}$`), dana.page.locator('body'));
      const asked = dana.page.context().waitForEvent('request', (one) => one.url().includes('/files/'));
      await dana.page
        .getByRole('link', { name: 'Open the file' })
        .or(dana.page.getByRole('button', { name: 'Open the file' }))
        .last()
        .click();
      const file = await fetch((await asked).url());
      expect(
        Buffer.from(await file.arrayBuffer())
          .subarray(0, begins.length)
          .toString('latin1'),
      ).toBe(begins);
    });

    it('starts from the action on a message that nobody addressed to it', async () => {
      const other = await dana.posts('Our new hires cannot explain pricing to customers, we need a pricing training by April', { mention: false });
      const dialog = await dana.usesAction(other);
      await dana.sees('Our new hires cannot explain pricing', dialog);
      await dana.looks('11-action');
      await dana.presses('Start', dialog);
      await dana.sees('“pricing”', other);
      await dialog.getByRole('button', { name: 'Close' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await dana.looks('12-started');
    });
  });

  describe('by itself', () => {
    it('introduces itself to whoever a brief names, and asks once a week with three taps', async () => {
      await dana.opens('Personal Chat');
      const monday = untilMonday();
      await movesTo(monday);
      await dana.sees('You named yourself in a plan for a change', dana.open);
      await dana.looks('13-introduction');
      await dana.presses("Yes, I'm in", dana.open);
      await dana.sees(/You hear from me only for this/, dana.open);
      await movesTo(monday + 7 * day);
      await dana.sees('How is it going?', dana.open);
      await dana.looks('14-nudge');
      await dana.presses('On track', dana.open);
      await dana.sees(/Noted for this week: on track/, dana.open);
      await dana.looks('15-tapped');
    });
  });

  describe('the coach', () => {
    let alignment = '';
    const besides = () => besidesPlayground(`${plumb?.url}/api/messages`, playground.url);

    it('suggests a question in the personal chat, which is asked in the conversation', async () => {
      await besides().submits('dana', 'submit-add-partner', {}, { person: people.dana.aadObjectId, place: 'everywhere' });
      await besides().says('tomas', 'We need a two-day negotiation course for our 120 sales reps by June, people give away too much margin');
      await dana.sees('A training request came up', dana.open);
      const pressed = dana.page.waitForRequest((request) => request.url().endsWith('/invoke'));
      expect(await dana.presses('I take this', dana.open)).toBe(asCard);
      alignment = /alignment\W+([\w-]+)/.exec((await pressed).postData() ?? '')?.[1] ?? '';
      await dana.sees('A question you could ask Tomas Herrera', dana.open);
      expect(await dana.presses('Why?', dana.open)).toBe(asWords);
      await dana.looks('16-live-prompt');
      expect(await dana.presses('Ask it', dana.open)).toBe(asCard);
      await dana.sees(/^Asked in the conversation by/, dana.open);
      await dana.opens('Quarter planning');
      await dana.sees(/asks \(through Plumb\)/, dana.open);
      expect(await dana.open.getByText('A question you could ask').count()).toBe(0);
    });

    it('shows what comes out of a fitness check, with its picture', async () => {
      const { submits } = besides();
      await submits('dana', 'submit-open-fitness', { alignment }, { people: 'Dana Whitfield', anonymous: 'false', values: 'false', days: '3' });
      await submits('dana', 'submit-fitness-answer', { alignment, key: people.dana.aadObjectId }, { systems: '1', strategy: '4' });
      await dana.sees('All of them have answered', dana.open);
      await dana.presses('Close it now', dana.open);
      await dana.sees('What helps, and what gets in the way', dana.open);
      await submits('dana', 'submit-action', { alignment }, { what: 'Weekly deal review', element: 'systems', impact: '4', cost: '2', phase: 'now' });
      const picture = dana.open.getByAltText(/^Impact against cost/).last();
      await picture.waitFor();
      await expect(
        picture.evaluate((image) => Promise.resolve(Reflect.get(image, 'decode').call(image)).then(() => Number(Reflect.get(image, 'naturalWidth')))),
      ).resolves.toBeGreaterThan(600);
      await dana.looks('17-picture', picture);
    });
  });
});
