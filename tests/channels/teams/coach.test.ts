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

const inPriyasChat = (shown: string, button?: string) => sees(people.priya, inChat(people.priya), shown, button);

async function listPriya(): Promise<void> {
  await teams.do.sayToBot(people.priya, 'settings');
  await teams.act.press(people.priya, await inPriyasChat('Nobody is listed', 'Add an L&D partner'), 'Add an L&D partner');
  await teams.act.submitForm(people.priya, { person: people.priya });
}

describe('the coach in a channel, with an L&D partner', () => {
  let said: Said;
  const seesInThread = (shown: string, button?: string) => sees(people.dana, inThread(people.dana, said), shown, button);

  beforeEach(async () => {
    await listPriya();
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

describe('Home of an L&D partner', () => {
  it('keeps 200 objectives that were pasted, and shows itself anew once a request on it was taken', async () => {
    await listPriya();
    await teams.act.press(people.priya, await inPriyasChat('L&D partners', 'Strategy on file'), 'Strategy on file');
    const objectives = Array.from({ length: 200 }, (_, at) => `Win market ${at} by June`).join('\n');
    await teams.act.submitForm(people.priya, { objectives });
    expect(teams.visibleTo(people.priya).dialog?.shown).toContain('I understood 200 objectives');
    await teams.act.submitForm(people.priya);
    await inPriyasChat('Win market 0 by June');
    const said = await teams.do.say(people.dana, teams.channel('sales-leaders'), request);
    await inPriyasChat('A training request came up');
    await teams.do.sayToBot(people.priya, 'list');
    const home = await inPriyasChat('Free to take', 'I take this: negotiation');
    await teams.act.press(people.priya, home, 'I take this: negotiation');
    await sees(people.dana, inThread(people.dana, said), 'Priya Raman from L&D takes this on with you.');
    const again = await inPriyasChat('My requests');
    expect([again.id, again.shown.includes('Free to take'), again.buttons.some(({ title }) => title.startsWith('I take this'))]).toEqual([
      home.id,
      false,
      false,
    ]);
  });
});

describe('the coach in a group chat, with nobody of L&D', () => {
  it.each([
    ['As asked', 'it stays as asked'],
    ['Not sure yet', 'One fact would tell us'],
  ])('takes "%s" for what it is', async (choice, next) => {
    const chat = teams.chat('Negotiation');
    const said = await teams.do.say(people.dana, chat, request);
    const seesHere = (shown: string, button?: string) => sees(people.dana, inThread(people.dana, said), shown, button);
    await seesHere('“negotiation”');
    await teams.do.say(people.dana, chat, goal);
    const challenge = await seesHere('or is it about', choice);
    // Their words stand in the challenge, and not a second time above it.
    expect(challenge.shown.match(/share of wallet/g)).toHaveLength(1);
    await teams.act.press(people.dana, challenge, choice);
    await seesHere(next);
    expect((await seesHere('or is it about')).buttons).toEqual([]);
  });

  it('asks for a first group in one post, and keeps what its form says', async () => {
    const chat = teams.chat('Negotiation');
    const said = await teams.do.say(people.dana, chat, 'We need a cold calling workshop for the whole sales force before March');
    const seesHere = (shown: string, button?: string) => sees(people.dana, inThread(people.dana, said), shown, button);
    await seesHere('“cold calling”');
    await teams.do.say(people.dana, chat, 'we want 20 % more first meetings by June, our outreach is far behind plan. Tomas Vidal owns it');
    await seesHere('numbers should move');
    await teams.do.say(people.dana, chat, 'first meetings per rep per week, from 3 to 5');
    await teams.act.press(people.dana, await seesHere('The next one would be', 'Next question'), 'Next question');
    const proposal = await seesHere('Which group could go first?', 'Start with one group');
    expect(teams.thread(people.dana, said).at(-1)?.id).toBe(proposal.id);
    await teams.act.press(people.dana, proposal, 'Start with one group');
    await teams.act.submitForm(people.dana, { group: 'The north team', outcome: '30 first meetings a week', until: 'end of March' });
    expect((await seesHere('30 first meetings a week')).id).toBe(proposal.id);
    await seesHere('Noted from Dana Whitfield, the first group: “The north team”', 'Skip');
  });

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
    for (const person of [people.dana, people.tomas]) await teams.do.addApp(person);
    const asked = { 'person-1': people.priya, 'person-2': people.tomas, 'person-3': people.dana };
    await teams.act.submitForm(people.dana, { ...asked, days: '3', anonymous: 'true' });
    for (const person of Object.values(asked)) {
      await teams.act.press(person, await sees(person, inChat(person), 'Two minutes of your view', 'Answer'), 'Answer');
      await teams.act.submitForm(person, { systems: '1', strategy: '4', 'note-systems': person === people.tomas ? 'the bonus' : '' });
    }
    await teams.act.press(people.dana, await seesHere('3 of 3 have answered', 'Close it now'), 'Close it now');
    expect((await seesHere('What helps, and what gets in the way')).shown).toMatch(/the bonus(?![\s\S]*Tomas)/);
    await teams.act.press(people.dana, await seesHere('What helps, and what gets in the way', 'Note an action'), 'Note an action');
    await teams.act.submitForm(people.dana, { what: 'Weekly deal review', element: 'systems', impact: '4', cost: '2', phase: 'now' });
    const results = await seesHere('Weekly deal review', 'Note an action');
    const url = /"url":"([^"]+\/pictures\/[^"]+)"/.exec(JSON.stringify(results.card))?.[1] ?? '';
    expect((await fetch(url)).headers.get('content-type')).toBe('image/png');
  });
});
