import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { Said } from './fake-teams/people.ts';
import type { SeenMessage } from './fake-teams/seen.ts';
import { type OpenIdServer, openOpenIdServer } from './open-id-server.ts';
import { type OpenPlumb, openPlumb } from './open-plumb.ts';

// A busy machine may be slow at reading messages.
jest.setTimeout(60_000);

const hour = 3_600_000;
const request = 'my 60 account managers keep giving away margin, can we get a two-day negotiation course before the end of march?';
/** A Monday at 15:00 UTC: office hours in New York, Berlin and Madrid. */
const monday = Date.UTC(2027, 0, 11, 15);

let teams: FakeTeams;
let openId: OpenIdServer;
let plumb: OpenPlumb;
let offset = monday - Date.now();
const clock = { now: () => Date.now() + offset };
let people: Record<'dana' | 'priya' | 'tomas' | 'keiko' | 'sam', string>;
let channel: string;

beforeAll(async () => {
  openId = await openOpenIdServer();
  teams = await openFakeTeams({
    app: { id: openId.appId },
    messagesUrl: () => plumb?.messagesUrl,
    authorize: openId.authorize,
    authorized: openId.accepts,
    now: clock.now,
    rates: true,
  });
  const [dana = '', priya = '', tomas = '', keiko = '', sam = ''] = teams.people('dana', 'priya', 'tomas', 'keiko', 'sam');
  people = { dana, priya, tomas, keiko, sam };
  channel = teams.channel('sales-leaders');
  plumb = await openPlumb({ clock, openId, allowedTenants: [teams.tenant()], admins: [priya] });
});

afterAll(async () => {
  await plumb?.close();
  await teams?.close();
  await openId?.close();
});

/** Waits for the newest message that shows this and has such a button, where one is asked for. */
function sees(who: string, where: () => SeenMessage[], shown: RegExp | string, button?: string): Promise<SeenMessage> {
  const shows = (one: SeenMessage) => (typeof shown === 'string' ? one.shown.includes(shown) : shown.test(one.shown));
  return teams
    .until(() => where().findLast((one) => one.fromApp && shows(one) && (button === undefined || one.buttons.some(({ title }) => title === button))), 20_000)
    .catch((error: unknown) => {
      const all = where().map((one) => `${one.from}: ${one.shown}`);
      throw new Error(`${teams.person(who).name} does not see ${shown}:\n${all.join('\n---\n')}\n${plumb.logger.lines.slice(-10).join('\n')}`, {
        cause: error,
      });
    });
}
const inThread = (who: string, said: Said) => () => teams.thread(who, said);
const inChat = (who: string) => () => teams.chatWithBot(who);
const inChannel = (who: string) => () => teams.visibleTo(who).places.find(({ id }) => id === channel)?.messages ?? [];

describe('a request in a channel of Teams', () => {
  let said: Said;
  const seesInThread = (who: string, shown: RegExp | string, button?: string) => sees(who, inThread(who, said), shown, button);
  const briefs = () => inChannel(people.tomas)().filter((one) => one.fromApp && one.shown.includes('Alignment brief'));

  it('finds its L&D partner where an admin lists her', async () => {
    await teams.do.sayToBot(people.priya, 'settings');
    await teams.act.press(people.priya, await sees(people.priya, inChat(people.priya), 'Nobody is listed', 'Add an L&D partner'), 'Add an L&D partner');
    await teams.act.submitForm(people.priya, { person: people.priya });
    await teams.do.sayToBot(people.priya, 'settings');
    await sees(people.priya, inChat(people.priya), 'covers every channel');
  });

  it('is answered in its thread, ordinary chat is not', async () => {
    const lunch = await teams.do.say(people.tomas, channel, 'Anyone up for lunch at noon?');
    said = await teams.do.say(people.dana, channel, request);
    await seesInThread(people.dana, '“negotiation”');
    await teams.settled();
    expect(teams.thread(people.tomas, lunch)).toEqual([]);
  });

  it('is answered once, however often it is delivered', async () => {
    const [delivery] = teams.sent('message').filter(({ activity }) => activity['id'] === said.id);
    if (delivery) await teams.sendAgain(delivery);
    await teams.do.react(people.tomas, teams.thread(people.dana, said)[0] ?? said);
    expect(delivery?.answer.status).toBe(200);
    expect(teams.thread(people.dana, said).filter(({ fromApp }) => fromApp)).toHaveLength(1);
  });

  it('is told to the L&D partner alone, who takes it on', async () => {
    const told = await sees(people.priya, inChat(people.priya), 'A training request came up', 'I take this');
    await teams.act.press(people.priya, told, 'I take this');
    await sees(people.priya, inChat(people.priya), /You have taken this on/);
    await seesInThread(people.dana, /from L&D takes this on with you/);
    for (const who of [people.dana, people.tomas, people.sam]) expect(JSON.stringify(teams.visibleTo(who))).not.toContain('A training request came up');
  });

  it('takes several answers from one message, and says why it asks', async () => {
    await teams.do.reply(people.dana, said, 'margin fell from 31 to 27 percent since june and the board wants 30 by september. the owner is Tomas Vidal');
    await seesInThread(people.dana, /Noted from .*, business driver/);
    await seesInThread(people.dana, /Noted from .*, owner in the business/);
    await teams.do.reply(people.dana, said, 'why do you ask?');
    await seesInThread(people.dana, /^Why I ask/m);
  });

  it('follows when an answer is edited', async () => {
    const answer = await teams.do.reply(people.dana, said, 'we sell to hospital buyers who compare three offers');
    await seesInThread(people.dana, /what is unique.*three offers/i);
    await teams.do.edit(answer, 'we sell to hospital buyers who compare five offers');
    await seesInThread(people.dana, /five offers/);
  });

  it('takes the rest from a dialog', async () => {
    await teams.act.press(people.dana, await seesInThread(people.dana, '', 'Answer in a form'), 'Answer in a form');
    expect(teams.visibleTo(people.dana).dialog?.shown).toContain('margin fell from 31 to 27 percent');
    await teams.act.submitForm(people.dana, {
      'leading-kpis': 'discounted deals per month, from 45 to 20',
      sufficiency: 'partly, the price list must be simpler as well',
      'manager-role': 'Keiko Tanaka reviews two discounted deals with each account manager every week',
      'data-source': 'Salesforce, our analyst pulls them every Friday',
      'weekly-call': 'Tuesdays 10:00 Berlin time, Dana and Keiko',
    });
    expect(teams.visibleTo(people.dana).dialog).toBeUndefined();
    await seesInThread(people.dana, /Noted from .*, weekly call/);
    await teams.do.reply(people.dana, said, 'write the brief');
    await seesInThread(people.dana, 'Draft brief: negotiation', 'Looks right');
  });

  it('becomes one brief in the channel when both have signed, and a later change edits that post', async () => {
    await teams.act.press(people.dana, await seesInThread(people.dana, 'Draft brief', 'Looks right'), 'Looks right');
    await seesInThread(people.dana, /says it looks right/);
    expect(briefs()).toEqual([]);
    await teams.act.press(people.priya, await seesInThread(people.priya, 'Draft brief', 'Looks right'), 'Looks right');
    await sees(people.dana, inChannel(people.dana), 'Alignment brief: negotiation');
    await teams.do.reply(people.dana, said, 'actually the deadline moved, the board wants 30 percent by december');
    await seesInThread(people.dana, 'New version 2 of the brief: negotiation', 'Looks right');
    await teams.act.press(people.dana, await seesInThread(people.dana, 'version 2', 'Looks right'), 'Looks right');
    await teams.act.press(people.priya, await seesInThread(people.priya, 'version 2', 'Looks right'), 'Looks right');
    await sees(people.dana, inChannel(people.dana), 'Version 2');
    expect(briefs()).toHaveLength(1);
  });

  it('gives the brief as a file to whoever looks on and asks, and to nobody else', async () => {
    await teams.act.press(people.tomas, await seesInThread(people.tomas, 'Alignment brief', 'Export as Markdown'), 'Export as Markdown');
    const offer = await teams.until(() => teams.chatWithBot(people.tomas).findLast(({ fileOffered }) => fileOffered !== undefined));
    const key = await teams.act.answerFile(people.tomas, offer, 'accept');
    await teams.until(() => teams.state.uploads.get(key)?.content);
    expect(teams.state.uploads.get(key)?.content?.toString('utf8')).toContain('hospital buyers who compare five offers');
    expect(teams.chatWithBot(people.dana).some(({ fileOffered }) => fileOffered !== undefined)).toBe(false);
  });

  it('asks whoever it names first, and then once a week with three taps', async () => {
    const named = await sees(people.keiko, inChat(people.keiko), 'named you as a manager', "Yes, I'm in");
    await teams.act.press(people.keiko, named, "Yes, I'm in");
    await sees(people.keiko, inChat(people.keiko), /You hear from me only for this/);
    // The next Monday at 08:30 UTC: a working day before the call, in office hours of her time zone.
    offset += 7 * 24 * hour - 6.5 * hour;
    plumb.poke();
    const nudge = await sees(people.keiko, inChat(people.keiko), 'How is it going?', 'On track');
    await teams.act.press(people.keiko, nudge, 'On track');
    await sees(people.keiko, inChat(people.keiko), /Noted for this week: on track/);
  });

  it('never sent what Teams refuses, and logged nothing that anybody said', () => {
    expect(teams.calls.filter(({ status }) => status >= 400).map(({ operation, reason }) => `${operation}: ${reason}`)).toEqual([]);
    expect(teams.state.complaints).toEqual([]);
    expect(plumb.logger.lines.join('\n')).not.toMatch(/margin|hospital|Whitfield/);
  });
});
