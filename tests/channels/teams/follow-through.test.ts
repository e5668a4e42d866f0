import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { Said } from './fake-teams/people.ts';
import { usualTenant } from './fake-teams/seed.ts';
import type { SeenMessage } from './fake-teams/seen.ts';
import { type GraphDouble, openGraphDouble } from './graph-double.ts';
import { audienceOfGraph, type OpenIdServer, openOpenIdServer } from './open-id-server.ts';
import { type OpenPlumb, openPlumb } from './open-plumb.ts';

// A busy machine may be slow at reading messages.
jest.setTimeout(60_000);

const request = 'my 60 account managers keep giving away margin, can we get a two-day negotiation course before the end of march?';
const said = {
  'leading-kpis': 'discounted deals per month, from 45 to 20',
  contribution: 'they would hold the price in the first meeting and trade, not give',
  sufficiency: 'partly, the price list must be simpler as well',
  'manager-role': 'Keiko Tanaka and Lena Berg review two discounted deals with each account manager every week',
  'data-source': 'Ravi Shah pulls them from Salesforce every Friday',
  'weekly-call': 'Tuesdays 10:00 Berlin time, Tomas, Keiko and Lena',
};

let teams: FakeTeams;
let openId: OpenIdServer;
let graph: GraphDouble;
let plumb: OpenPlumb;
/** A Monday at 15:00 UTC, four weeks before the clocks change in New York and six before they do in Berlin. */
let offset = Date.UTC(2027, 1, 15, 15) - Date.now();
const clock = { now: () => Date.now() + offset };
let people: Record<'dana' | 'priya' | 'tomas' | 'keiko' | 'lena' | 'ravi', string>;
let channel: string;
let thread: Said;
let negotiation: Said;

beforeAll(async () => {
  openId = await openOpenIdServer({ tenantId: usualTenant.id });
  teams = await openFakeTeams({
    app: { id: openId.appId },
    messagesUrl: () => plumb?.messagesUrl,
    authorize: openId.authorize,
    authorized: openId.accepts,
    now: clock.now,
    rates: true,
  });
  const [dana = '', priya = '', tomas = '', keiko = ''] = teams.people('dana', 'priya', 'tomas', 'keiko');
  channel = teams.channel('sales-leaders');
  graph = await openGraphDouble({ state: teams.state, authorized: (authorization) => openId.accepts(authorization, audienceOfGraph) });
  plumb = await openPlumb({ clock, openId, allowedTenants: [teams.tenant()], admins: [priya], graphUrl: graph.url, fileLinks: true });
  const [lena = '', ravi = ''] = [
    { handle: 'lena', name: 'Lena Berg' },
    { handle: 'ravi', name: 'Ravi Shah' },
  ].map(({ handle, name }) => teams.do.newPerson(teams.tenant(), handle, name));
  for (const who of [lena, ravi]) await teams.do.join(who, channel, dana);
  people = { dana, priya, tomas, keiko, lena, ravi };
});

afterAll(async () => {
  await plumb?.close();
  await graph?.close();
  await teams?.close();
  await openId?.close();
});

const inChat = (who: string) => () => teams.chatWithBot(who);
const inThread = () => teams.thread(people.dana, thread);
const inChannel = () => teams.visibleTo(people.tomas).places.find(({ id }) => id === channel)?.messages ?? [];

/** Waits for the newest message that shows this and has such a button, where one is asked for. */
function sees(where: () => SeenMessage[], shown: RegExp | string, button?: string): Promise<SeenMessage> {
  const shows = (one: SeenMessage) => (typeof shown === 'string' ? one.shown.includes(shown) : shown.test(one.shown));
  return teams
    .until(() => where().findLast((one) => one.fromApp && shows(one) && (button === undefined || one.buttons.some(({ title }) => title === button))), 20_000)
    .catch((error: unknown) => {
      const all = where().map((one) => `${one.from}: ${one.shown} [${one.buttons.map(({ title }) => title).join(', ')}]`);
      throw new Error(`Nobody sees ${shown} with ${button}:\n${all.join('\n---\n')}\n${plumb.logger.lines.slice(-10).join('\n')}`, { cause: error });
    });
}

/** Presses a button of the newest message that shows this. */
async function presses(who: string, where: () => SeenMessage[], shown: RegExp | string, button: string, inputs: Record<string, string> = {}): Promise<void> {
  await teams.act.press(who, await sees(where, shown, button), button, inputs);
}

const privately = (who: string, shown: RegExp | string, button: string, inputs: Record<string, string> = {}) =>
  presses(who, inChat(who), shown, button, inputs);

const dialogOf = (who: string) => teams.visibleTo(who).dialog;
const toldLast = (who: string) => teams.visibleTo(who).flashes.at(-1)?.text;

/** The value of a choice in an open dialog. */
function choiceOf(who: string, title: RegExp): string {
  const choices = JSON.stringify(dialogOf(who)?.card).matchAll(/\{"title":"([^"]*)","value":"([^"]*)"\}/g);
  return [...choices].find(([, each = '']) => title.test(each))?.[2] ?? '';
}

/** Nothing is on its way any more: a clock that moves while something is sent makes Plumb send it again. */
async function idle(): Promise<void> {
  await teams.settled();
  for (let before = ''; ; ) {
    const { inbox, outbox } = await plumb.store.depth();
    const now = `${inbox} ${outbox} ${teams.calls.length}`;
    // What waits for somebody's morning stays in the outbox.
    if (now === before && inbox === 0) return;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

async function moveTo(moment: string): Promise<void> {
  await idle();
  offset += Date.parse(moment) - clock.now();
  plumb.poke();
}

const sentAt = (one: SeenMessage): string => new Date(Number(one.id)).toISOString().slice(0, 16);
const timesOf = (where: () => SeenMessage[], shown: string): string[] =>
  where().flatMap((one) => (one.fromApp && one.shown.includes(shown) ? [sentAt(one)] : []));

/** Both managers and whoever has the figures are asked on the Monday, in the morning of each. */
async function mondayOf(date: string, managers: readonly string[]): Promise<void> {
  await moveTo(`${date}T00:00:05Z`);
  if (managers.includes(people.keiko)) await teams.until(() => timesOf(inChat(people.keiko), 'How is it going?').some((at) => at.startsWith(date)), 20_000);
  await moveTo(`${date}T11:00:00Z`);
  for (const who of managers) await teams.until(() => timesOf(inChat(who), 'How is it going?').some((at) => at.startsWith(date)), 20_000);
  await teams.until(() => timesOf(inChat(people.ravi), 'What do the numbers say').some((at) => at.startsWith(date)), 20_000);
}

async function digestAt(moment: string): Promise<string> {
  const before = timesOf(inThread, 'Before the call').length;
  await moveTo(moment);
  await teams.until(() => timesOf(inThread, 'Before the call').length > before, 20_000);
  return (await sees(inThread, 'Before the call')).shown;
}

const gives = async (who: string, figure: string): Promise<void> => {
  const card = JSON.stringify((await sees(inChat(who), 'What do the numbers say', 'Send the figures')).card);
  await privately(who, 'What do the numbers say', 'Send the figures', { [/"id":"(reading-[^"]*)"/.exec(card)?.[1] ?? '']: figure });
};

describe('a brief in Teams, once it is signed', () => {
  it('names its owner, its managers and whoever has the numbers', async () => {
    await teams.do.sayToBot(people.priya, 'settings');
    await privately(people.priya, 'Nobody is listed', 'Add an L&D partner');
    await teams.act.submitForm(people.priya, { person: people.priya });
    thread = await teams.do.say(people.dana, channel, request);
    negotiation = thread;
    await privately(people.priya, 'A training request came up', 'I take this');
    await teams.do.reply(people.dana, thread, 'margin fell from 31 to 27 percent since june and the board wants 30 by september. the owner is Tomas Vidal');
    await sees(inThread, /Noted from .*, owner in the business/);
    await presses(people.dana, inThread, '', 'Answer in a form');
    await teams.act.submitForm(people.dana, said);
    await sees(inThread, /Noted from .*, weekly call/);
    await teams.do.reply(people.dana, thread, 'write the brief');
    for (const who of [people.dana, people.priya]) await presses(who, inThread, 'Draft brief: negotiation', 'Looks right');
    await sees(inChannel, 'Alignment brief: negotiation');
  });

  it('has its open points found out by somebody else, and a line changed with a reason, and is signed again for what changed', async () => {
    await presses(people.dana, inThread, 'Alignment brief: negotiation', 'Who finds it out?');
    await teams.act.submitForm(people.dana, { point: 'context', person: people.keiko, due: '2027-02-19' });
    await privately(people.keiko, 'One thing to find out', 'I know it');
    await teams.act.submitForm(people.keiko, { answer: 'We sell to hospital buyers who compare five offers' });
    await sees(inThread, 'New version 2 of the brief');
    await presses(people.dana, inThread, 'New version 2', 'Change something');
    await teams.act.submitForm(people.dana, { question: choiceOf(people.dana, /^Whether training is enough/) });
    await teams.act.submitForm(people.dana, { answer: 'no, the price list and the bonus must change as well', reason: 'HR told me about the bonus' });
    const review = await sees(inThread, /New version 2[\s\S]*HR told me about the bonus/, 'Looks right');
    expect(review.shown).toMatch(/Whether training is enough\nWas\n“partly[^\n]*\nNow\n“no, the price list/);
    expect(review.shown).not.toContain('discounted deals');
    for (const who of [people.dana, people.priya]) await presses(who, inThread, 'New version 2', 'Looks right');
    await sees(inChannel, /Alignment brief: negotiation\nVersion 2/);
    expect(inChannel().filter(({ fromApp, shown }) => fromApp && shown.includes('Alignment brief'))).toHaveLength(1);
  });
});

describe('its documents', () => {
  it('are offered as files in the 1:1 chat of whoever only looks on, and are uploaded once accepted', async () => {
    await presses(people.tomas, inChannel, 'Alignment brief', 'Export as PDF');
    const offer = await teams.until(() => inChat(people.tomas)().findLast(({ fileOffered }) => fileOffered?.endsWith('.pdf')), 20_000);
    const key = await teams.act.answerFile(people.tomas, offer, 'accept');
    const file = await teams.until(() => teams.state.uploads.get(key)?.content, 20_000);
    expect(file.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
    expect(inChat(people.dana)().some(({ fileOffered }) => fileOffered !== undefined)).toBe(false);
  });

  it('are given under a link where everybody reads the brief anyway, which dies with what it was made for', async () => {
    await presses(people.dana, inThread, 'Alignment brief', 'Export as Markdown');
    const post = await sees(inThread, /alignment-brief-negotiation[^\n]*\.md/);
    const link = post.buttons.map(({ action }) => String(action['url'])).find((url) => url.includes('/files/')) ?? '';
    expect(await (await fetch(link)).text()).toContain('the price list and the bonus must change');
    expect((await fetch(`${link.slice(0, -6)}AAAAAA`)).status).toBe(410);
  });

  it('leave out for a vendor who said what, and hold the answer against the brief', async () => {
    await presses(people.priya, inChannel, 'Alignment brief', 'For a vendor');
    expect(dialogOf(people.priya)?.shown).toContain('[names\\] review two discounted deals');
    await teams.act.submitForm(people.priya, { as: 'message-copy', time: 'Thursday 16:00', contact: 'nobody' });
    const message = await sees(inChat(people.priya), 'Your message to a vendor', "Check a vendor's answer");
    expect(message.shown).toMatch(/discounted deals per month: target 20[\s\S]*How about Thursday 16:00/);
    expect(message.shown).not.toMatch(/Dana|Keiko|Lena|Tomas|Ravi|bonus|27 percent/);
    await teams.act.press(people.priya, message, "Check a vendor's answer");
    await teams.act.submitForm(people.priya, { words: 'We would practise holding the price with your account managers, by the end of March.' });
    await privately(people.priya, "A vendor's answer beside the brief", 'Post it in the thread');
    await sees(inThread, 'Shared by Priya Raman');
  });
});

describe('the weeks after it', () => {
  it('begin with those whom it names, each asked in their own chat', async () => {
    for (const who of [people.keiko, people.lena, people.ravi, people.tomas]) await privately(who, 'named you as', "Yes, I'm in");
    for (const who of [people.keiko, people.lena, people.ravi]) await sees(inChat(who), /You hear from me only for this/);
    await privately(people.dana, 'Each week I ask the managers', 'Change the end');
    await teams.act.submitForm(people.dana, { end: '2027-04-09' });
    await sees(inChat(people.tomas), 'Dana Whitfield moved the end');
    await idle();
    // Its call comes too early for anybody to have been asked.
    await moveTo('2027-02-16T12:00:00Z');
  });

  it('week 1: a stuck week, a silent one, and a figure by whoever has the numbers', async () => {
    await mondayOf('2027-02-22', [people.keiko, people.lena]);
    await gives(people.ravi, 'going well');
    expect(toldLast(people.ravi)).toContain('a figure such as 4');
    await gives(people.ravi, '41');
    await sees(inChat(people.ravi), 'last 41');
    await privately(people.keiko, 'How is it going?', 'No progress', { note: 'Half the team is at the trade fair' });
    await sees(inChat(people.keiko), 'Noted for this week: no progress');
    const digest = await digestAt('2027-02-23T08:00:05Z');
    expect(digest).toMatch(/Keiko Tanaka\S*: no progress\nHalf the team is at the trade fair/);
    expect(digest).toMatch(/Lena Berg\S*: has not answered/);
    expect(digest).toMatch(/last 41 \(Ravi Shah/);
  });

  it('week 2: stuck again beside a win, and the owner alone decides what follows', async () => {
    await mondayOf('2027-03-01', [people.keiko, people.lena]);
    await privately(people.keiko, 'How is it going?', 'No progress');
    await privately(people.lena, 'How is it going?', 'On track', { win: 'Ward held the price at St. Anne' });
    await sees(inChat(people.lena), 'Your win: “Ward held the price');
    const digest = await digestAt('2027-03-02T08:00:05Z');
    expect(digest).toMatch(/no progress, 2 weeks in a row[\s\S]*Ward held the price at St. Anne[\s\S]*What is in the way/);
    expect((await sees(inChat(people.tomas), 'Twice no progress')).shown).toContain('Half the team is at the trade fair');
    await privately(people.tomas, 'Twice no progress', 'Re-plan');
    await sees(inThread, 'Tomas Vidal has seen that progress is stuck');
    await sees(inChat(people.tomas), 'Tomas Vidal makes a new plan', 'Change the brief');
    expect(JSON.stringify(teams.visibleTo(people.keiko))).not.toContain('Twice no progress');
  });

  it('week 3: a holiday is no silence', async () => {
    await privately(people.lena, 'How is it going?', 'Settings');
    await teams.act.submitForm(people.lena, { 'holiday-until': '2027-03-12' });
    await mondayOf('2027-03-08', [people.keiko]);
    await privately(people.keiko, 'How is it going?', 'At risk');
    expect(await digestAt('2027-03-09T08:00:05Z')).toMatch(/Lena Berg\S*: on holiday/);
    expect(timesOf(inChat(people.lena), 'How is it going?')).toHaveLength(2);
  });

  it('week 4: whoever opts out is not asked, and those who lead get four weeks summed up', async () => {
    await mondayOf('2027-03-15', [people.keiko, people.lena]);
    await moveTo('2027-03-15T15:00:05Z');
    expect((await sees(inChat(people.dana), 'The last four weeks: negotiation')).shown).toContain('Ward held the price');
    await privately(people.keiko, 'How is it going?', 'Stop asking me');
    expect(await digestAt('2027-03-16T08:00:05Z')).toMatch(/Keiko Tanaka\S*: has opted out/);
    await mondayOf('2027-03-22', [people.lena]);
    expect(timesOf(inChat(people.keiko), 'How is it going?')).toHaveLength(4);
    await digestAt('2027-03-23T08:00:05Z');
    await teams.do.sayToBot(people.keiko, 'list');
    await privately(people.keiko, 'My weekly questions', 'Ask me again');
    await teams.do.sayToBot(people.ravi, 'list');
    await sees(inChat(people.ravi), 'My weekly questions', 'Stop asking me');
  });

  it('week 6: the clocks went forward, and each is asked once at the same time of day', async () => {
    await mondayOf('2027-03-29', [people.keiko, people.lena]);
    await digestAt('2027-03-30T07:00:05Z');
    // 09:00 in Tokyo, which keeps its clocks, and in Berlin, which does not.
    expect(timesOf(inChat(people.keiko), 'How is it going?').at(-1)).toBe('2027-03-29T00:00');
    expect(timesOf(inChat(people.lena), 'How is it going?')).toHaveLength(5);
    const call = await sees(inThread, 'Before the call');
    expect(call.shown).toContain('2027-03-30T08:00:00Z');
  });

  it('week 7: whoever left the organisation is not asked, and the owner is told once', async () => {
    graph.letReadUsers();
    graph.deleteUser(people.lena);
    await teams.do.leave(people.lena, teams.team('Sales Leaders'), people.dana);
    await mondayOf('2027-04-05', [people.keiko]);
    await privately(people.keiko, 'How is it going?', 'On track');
    await sees(inChat(people.tomas), 'Lena Berg is no longer in the directory');
    expect(await digestAt('2027-04-06T07:00:05Z')).toMatch(/Lena Berg\S*: has left/);
    expect(timesOf(inChat(people.lena), 'How is it going?')).toHaveLength(5);
    expect(inThread().some(({ shown }) => shown.includes('has no chat with me'))).toBe(false);
  });

  it('end with what changed, and with the counts of whether it was worth it', async () => {
    await moveTo('2027-04-09T21:00:05Z');
    const closed = await sees(inChannel, 'Closed: negotiation');
    expect(closed.shown).toMatch(/last 41[\s\S]*Without an answer: \d[\s\S]*Ward held the price/);
    // It is morning in Tokyo, later in Berlin and New York: nobody is asked in their night.
    await moveTo('2027-04-12T00:30:00Z');
    await privately(people.keiko, 'Was it worth it?', 'Partly');
    await moveTo('2027-04-12T12:00:00Z');
    for (const [who, answer] of [
      [people.tomas, 'Yes'],
      [people.dana, 'Yes'],
    ] as const)
      await privately(who, 'Was it worth it?', answer);
    await idle();
    await moveTo('2027-04-19T15:00:00Z');
    expect((await sees(inChannel, 'Was it worth it? Yes: 2')).id).toBe(closed.id);
  });
});

describe('what somebody keeps, and what is kept of them', () => {
  it('is a promise that its author alone sees, until they let the others know', async () => {
    thread = await teams.do.say(people.dana, channel, 'We need a pricing training for our 40 new hires by May');
    await sees(inThread, '“pricing”');
    await teams.do.reply(people.dana, thread, "I'll send the list of open quotes by Friday");
    await privately(people.dana, 'Shall I remember this for you?', 'Yes, remind me');
    await sees(inChat(people.dana), 'Noted for Fri 23 Apr 2027');
    await idle();
    await moveTo('2027-04-26T15:00:00Z');
    await privately(people.dana, 'Did it work out?', 'Done');
    expect(inThread().some(({ fromApp, shown }) => fromApp && shown.includes('open quotes by Friday'))).toBe(false);
    await privately(people.dana, "I'll send the list of open quotes by Friday", 'Tell the thread');
    await sees(inThread, /Dana Whitfield[\s\S]*I'll send the list of open quotes by Friday/);
  });

  it('is shown to each for themselves, as a file, and erased when they ask for it', async () => {
    await teams.do.sayToBot(people.keiko, 'my data');
    await privately(people.keiko, 'What I keep about you', 'As a text file');
    const offer = await teams.until(() => inChat(people.keiko)().findLast(({ fileOffered }) => fileOffered?.includes('my-data')), 20_000);
    const key = await teams.act.answerFile(people.keiko, offer, 'accept');
    const file = (await teams.until(() => teams.state.uploads.get(key)?.content, 20_000)).toString('utf8');
    expect(file).toContain('Half the team is at the trade fair');
    expect(file).toMatch(/who takes part \(1\)[\s\S]*2027-W14: on track/);
    expect(file).not.toMatch(/St\. Anne|hold the price|open quotes/);
    await privately(people.keiko, 'What I keep about you', 'Forget me');
    await teams.act.submitForm(people.keiko);
    await sees(inChannel, /Alignment brief: negotiation[\s\S]*a former participant/);
    const naming = (who: string) => {
      const posts = teams.visibleTo(who).places.flatMap(({ messages }) => messages.flatMap((one) => [one, ...one.replies]));
      const gone = who === people.keiko ? /trade fair|five offers/ : /trade fair|five offers|Keiko/;
      return posts
        .filter(({ fromApp }) => fromApp)
        .map(({ shown }) => shown)
        .filter((shown) => gone.test(shown));
    };
    const left = () => [people.dana, people.priya, people.tomas, people.keiko, people.ravi].flatMap(naming);
    // Teams takes a few changes a second in one thread.
    await teams.until(() => left().length === 0, 30_000).catch(() => expect(left()).toEqual([]));
    const [first] = teams.thread(people.dana, negotiation).filter(({ shown }) => shown.includes('Before the call'));
    expect(first?.shown).toMatch(/Lena Berg\S*: has not answered/);
  });

  it('keeps out of the logs what anybody said, and nothing is sent that Teams refuses', () => {
    expect(plumb.logger.lines.join('\n')).not.toMatch(/margin|trade fair|St\. Anne|Whitfield|open quotes/);
    expect(teams.state.complaints).toEqual([]);
    const refused = teams.calls.filter(({ status, operation }) => status >= 400 && ['createConversation', 'post', 'reply'].includes(operation));
    expect(refused.map(({ operation, reason }) => `${operation}: ${reason}`)).toEqual([]);
  });
});

describe('a manager who has no chat with Plumb', () => {
  it('is told of in the conversation once, and hears what waits once they add it', async () => {
    const chat = teams.chat('Negotiation');
    const nils = teams.do.newPerson(teams.tenant(), 'nils', 'Nils Falk');
    await teams.do.join(nils, chat, people.dana);
    thread = await teams.do.say(people.dana, chat, request);
    await sees(inThread, '“negotiation”');
    await presses(people.dana, inThread, '', 'Answer in a form');
    const form = {
      driver: 'margin fell from 31 to 27 percent',
      owner: 'Tomas Vidal owns it',
      'manager-role': 'Nils Falk reviews two deals a week with each of them',
    };
    await teams.act.submitForm(people.dana, { ...said, ...form, 'weekly-call': 'Tuesdays 10:00 Berlin time' });
    await sees(inThread, /Noted from .*, weekly call/);
    await teams.do.say(people.dana, chat, 'write the brief');
    await presses(people.dana, inThread, 'Draft brief: negotiation', 'Looks right');
    const told = await sees(inThread, 'Nils Falk has no chat with me yet');
    expect(told.shown).not.toContain('reviews two deals');
    expect(teams.chatWithBot(nils)).toEqual([]);
    await teams.do.addApp(nils);
    await privately(nils, 'named you as a manager', "Yes, I'm in");
    await teams.until(() => !inThread().some(({ shown }) => shown.includes('Nils Falk has no chat')), 20_000);
    await idle();
  });
});
