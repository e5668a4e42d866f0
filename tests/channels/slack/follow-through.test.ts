import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DateTime } from 'luxon';
import { freePort, type Running, startPlumb } from '../../e2e/start-plumb.ts';
import { type FakeSlack, openFakeSlack } from './fake-slack/open-fake-slack.ts';
import type { SeenMessage, SeenView } from './fake-slack/seen.ts';

// A busy machine may be slow at starting programs, and this starts Plumb for every week.
jest.setTimeout(90_000);

const [dana, priya, tomas, keiko, sam] = ['U0DANA001', 'U0PRIYA01', 'U0TOMAS01', 'U0KEIKO01', 'U0SAM0001'] as const;
const leaders = 'C0SALES01';
const patience = 15_000;

/** The Monday three weeks before the clocks of Europe go forward, as its date; those of New York do so a week after it. */
const monday = ((): DateTime => {
  const marchEnds = DateTime.utc(DateTime.utc().year + 1, 3, 31);
  return marchEnds.minus({ days: (marchEnds.weekday % 7) + 20 });
})();
/** A moment of the play: days after that Monday, and the time in UTC. */
const on = (days: number, time: string): number => DateTime.fromISO(`${monday.plus({ days }).toISODate()}T${time}Z`).toMillis();
const dateOn = (days: number): string => monday.plus({ days }).toISODate() ?? '';

let offset = on(0, '15:00') - Date.now();
let slack: FakeSlack;
let plumb: Running | undefined;
let dataDir: string;
let request: { channel: string; ts: string };
const log: string[] = [];

const eventsUrl = () => /"url":"([^"]+\/slack\/events)"/.exec(plumb?.log.join('\n') ?? '')?.[1];

async function start(): Promise<void> {
  const own = { HOST: '127.0.0.1', PORT: await freePort(), LOCAL_PORT: '0', ENCODER: 'off', PLUMB_CLOCK_OFFSET: `${Math.round(offset / 1_000)}s` };
  const access = { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken(), SLACK_SIGNING_SECRET: slack.app.signingSecret };
  plumb = await startPlumb({ dataDir, env: { ...own, ...access } });
  await slack.until(eventsUrl, patience);
}

async function stop(): Promise<void> {
  await slack.settled();
  await plumb?.stop();
  log.push(...(plumb?.log ?? []));
  plumb = undefined;
}

/** As when Plumb was off meanwhile: it goes on with the same data at a later moment. */
async function moveTo(at: number): Promise<void> {
  await stop();
  offset = at - Date.now();
  await start();
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'plumb-follow-through-'));
  slack = await openFakeSlack({ requestUrl: eventsUrl, now: () => Date.now() + offset });
  await start();
  await slack.do.openHome(priya);
  await slack.until(() => slack.visibleTo(priya).home, patience);
  await slack.act.pressHome(priya, 'Add an L&D partner');
  await fills(priya, { person: priya });
});

afterAll(async () => {
  await plumb?.stop();
  await slack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Waits for something, and says what where it does not come. */
const comes = <T>(what: string, look: () => T | undefined | false): Promise<T> =>
  slack.until(look, patience).catch((cause: unknown) => {
    throw new Error(`Did not come: ${what}`, { cause });
  });

const offers = (label: string) => (message: SeenMessage) => JSON.stringify(message.blocks).includes(`"text":${JSON.stringify(label)},`);
const thread = () => slack.thread(dana, request);
const says = (text: RegExp, messages: () => readonly SeenMessage[] = thread) => comes(String(text), () => messages().findLast(({ shown }) => text.test(shown)));
const chatOf = (who: string) => () => slack.chatWithBot(who);
const isToldTo = (who: string, text: RegExp) => says(text, chatOf(who));
/** At the level of the channel, where Plumb keeps the brief and says how it ended. */
const inChannel = () =>
  slack
    .visibleTo(sam)
    .places.find(({ id }) => id === leaders)
    ?.messages.filter(({ fromApp }) => fromApp) ?? [];
/** How often the weekly question came to Tomas. */
const asked = () => slack.chatWithBot(tomas).filter(({ shown }) => shown.startsWith('How is it going?')).length;
const filesIn = (messages: readonly SeenMessage[]) => messages.flatMap(({ files }) => files);

/** Presses the newest such button that somebody has in the thread or in their chat. */
async function presses(who: string, label: string, where: () => readonly SeenMessage[] = thread): Promise<void> {
  const found = await comes(`${label} for ${who}`, () => where().findLast(offers(label)));
  await slack.act.press(who, found, label);
}

const pressesOwn = (who: string, label: string) => presses(who, label, chatOf(who));

/** Fills the dialog that has all of these fields, once it is there. */
async function fills(who: string, values: Readonly<Record<string, string>>): Promise<void> {
  const hasFields = ({ blocks }: SeenView) => Object.keys(values).every((field) => blocks.some(({ block_id }) => block_id === field));
  const { id } = await comes(`a dialog with ${Object.keys(values)} for ${who}`, () => slack.visibleTo(who).modals.find(hasFields));
  await slack.act.submit(who, values, id);
}

async function closes(who: string): Promise<void> {
  while (slack.visibleTo(who).modals.length > 0) await slack.act.closeModal(who);
}

describe('from a brief to a change, in Slack', () => {
  it('is agreed, with one thing that somebody finds out until a day', async () => {
    request = await slack.do.say(
      dana,
      leaders,
      'my 60 account managers keep giving away margin, can we get a two-day negotiation course before the end of june?',
    );
    await pressesOwn(priya, 'I take this');
    await slack.do.say(dana, leaders, "I'll send you the list of discounted deals by Friday, Priya.", { thread: request.ts });
    await pressesOwn(dana, 'Yes, remind me');
    await presses(dana, 'Answer in a form');
    await fills(dana, {
      driver: 'margin fell from 31 to 27 percent since june and the board wants 30 by september',
      contribution: 'they hold the price in the first meeting and ask what the other side can give',
      owner: 'Sam Adeyemi',
      'leading-kpis': 'discounted deals per month, from 45 to 20',
      sufficiency: 'partly, the price list must be simpler as well',
      'manager-role': 'Tomas Vidal looks at two discounted deals every week',
      'data-source': 'Keiko Tanaka pulls them from Salesforce every Friday',
      'weekly-call': 'Tuesdays 10:00 London time, Dana, Tomas and Sam',
      reinforcement: 'a practice call every second week for three months',
    });
    await says(/Noted from <@U0DANA001>, weekly call/);
    await slack.do.say(dana, leaders, 'write the brief', { thread: request.ts });
    await presses(priya, 'Who finds it out?');
    await fills(priya, { point: 'Budget for afterwards', person: sam, due: dateOn(2) });
    await closes(priya);
    await isToldTo(sam, /asks if you can find something out[\s\S]*Is there budget for what comes afterwards/);
    await presses(dana, 'Looks right');
    await presses(priya, 'Looks right');
    await says(/^Alignment brief: negotiation/, inChannel);
    for (const person of [tomas, sam]) await pressesOwn(person, "Yes, I'm in");
    await isToldTo(dana, /<@U0SAM0001> said yes/);
  });

  it('is given as files: to the thread what stands there anyway, and to whoever asks what is theirs', async () => {
    for (const label of ['Export as Word', 'Export as PDF', 'Export as Markdown']) await presses(dana, label);
    await slack.until(() => filesIn(thread()).length === 3, patience);
    await presses(dana, 'For a vendor');
    await fills(dana, { scope: 'cold calls', as: 'document-word' });
    await presses(dana, 'For a vendor');
    await fills(dana, { time: 'Thursday at 16:00', as: 'message-copy' });
    await isToldTo(dana, /Can we meet about[\s\S]*Thursday at 16:00/);
    await presses(dana, 'Calendar file');
    await slack.until(() => filesIn(slack.chatWithBot(dana)).length === 2, patience);
    expect(filesIn(thread()).map((name) => name.split('.').at(-1))).toEqual(['docx', 'pdf', 'md']);
    expect(filesIn(slack.chatWithBot(dana)).sort()).toEqual([`vendor-brief-negotiation-${dateOn(0)}.docx`, 'weekly-call.ics'].sort());
    await closes(dana);
  });

  it('holds what a vendor answers against the brief, for whoever asked until they post it', async () => {
    await pressesOwn(dana, "Check a vendor's answer");
    await fills(dana, { words: 'We will work with all 60 account managers. Coaching afterwards is optional. We could meet on Thursday at 16:00.' });
    const held = await isToldTo(dana, /A vendor's answer beside the brief[\s\S]*What happens afterwards: partly/);
    expect(held.shown).toMatch(/Next step: met/);
    expect(JSON.stringify(slack.visibleTo(priya))).not.toContain("A vendor's answer beside the brief");
    await closes(dana);
    await pressesOwn(dana, 'Post it in the thread');
    await says(/A vendor's answer beside the brief[\s\S]*Shared by/);
  });

  it('takes what was found out into a new version, which shows what changed and takes the place of the old one', async () => {
    // In Tokyo's working hours: what Plumb, which is stopped, could not say in its morning must not come in its night.
    await moveTo(on(1, '06:00'));
    await pressesOwn(keiko, "Yes, I'm in");
    await moveTo(on(2, '10:30'));
    await isToldTo(sam, /It was to be found out by/);
    await pressesOwn(sam, 'I know it');
    await fills(sam, { answer: '12,000 from the enablement budget, Priya decides' });
    const card = await says(/New version 2 of the brief[\s\S]*12,000 from the enablement budget[\s\S]*Everything else stands as it was signed in version 1/);
    expect(card.shown).not.toContain('margin fell from 31');
    await presses(dana, 'Looks right');
    await presses(priya, 'Looks right');
    await slack.until(() => inChannel().some(({ shown }) => shown.includes('12,000 from the enablement budget')), patience);
    expect(inChannel().filter(({ shown }) => shown.startsWith('Alignment brief'))).toHaveLength(1);
  });

  it('asks once a week with three taps, and after a day whether what somebody promised worked out', async () => {
    await moveTo(on(7, '15:30'));
    await isToldTo(tomas, /How is it going\?[\s\S]*Tomas Vidal looks at two discounted deals every week/);
    await pressesOwn(tomas, 'Add a line');
    await fills(tomas, { 'plumb-choice': 'No progress', note: 'two renewals ask for the old discount' });
    await isToldTo(tomas, /Noted for this week: no progress[\s\S]*two renewals/);
    await isToldTo(dana, /Did it work out\?[\s\S]*list of discounted deals by Friday/);
    await pressesOwn(dana, 'Done');
    expect(thread().some(({ shown }) => /lets you know that this is done/.test(shown))).toBe(false);
    await pressesOwn(dana, 'Tell the thread');
    await says(/<@U0DANA001> lets you know that this is done/);
  });

  it('sums it up before the call', async () => {
    await moveTo(on(8, '09:10'));
    await says(/Before the call: negotiation[\s\S]*no progress[\s\S]*two renewals ask for the old discount/);
  });

  it('asks whoever has the figures for them, and for nothing but figures', async () => {
    await moveTo(on(14, '08:40'));
    await pressesOwn(keiko, 'Send the figures');
    const field = await slack.until(
      () => slack.visibleTo(keiko).modals[0]?.blocks.find(({ block_id }) => block_id?.startsWith('reading-'))?.block_id,
      patience,
    );
    await fills(keiko, { [field]: 'a few less' });
    expect(slack.visibleTo(keiko).modals[0]?.errors[field]).toMatch(/Plumb needs a figure such as/);
    await fills(keiko, { [field]: '41' });
    await comes('the second question', () => asked() === 2);
    await pressesOwn(tomas, 'No progress');
    const questions = () => slack.chatWithBot(tomas).filter(({ shown }) => shown.startsWith('How is it going?'));
    await comes('the second answer', () => questions().at(-1)?.shown.includes('Noted for this week: no progress'));
    // The first one is answered for good: no button is left on it.
    expect(questions()[0]?.shown).toContain('You said: no progress.');
    expect(questions().filter(offers('No progress'))).toHaveLength(1);
  });

  it('tells the owner privately once somebody was stuck twice, and asks at the same hour when the clocks go forward', async () => {
    await moveTo(on(15, '09:10'));
    await says(/Before the call: negotiation[\s\S]*2[\s\S]*weeks in a row[\s\S]*41/);
    await isToldTo(sam, /Twice no progress[\s\S]*<@U0TOMAS01>[\s\S]*two renewals ask for the old discount/);
    for (const person of [dana, priya, tomas]) expect(JSON.stringify(slack.visibleTo(person))).not.toContain('Twice no progress');
    await pressesOwn(sam, 'I will help');
    await says(/<@U0SAM0001> has seen that progress is stuck and will help/);
    // 09:20 and 09:35 in Madrid, where it is summer time since the day before.
    await moveTo(on(21, '07:20'));
    expect(asked()).toBe(2);
    await moveTo(on(21, '07:35'));
    await comes('the third question', () => asked() === 3);
    await pressesOwn(tomas, 'Add a line');
    await fills(tomas, { 'plumb-choice': 'On track', win: 'the Frankfurt account paid list price' });
  });

  it('closes on its day with what changed, and counts what everybody thought of it without saying who', async () => {
    await pressesOwn(sam, 'Change the end');
    await fills(sam, { end: dateOn(23) });
    await moveTo(on(24, '13:00'));
    const close = await says(/^Closed: negotiation[\s\S]*41[\s\S]*the Frankfurt account paid list price/, inChannel);
    for (const [person, label] of [
      [tomas, 'Yes'],
      [sam, 'Partly'],
      [priya, 'Yes'],
      [dana, 'Yes'],
    ] as const)
      await pressesOwn(person, label);
    expect(close.shown).not.toMatch(/Was it worth it\? Yes/);
    await moveTo(on(32, '13:00'));
    await says(/Was it worth it\? Yes: 3\. Partly: 1\. No: 0\./, inChannel);
  });

  it('says what it keeps of somebody, gives it to them, and forgets it', async () => {
    await slack.act.command(tomas, leaders, '/plumb my data');
    const own = () => slack.visibleTo(tomas).places.flatMap(({ messages }) => messages);
    await says(/What I keep about you/, own);
    await presses(tomas, 'As data (JSON)', own);
    await slack.until(() => filesIn(slack.chatWithBot(tomas)).some((name) => name.endsWith('.json')), patience);
    await presses(tomas, 'Forget me', own);
    await slack.until(() => slack.visibleTo(tomas).modals[0]?.submit, patience);
    await slack.act.submit(tomas, {});
    await says(/a former participant/, inChannel);
    await comes('posts without his words and name', () => !/Frankfurt|Tomas|U0TOMAS01/.test(JSON.stringify(inChannel())));
    await comes('digests without his words', () => !/renewals|Frankfurt/.test(JSON.stringify(thread())));
  });

  it('shows nothing that Slack refuses, answers every press and form in time, and writes no error', async () => {
    await stop();
    expect(slack.calls.filter(({ answer }) => answer.startsWith('invalid_') || answer === 'expired_trigger_id')).toEqual([]);
    expect(slack.deliveries.filter(({ kind, answer }) => kind !== 'events_api' && answer.status !== 200)).toEqual([]);
    expect(log.filter((line) => /"level":"error"|could not be (opened|filled|sent)/.test(line))).toEqual([]);
    expect(log.filter((line) => /discount|renewals|Frankfurt/.test(line))).toEqual([]);
  });
});
