import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freePort, type Running, startPlumb } from '../../e2e/start-plumb.ts';
import { type FakeSlack, openFakeSlack } from './fake-slack/open-fake-slack.ts';
import type { SeenMessage, SeenView } from './fake-slack/seen.ts';

// A busy machine may be slow at starting programs.
jest.setTimeout(60_000);

const hour = 3_600_000;
/** A Monday at 15:00 UTC, at which nobody of the four has quiet hours, whenever this runs. */
const monday = ((): number => {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7));
  return day.setUTCHours(15, 0, 0, 0);
})();
const offset = Math.round((monday - Date.now()) / hour) * hour;

const [dana, priya, tomas, sam] = ['U0DANA001', 'U0PRIYA01', 'U0TOMAS01', 'U0SAM0001'] as const;
const [leaders, general] = ['C0SALES01', 'C0GENERAL'] as const;
let slack: FakeSlack;
let plumb: Running;

beforeAll(async () => {
  const url = () => /"url":"([^"]+\/slack\/events)"/.exec(plumb?.log.join('\n') ?? '')?.[1];
  slack = await openFakeSlack({ requestUrl: url, now: () => Date.now() + offset });
  const { signingSecret } = slack.app;
  const [clock, port] = [`${offset / 1_000}s`, await freePort()];
  const env = { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken(), SLACK_SIGNING_SECRET: signingSecret, HOST: '127.0.0.1', ENCODER: 'off' };
  plumb = await startPlumb({ env: { ...env, PLUMB_CLOCK_OFFSET: clock, PORT: port, LOCAL_PORT: '0' } });
  await slack.until(url, 15_000);
  await slack.do.openHome(priya);
  await slack.until(() => slack.visibleTo(priya).home);
  await slack.act.pressHome(priya, 'Add an L&D partner');
  await slack.act.submit(priya, { person: priya }, await modalOf(priya, 'person'));
});

afterAll(async () => {
  await plumb?.stop();
  await slack?.close();
});

type Said = { channel: string; ts: string };

const withButton = (messages: readonly SeenMessage[], label: string) =>
  messages.findLast(({ blocks }) => JSON.stringify(blocks).includes(`"text":${JSON.stringify(label)}`));
const buttonIn = (said: Said, label: string) => slack.until(() => withButton(slack.thread(dana, said), label), 10_000);
const buttonFor = (who: string, label: string) => slack.until(() => withButton(slack.chatWithBot(who), label), 10_000);
const shownIn = (said: Said, text: RegExp) => slack.until(() => slack.thread(dana, said).findLast(({ shown }) => text.test(shown)), 10_000);

/** The id of the dialog with this field, once it is there. */
async function modalOf(who: string, field: string): Promise<string> {
  const isFilled = ({ blocks }: SeenView) => blocks.some(({ block_id }) => block_id === field);
  return (await slack.until(() => slack.visibleTo(who).modals.find(isFilled))).id;
}

async function closeAll(who: string): Promise<void> {
  while (slack.visibleTo(who).modals.length > 0) await slack.act.closeModal(who);
}

describe('the coach in Slack', () => {
  let theirs: Said;

  it('suggests a question to the L&D partner alone, who asks it in her own words', async () => {
    const said = await slack.do.say(dana, leaders, 'We need a two-day negotiation workshop for our 40 account managers before the end of March.');
    await slack.act.press(priya, await buttonFor(priya, 'I take this'), 'I take this');
    const prompt = await buttonFor(priya, 'Ask it');
    expect(prompt.shown).toMatch(/A question you could ask Dana[\s\S]*Only you see this/);
    expect(JSON.stringify(prompt.blocks)).toContain(`archives/${leaders}/p${said.ts.replace('.', '')}`);
    await slack.act.press(priya, prompt, 'Why?');
    const why = await slack.until(() => slack.chatWithBot(priya).find(({ onlyYou }) => onlyYou));
    expect(why.text).toContain('(Source: ');
    await slack.act.press(priya, prompt, 'Edit');
    await slack.act.submit(priya, { question: 'What would they do differently, the week after?' }, await modalOf(priya, 'question'));
    await shownIn(said, /asks \(through Plumb\)[\s\S]*What would they do differently, the week after\?/);
    await slack.until(() => withButton(slack.chatWithBot(priya), 'Ask it') === undefined);
    expect(slack.visibleTo(priya).modals).toEqual([]);
    for (const person of [dana, tomas, sam]) expect(JSON.stringify(slack.visibleTo(person))).not.toContain('A question you could ask');
  });

  it('puts the either/or itself where nobody has taken it, and takes the answer from a dialog and from buttons', async () => {
    await slack.do.inviteBot(tomas, general);
    const request = 'Could we get a two-day negotiation training for all account managers by the end of the quarter? They give away too much margin.';
    theirs = await slack.do.say(tomas, general, request);
    await buttonIn(theirs, 'Answer in a form');
    await slack.do.say(tomas, general, 'We have to grow 30 % this year, and most of it from accounts we already have.', { thread: theirs.ts });
    const choice = await buttonIn(theirs, 'The other one');
    await slack.act.press(tomas, choice, 'Answer in words');
    await slack.act.submit(tomas, { answer: 'Not sure yet, it could be either of the two' }, await modalOf(tomas, 'answer'));
    const fact = await shownIn(theirs, /One fact would tell us/);
    await slack.act.press(tomas, fact, 'Find out first');
    await slack.act.press(tomas, await buttonIn(theirs, 'Yes, start there'), 'Yes, start there');
    await shownIn(theirs, /Decided by[\s\S]*the focus changes/);
    expect(withButton(slack.thread(tomas, theirs), 'The other one')).toBeUndefined();
  });

  it('takes a request from a form, and the first group that it asks for in one post', async () => {
    await slack.act.useShortcut(dana, 'start_form');
    const request = 'We need a two-day negotiation course for the whole sales force';
    const filled = { driver: 'Win rate fell from 31 % to 24 %', owner: 'Tomas Vidal' };
    await slack.act.submit(dana, { request, where: general, ...filled }, await modalOf(dana, 'request'));
    await closeAll(dana);
    const carries = () => slack.visibleTo(dana).places.find(({ id }) => id === general)?.messages;
    const thread = await slack.until(
      () => carries()?.findLast(({ fromApp, shown }) => fromApp && shown.includes('started an alignment about negotiation')),
      10_000,
    );
    await buttonIn(thread, 'Answer in a form');
    await slack.do.say(dana, general, 'discounts, from 14 % to 9 %, and first meetings a week, from 3 to 5', { thread: thread.ts });
    await slack.act.press(dana, await buttonIn(thread, 'Next question'), 'Next question');
    const proposal = await buttonIn(thread, 'Start with one group');
    expect(slack.thread(dana, thread).at(-1)?.ts).toBe(proposal.ts);
    await slack.act.press(dana, proposal, 'Start with one group');
    const modal = await modalOf(dana, 'group');
    await slack.act.submit(dana, { group: ' ' }, modal);
    expect(slack.visibleTo(dana).modals.at(-1)?.errors).toEqual({ group: 'Please fill this in.' });
    await slack.act.submit(dana, { group: 'The north team', outcome: '30 first meetings a week', until: 'end of March' }, modal);
    expect((await shownIn(thread, /30 first meetings a week/)).ts).toBe(proposal.ts);
    await slack.act.press(dana, await buttonIn(thread, 'Undo'), 'Undo');
    await slack.act.press(dana, await buttonIn(thread, 'Everybody at once'), 'Everybody at once');
    await shownIn(thread, /Fine, everybody at once/);
  });

  it('keeps 200 objectives that were pasted in a dialog', async () => {
    await slack.act.pressHome(priya, 'Strategy on file');
    const lines = Array.from({ length: 200 }, (_, at) => `Win market ${at} by June`);
    const filled = { objectives: lines.slice(0, 100).join('\n'), 'more-objectives': lines.slice(100).join('\n') };
    await slack.act.submit(priya, filled, await modalOf(priya, 'objectives'));
    await slack.until(() => slack.visibleTo(priya).modals.at(-1)?.shown.includes('I understood 200 objectives'), 10_000);
    await slack.act.submit(priya, {});
    await slack.until(() => slack.visibleTo(priya).home?.shown.includes('Win market 0 by June'), 10_000);
    await closeAll(priya);
  });

  it('asks four people what else is in the way, anonymously, in a dialog', async () => {
    await slack.do.say(tomas, general, 'To be honest, training alone will not do it: the bonus pays for volume.', { thread: theirs.ts });
    await slack.act.press(tomas, await buttonIn(theirs, 'What else is in the way?'), 'What else is in the way?');
    const people = { 'person-1': dana, 'person-2': priya, 'person-3': tomas, 'person-4': sam };
    await slack.act.submit(tomas, { ...people, anonymous: ['true'] }, await modalOf(tomas, 'person-1'));
    await closeAll(tomas);
    for (const person of Object.values(people)) {
      await slack.act.press(person, await buttonFor(person, 'Answer'), 'Answer');
      const ratings = { strategy: '4', structure: '4', systems: '1', skills: '3', style: '2', staff: '3' };
      await slack.act.submit(person, { ...ratings, 'note-systems': `<!channel> *no* ${person.at(1)}` }, await modalOf(person, 'systems'));
      await closeAll(person);
    }
    await shownIn(theirs, /4 of 4 have answered/);
    await slack.act.press(tomas, await buttonIn(theirs, 'Close it now'), 'Close it now');
    const results = await shownIn(theirs, /What helps, and what gets in the way/);
    // As text of its own kind, which Slack reads no marks in.
    expect(JSON.stringify(results.blocks)).toContain('{"type":"text","text":"<!channel> *no* 0"}');
    expect(results.blocks.filter(({ type }) => type === 'table')).toHaveLength(1);
  });

  it('draws what is noted, under a link that Slack can fetch, and closes the dialog without another', async () => {
    await note('Pay a part of the bonus on margin', { impact: '5', cost: '4', phase: 'next', owner: sam });
    const results = await shownIn(theirs, /Pay a part of the bonus on margin/);
    expect(slack.visibleTo(tomas).modals).toEqual([]);
    const image = results.blocks.find(({ type }) => type === 'image');
    expect(image?.['alt_text']).toContain('“Pay a part of the bonus on margin” (impact 5, cost 4)');
    const picture = await fetch(String(image?.['image_url']));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('says it in words, once, while Slack cannot fetch the picture', async () => {
    const unfetched = { kind: 'error', error: 'invalid_blocks', more: { errors: ['downloading image failed [json-pointer:/blocks/9/image_url]'] } } as const;
    slack.fault('chat.update', unfetched, { matching: (body) => JSON.stringify(body).includes('image_url') });
    await note('Ask for account plans every Monday', { impact: '4', cost: '1', phase: 'now', owner: '' });
    const results = await shownIn(theirs, /1\. Ask for account plans every Monday/);
    expect(results.blocks.map(({ type }) => type)).not.toContain('image');
    expect(results.shown.match(/Ask for account plans every Monday/g)).toHaveLength(1);
    expect(withButton([results], 'Choose a reviewer')).toBeDefined();
    await note('Close the old price list', { impact: '3', cost: '2', phase: 'now', owner: '' });
    expect((await shownIn(theirs, /Close the old price list/)).blocks.map(({ type }) => type)).toContain('image');
  });

  it('shows nothing that Slack refuses, and answers every press and form in time', () => {
    expect(slack.calls.filter(({ answer }) => answer.startsWith('invalid_') || answer === 'expired_trigger_id')).toEqual([]);
    expect(slack.deliveries.filter(({ kind, answer }) => kind !== 'events_api' && answer.status !== 200)).toEqual([]);
    expect(plumb.log.filter((line) => /"level":"error"|could not be (opened|filled)/.test(line))).toEqual([]);
  });

  async function note(what: string, rest: Record<'impact' | 'cost' | 'phase' | 'owner', string>): Promise<void> {
    const label = 'Note an action: systems';
    await slack.act.press(tomas, await buttonIn(theirs, label), label);
    await slack.act.submit(tomas, { what, ...rest }, await modalOf(tomas, 'what'));
  }
});
