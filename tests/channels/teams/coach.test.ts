import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { Said } from './fake-teams/people.ts';
import type { SeenMessage } from './fake-teams/seen.ts';
import { type OpenIdServer, openOpenIdServer } from './open-id-server.ts';
import { type OpenPlumb, openPlumb } from './open-plumb.ts';

// A busy machine may be slow at reading messages.
jest.setTimeout(60_000);

const request = 'We need a two-day negotiation course for our 120 sales reps by the end of next quarter, people give away too much margin';
const goal = 'most of our growth this year has to come from existing accounts, share of wallet';
/** A Monday at 15:00 UTC: office hours in New York, Berlin and Madrid. */
const offset = Date.UTC(2027, 0, 11, 15) - Date.now();
const clock = { now: () => Date.now() + offset };

let teams: FakeTeams;
let openId: OpenIdServer;
let plumb: OpenPlumb;
let people: Record<'dana' | 'priya' | 'tomas', string>;

beforeEach(async () => {
  openId = await openOpenIdServer();
  teams = await openFakeTeams({
    app: { id: openId.appId },
    messagesUrl: () => plumb?.messagesUrl,
    authorize: openId.authorize,
    authorized: openId.accepts,
    now: clock.now,
    rates: true,
  });
  const [dana = '', priya = '', tomas = ''] = teams.people('dana', 'priya', 'tomas');
  people = { dana, priya, tomas };
  plumb = await openPlumb({ clock, openId, allowedTenants: [teams.tenant()], admins: [priya] });
});

afterEach(async () => {
  expect(teams.state.complaints).toEqual([]);
  expect(plumb.logger.lines.join('\n')).not.toMatch(/margin|share of wallet|pipeline/);
  await plumb.close();
  await teams.close();
  await openId.close();
});

/** Waits for the newest message that shows this and has such a button, where one is asked for. */
function sees(who: string, where: () => SeenMessage[], shown: string, button?: string): Promise<SeenMessage> {
  const isIt = (one: SeenMessage) => one.fromApp && one.shown.includes(shown) && (button === undefined || one.buttons.some(({ title }) => title === button));
  return teams
    .until(() => where().findLast(isIt), 20_000)
    .catch((error: unknown) => {
      const all = where().map((one) => `${one.from}: ${one.shown}`);
      throw new Error(`${teams.person(who).name} does not see ${shown}:\n${all.join('\n---\n')}`, { cause: error });
    });
}
const inChat = (who: string) => () => teams.chatWithBot(who);
const inThread = (who: string, said: Said) => () => teams.thread(who, said);

describe('the coach in a channel, with an L&D partner', () => {
  let said: Said;
  const inPriyasChat = (shown: string, button?: string) => sees(people.priya, inChat(people.priya), shown, button);
  const seesInThread = (shown: string, button?: string) => sees(people.dana, inThread(people.dana, said), shown, button);

  beforeEach(async () => {
    await teams.do.sayToBot(people.priya, 'settings');
    await teams.act.press(people.priya, await inPriyasChat('Nobody is listed', 'Add an L&D partner'), 'Add an L&D partner');
    await teams.act.submitForm(people.priya, { person: people.priya });
    said = await teams.do.say(people.dana, teams.channel('sales-leaders'), request);
    await teams.act.press(people.priya, await inPriyasChat('A training request came up', 'I take this'), 'I take this');
  });

  it('suggests in the 1:1 chat, explains below the card, takes own words from a dialog, and changes the card that was pressed', async () => {
    const prompt = await inPriyasChat('A question you could ask Dana Whitfield', 'Ask it');
    expect(prompt.buttons.find(({ title }) => title === 'Open the conversation')?.action).toMatchObject({
      url: expect.stringContaining(encodeURIComponent(said.id)),
    });
    await teams.act.press(people.priya, prompt, 'Why?');
    expect(teams.visibleTo(people.priya).flashes.at(-1)?.text).toContain('Source:');
    await teams.act.press(people.priya, prompt, 'Edit');
    await teams.act.submitForm(people.priya, { question: 'Is it negotiation, or finding more in existing accounts?' });
    await seesInThread('Is it negotiation, or finding more in existing accounts?');
    await seesInThread('Priya Raman asks (through Plumb)');
    expect((await inPriyasChat('Asked in the conversation')).id).toBe(prompt.id);
    for (const who of [people.dana, people.tomas]) expect(JSON.stringify(teams.visibleTo(who))).not.toMatch(/A question you could ask|Only you see this/);
  });

  it('says nothing of a suggestion in the thread when the chat is gone', async () => {
    await inPriyasChat('A question you could ask');
    await teams.do.removeApp(people.priya);
    await teams.do.reply(people.dana, said, goal);
    await seesInThread('share of wallet');
    await teams.do.reply(people.dana, said, 'Tomas Vidal is the owner');
    await seesInThread('owner in the business');
    expect(await plumb.store.outbox.kept({ kind: 'person', channel: 'teams', tenant: teams.tenant(), personId: people.priya })).toEqual([]);
    expect(teams.thread(people.dana, said).some(({ shown }) => shown.includes('has no chat with me'))).toBe(false);
  });
});

describe('the coach in a group chat, with nobody of L&D', () => {
  it('reaches the better focus by its own challenge, hears a plain yes, and shows the picture of a check', async () => {
    const chat = teams.chat('Negotiation');
    const said = await teams.do.say(people.dana, chat, request);
    const seesHere = (shown: string, button?: string) => sees(people.dana, inThread(people.dana, said), shown, button);
    await seesHere('“negotiation”');
    await teams.do.say(people.dana, chat, goal);
    const challenge = await seesHere('or is it about', 'The other one');
    await teams.act.press(people.tomas, challenge, 'As asked');
    expect(teams.visibleTo(people.tomas).flashes.at(-1)?.text).toContain('That one is for Dana Whitfield');
    await teams.act.press(people.dana, challenge, 'The other one');
    await seesHere('One fact would tell us', 'Find out first');
    await teams.do.say(people.dana, chat, 'thin, 1.4 times target');
    await seesHere('Shall I write it down like that?', 'Yes, start there');
    await teams.do.say(people.dana, chat, 'yes');
    await seesHere('the focus changes');

    await teams.do.say(people.dana, chat, 'training alone will not do, the pay plan rewards volume');
    await teams.act.press(people.dana, await seesHere('', 'What else is in the way?'), 'What else is in the way?');
    await teams.act.submitForm(people.dana, { 'person-1': people.priya, days: '3' });
    await teams.act.press(people.priya, await sees(people.priya, inChat(people.priya), 'Two minutes of your view', 'Answer'), 'Answer');
    await teams.act.submitForm(people.priya, { systems: '1', strategy: '4' });
    await teams.act.press(people.dana, await seesHere('1 of 1 have answered', 'Close it now'), 'Close it now');
    await teams.act.press(people.dana, await seesHere('What helps, and what gets in the way', 'Note an action'), 'Note an action');
    await teams.act.submitForm(people.dana, { what: 'Weekly deal review', element: 'systems', impact: '4', cost: '2', phase: 'now' });
    const results = await seesHere('Weekly deal review', 'Note an action');
    const url = /"url":"([^"]+\/pictures\/[^"]+)"/.exec(JSON.stringify(results.card))?.[1] ?? '';
    expect((await fetch(url)).headers.get('content-type')).toBe('image/png');
  });
});
