import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { openBrowser, type Person, personIn } from './person.ts';
import { type Running, startPlumb } from './start-plumb.ts';

jest.setTimeout(120_000);

const request = 'My 80 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop before March?';
const opening = 'My 80 account managers';
const answers = {
  driver: 'New-logo revenue is 18% behind plan and the board wants 30 new accounts by September',
  owner: 'Tomas Herrera owns it',
  'leading-kpis': 'First meetings with new accounts, 3 a week per rep today, 6 by June',
  'data-source': 'Sam Okafor pulls it from Salesforce every Monday',
  contribution: 'Each calls ten target accounts a week with a researched opening, so more first meetings',
  sufficiency: 'Partly: marketing has to deliver a target list too, because the CRM has none',
  'owner-role': 'Tomas opens each session, sits in on two calls a week and stops asking for quote counts',
  'manager-role': 'Keiko Mori and Tomas Herrera each listen to two calls per rep every week and give feedback',
  'weekly-call': 'Tuesdays 9:30 with Tomas, Keiko and me',
  context: 'Hospital buyers who never pick up the phone; our own call recordings',
  reinforcement: 'Weekly call coaching, a call library, a certification after six weeks',
  budget: '20,000 EUR from the enablement budget',
};

describe('a brief that is signed', () => {
  let plumb: Running;
  let browser: Browser;
  let dana: Person;
  let priya: Person;
  let tomas: Person;
  let keiko: Person;
  let sam: Person;

  beforeAll(async () => {
    plumb = await startPlumb();
    browser = await openBrowser();
    [dana, priya, tomas, keiko, sam] = await Promise.all([
      personIn(browser, plumb.url, 'dana'),
      personIn(browser, plumb.url, 'priya'),
      personIn(browser, plumb.url, 'tomas'),
      personIn(browser, plumb.url, 'keiko'),
      personIn(browser, plumb.url, 'sam'),
    ]);
    for (const each of [tomas, keiko, sam]) await each.opensPlumb();
  });

  afterAll(async () => {
    await browser?.close();
    await plumb?.stop();
  });

  /** What somebody reads in the middle of their window. */
  const main = ({ page }: Person): Locator => page.locator('#main-messages');

  async function opensForm(person: Person, label: string, within?: Locator): Promise<Locator> {
    await person.presses(label, within);
    const form = person.page.getByRole('dialog');
    await form.locator('[data-field]').first().waitFor();
    return form;
  }

  /** To the next weekly question, however many timers of others come before it. */
  async function untilAsked(person: Person, question: string): Promise<void> {
    const cards = main(person).getByText(question, { exact: true });
    const before = await cards.count();
    for (let step = 0; step < 12 && (await cards.count()) === before; step += 1) {
      await dana.page.getByRole('button', { name: 'To the next nudge' }).click();
      await cards
        .nth(before)
        .waitFor({ timeout: 2_000 })
        .catch(() => undefined);
    }
    expect(await cards.count()).toBe(before + 1);
  }

  async function signs(): Promise<void> {
    await dana.presses('Looks right');
    await priya.sees(/it waits for|Now it waits/);
    await priya.presses('Looks right');
  }

  it('was agreed from one form', async () => {
    await dana.writes(request);
    await dana.opensThread(opening);
    await dana.sees('“prospecting”');
    await priya.opensThread(opening);
    await priya.presses('I take this');
    const form = await opensForm(dana, 'Answer in a form');
    for (const [question, words] of Object.entries(answers)) await form.locator(`[data-field="${question}"]`).fill(words);
    await form.getByRole('button', { name: 'Save answers' }).click();
    await dana.sees('Noted 12 answers. They all stand in the draft below.');
    await signs();
    await main(dana).getByText('Version 1', { exact: true }).waitFor();
  });

  it('is changed in one line with a reason, and signed anew in the same post', async () => {
    const form = await opensForm(dana, 'Change something');
    await form.locator('select').selectOption({ label: `Business driver: New-logo revenue is 18% behind… (Dana Whitfield)` });
    await form.getByRole('button', { name: 'Next' }).click();
    await form.locator('[data-field="answer"]').fill('New-logo revenue is 18% behind plan and the board wants 40 new accounts by September');
    await form.locator('[data-field="reason"]').fill('Finance raised it last week');
    await form.getByRole('button', { name: 'Save' }).click();
    await priya.sees('“Finance raised it last week”');
    await priya.looks('follow-1-changed');
    await signs();
    await main(dana).getByText('Version 2', { exact: true }).waitFor();
    expect(await main(dana).locator('li', { hasText: 'Alignment brief' }).count()).toBe(1);
  });

  it('goes to a vendor without names and money, and the answer is held against it', async () => {
    const form = await opensForm(dana, 'For a vendor');
    await form.locator('[data-field="contact"]').getByText('Nobody by name').click();
    await form.locator('[data-field="as"]').selectOption('document-markdown');
    await dana.looks('follow-2-vendor');
    const [download] = await Promise.all([dana.page.waitForEvent('download'), form.getByRole('button', { name: 'Make it' }).click()]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain('80 account managers');
    expect(text).not.toMatch(/Dana|Whitfield|Tomas|Keiko|Sam Okafor|20,000/);
    await dana.opensPlumb();
    const answer = await opensForm(dana, "Check a vendor's answer", main(dana));
    await answer.getByRole('textbox').fill('After the workshop there is weekly call coaching for six weeks. What do you mean by prospecting?');
    await answer.getByRole('button', { name: 'Check it' }).click();
    await dana.sees('“After the workshop there is weekly call coaching for six weeks”', main(dana));
    await dana.sees('To ask them next', main(dana));
    await dana.opensChannel();
    await dana.opensThread(opening);
  });

  it('asks who said yes each week: a figure, a win, and silence shown as silence', async () => {
    await tomas.presses("Yes, I'm in", main(tomas));
    await sam.presses("Yes, I'm in", main(sam));
    await keiko.movesOnUntil('You were named in a plan for a change', main(keiko));
    await keiko.presses("Yes, I'm in", main(keiko));
    await untilAsked(sam, 'What do the numbers say this week?');
    await tomas.sees('How is it going?', main(tomas));
    await main(sam).getByRole('textbox').last().fill('a few');
    await sam.presses('Send the figures', main(sam));
    await sam.sees(/Plumb needs a figure such as 4/, main(sam));
    await main(sam).getByRole('textbox').last().fill('4');
    await sam.presses('Send the figures', main(sam));
    await sam.sees('Noted for this week. You can still change it until the call.', main(sam));
    await sam.looks('follow-3-figures');
    await main(keiko).getByLabel(/win/i).last().fill('A first meeting in Kyoto after one researched call');
    await keiko.presses('On track', main(keiko));
    await dana.movesOnUntil('A first meeting in Kyoto after one researched call', dana.thread);
    await dana.sees('has not answered');
    await dana.sees(/last 4 \(/);
  });

  it('asks somebody else what would help when the owner reports no progress twice', async () => {
    for (const week of [1, 2]) {
      await untilAsked(tomas, 'How is it going?');
      if (week === 2) {
        await main(sam).getByRole('textbox').last().fill('4.5');
        await sam.presses('Send the figures', main(sam));
      }
      await tomas.presses('No progress', main(tomas));
      await tomas.sees(/Noted for this week: no progress/, main(tomas));
      await dana.movesOnUntil(week === 1 ? 'no progress this week' : 'no progress for two weeks or more', dana.thread);
    }
    await dana.thread.locator('li').last().scrollIntoViewIfNeeded();
    await dana.looks('follow-4-digest');
    await dana.opensPlumb();
    await dana.sees('Twice no progress', main(dana));
    await dana.sees(/it is about them, so I ask you/, main(dana));
    await dana.looks('follow-5-escalation');
    await dana.presses('Re-plan', main(dana));
    await dana.sees(/makes a new plan/, main(dana));
    await priya.sees(/wants to re-plan/);
    expect(await main(tomas).getByText('Twice no progress').count()).toBe(0);
  });

  it('can be read on a phone', async () => {
    const phone = await personIn(browser, plumb.url, 'dana', { width: 360, height: 740 });
    await phone.opensThread(opening);
    await phone.sees('For the call, put together by Plumb');
    await phone.looks('follow-6-phone');
    expect(await phone.page.locator('body').evaluate((body) => body.scrollWidth > body.clientWidth + 1)).toBe(false);
  });

  it('leaves in peace whoever wants no question', async () => {
    await tomas.presses('Stop asking me', main(tomas));
    await dana.opensChannel();
    await dana.opensThread(opening);
    await dana.movesOnUntil('has opted out', dana.thread);
  });

  it('remembers what somebody promised for them alone, until it is done', async () => {
    await priya.replies("I'll send you the call library outline in three days");
    await priya.opensPlumb();
    await priya.sees('Shall I remember this for you?', main(priya));
    await priya.presses('Yes, remind me', main(priya));
    const asked = main(priya).getByText('Did it work out?', { exact: true });
    for (let days = 0; days < 8 && (await asked.count()) === 0; days += 1) {
      await priya.page.getByRole('button', { name: '+1 day' }).click();
      await asked.waitFor({ timeout: 1_500 }).catch(() => undefined);
    }
    await asked.waitFor();
    await priya.looks('follow-7-promise');
    await priya.presses('Done', main(priya));
    await priya.presses('Tell the thread', main(priya));
    await dana.sees(/lets you know that this is done/);
  });

  it('is closed with what changed, and with what it was worth', async () => {
    await dana.presses('Close it');
    for (const [person, worth] of [
      [dana, 'Yes'],
      [sam, 'Partly'],
      [keiko, 'Yes'],
    ] as const) {
      if (person === dana) await dana.opensPlumb();
      await person.movesOnUntil('Was it worth it?', main(person));
      await person.presses(worth, main(person));
      await person.sees(/Noted: /, main(person));
    }
    await dana.opensChannel();
    await dana.movesOnUntil('Was it worth it? Yes: 2. Partly: 1. No: 0.', main(dana));
    await dana.looks('follow-8-closed');
    await dana.sees('Export as Word', main(dana));
    expect(await main(dana).getByRole('button', { name: 'Calendar file' }).count()).toBe(0);
  });

  it('gives everybody what is kept about them, and forgets who wants to be forgotten', async () => {
    await sam.writes('/plumb my data');
    await sam.sees('What I keep about you', main(sam));
    await sam.looks('follow-9-my-data');
    const [download] = await Promise.all([sam.page.waitForEvent('download'), sam.presses('As data (JSON)', main(sam))]);
    expect(await readFile(await download.path(), 'utf8')).toContain('4.5');
    await sam.presses('Forget me', main(sam));
    const form = sam.page.getByRole('dialog');
    await form.getByRole('button', { name: 'Forget me' }).click();
    await form.waitFor({ state: 'detached' });
    await dana.sees(/a former participant/, main(dana));
    await main(dana).getByText('Sam Okafor').first().waitFor({ state: 'detached' });
  });
});
