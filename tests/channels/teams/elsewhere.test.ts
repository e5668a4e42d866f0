import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import { secondTenant, usualTenant } from './fake-teams/seed.ts';
import type { SeenMessage } from './fake-teams/seen.ts';
import { type OpenPlumb, openPlumb } from './open-plumb.ts';

// A busy machine may be slow at reading messages.
jest.setTimeout(60_000);

const request = 'my 60 account managers keep giving away margin, can we get a two-day negotiation course before the end of march?';
/** A Monday at 15:00 UTC: office hours in New York, Berlin and Lagos. */
let offset = Date.UTC(2027, 0, 11, 15) - Date.now();
const clock = { now: () => Date.now() + offset };
const minute = 60_000;

let teams: FakeTeams;
let plumb: OpenPlumb;
let [dana, priya, tomas, sam, olga] = ['', '', '', '', ''];

beforeEach(async () => {
  // Sam is in no team; a group chat of his has the app all the same.
  const chats = [...(usualTenant.chats ?? []), { id: '19:0dd0000000004000800000000000cafe@thread.v2', name: 'Odd ones', members: ['dana', 'sam'], app: true }];
  teams = await openFakeTeams({
    messagesUrl: () => plumb?.messagesUrl,
    now: clock.now,
    tenants: [{ ...usualTenant, chats, added: ['priya'] }, secondTenant],
  });
  [dana = '', priya = '', tomas = '', sam = '', olga = ''] = teams.people('dana', 'priya', 'tomas', 'sam', 'olga');
  plumb = await openPlumb({ clock, openId: undefined, allowedTenants: [teams.tenant('Northwind'), teams.tenant('Southwind')], admins: [priya] });
});

afterEach(async () => {
  await plumb.close();
  await teams.close();
  expect(teams.state.complaints).toEqual([]);
});

/** Waits for the newest message that shows this and has such a button, where one is asked for. */
function sees(where: () => SeenMessage[], shown: RegExp | string, button?: string): Promise<SeenMessage> {
  const shows = (one: SeenMessage) => (typeof shown === 'string' ? one.shown.includes(shown) : shown.test(one.shown));
  return teams
    .until(() => where().findLast((one) => one.fromApp && shows(one) && (button === undefined || one.buttons.some(({ title }) => title === button))), 10_000)
    .catch((error: unknown) => {
      const all = where().map((one) => `${one.from}: ${one.shown}`);
      throw new Error(`Nobody sees ${shown}:\n${all.join('\n---\n')}\n${plumb.logger.lines.slice(-10).join('\n')}`, { cause: error });
    });
}
const inChat = (who: string) => () => teams.chatWithBot(who);
const inPlace = (who: string, place: string) => () =>
  teams
    .visibleTo(who)
    .places.find(({ id }) => id === place)
    ?.messages.flatMap((one) => [one, ...one.replies]) ?? [];

describe('in a group chat of Teams', () => {
  it('answers there, without threads, and takes what follows as its answer', async () => {
    const chat = teams.chat('Negotiation');
    await teams.do.say(dana, chat, request);
    await sees(inPlace(tomas, chat), '“negotiation”', 'Answer in a form');
    await teams.do.say(dana, chat, 'margin fell from 31 to 27 percent since june and the board wants 30 by september');
    await sees(inPlace(tomas, chat), /Noted from .*, business driver/);
    expect(teams.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });
});

describe('a chat in which a request is under way', () => {
  it('says what to do with another one, and what it can do when only called', async () => {
    const chat = teams.chat('Negotiation');
    await teams.do.say(dana, chat, request);
    await sees(inPlace(dana, chat), '“negotiation”', 'Later');
    await teams.do.say(tomas, chat, '@Plumb we need a workshop on discovery calls for the SDR team by May');
    await sees(inPlace(dana, chat), /sounds like another request.*privately/);
    await teams.do.say(dana, chat, '@Plumb');
    await sees(inPlace(dana, chat), 'How I can help', 'Write the brief now');
  });
});

describe('a private conversation that began in a group chat', () => {
  it('speaks of the chat, not of a thread, and ends for everybody to see', async () => {
    const chat = teams.chat('Negotiation');
    await teams.do.say(dana, chat, request);
    await teams.act.press(dana, await sees(inPlace(dana, chat), '“negotiation”', 'Continue privately'), 'Continue privately');
    await sees(inPlace(tomas, chat), 'carries on privately', 'Continue in the group chat');
    expect((await sees(inChat(dana), "Let's carry on here")).shown).not.toContain('thread');
    await teams.do.sayToBot(dana, 'stop');
    const over = await sees(inPlace(tomas, chat), 'carried on privately');
    expect(over.shown).toContain('withdrawn');
    expect(over.buttons).toEqual([]);
  });
});

describe('listening', () => {
  it('in a group chat is switched by anybody in it', async () => {
    const chat = teams.chat('Negotiation');
    await teams.do.say(tomas, chat, '@Plumb listen off');
    await sees(inPlace(tomas, chat), 'I no longer listen here');
  });

  it('in a channel is switched by its admins, who are named to everybody else before they have said a word', async () => {
    const said = await teams.do.say(tomas, teams.channel('sales-leaders'), '@Plumb listen off');
    await sees(() => teams.thread(tomas, said), /That one is for Priya Raman/);
  });
});

describe('an admin who has not been heard yet', () => {
  it('is told of what Teams refuses', async () => {
    const channel = teams.channel('sales-leaders');
    const asked = await teams.do.say(tomas, channel, '@Plumb help');
    await sees(() => teams.thread(tomas, asked), 'How I can help');
    teams.fault('post', { kind: 'documented', error: 'BotNotInConversationRoster' }, { conversation: channel, times: 3 });
    await teams.do.say(dana, channel, request);
    await sees(inChat(priya), 'A message did not get through');
  });
});

describe('a request that was written to Plumb alone', () => {
  it('is told to L&D without a place', async () => {
    await plumb.store.settings.change(teams.tenant('Northwind'), (settings) => ({ ...settings, partners: [{ personId: priya }] }));
    await teams.do.sayToBot(dana, request);
    expect((await sees(inChat(priya), 'A training request came up', 'I take this')).shown).toMatch(
      /From Dana Whitfield.*: negotiation\. They wrote it to me privately/,
    );
  });
});

describe('who sees the brief', () => {
  it('may be left as it is', async () => {
    const said = await teams.do.say(dana, teams.channel('sales-leaders'), request);
    await sees(() => teams.thread(dana, said), '“negotiation”');
    await teams.do.reply(dana, said, 'write the brief');
    await teams.act.press(dana, await sees(() => teams.thread(dana, said), 'Draft brief', 'Choose who sees it'), 'Choose who sees it');
    await teams.act.submitForm(dana);
    expect(teams.visibleTo(dana)).toMatchObject({ dialog: undefined, flashes: [] });
  });
});

describe('where Plumb is given only what mentions it', () => {
  const hint = /only see messages that mention me/;

  it('says so beside each question, until it hears more', async () => {
    const team = teams.state.teams.get(teams.team('Sales Leaders'));
    Object.assign(team ?? {}, { hears: false });
    const said = await teams.do.say(dana, teams.channel('sales-leaders'), `@Plumb ${request}`);
    await sees(() => teams.thread(dana, said), hint, 'Not a request');
    await teams.do.reply(dana, said, 'margin fell from 31 to 27 percent since june and the board wants 30 by september');
    expect(teams.sent('message')).toHaveLength(1);
    await teams.do.reply(dana, said, '@Plumb margin fell from 31 to 27 percent since june and the board wants 30 by september');
    await sees(() => teams.thread(dana, said), /Noted from .*, business driver/, 'Skip');
    expect(teams.thread(dana, said).at(-1)?.shown).toMatch(hint);
    await teams.act.press(dana, await sees(() => teams.thread(dana, said), '“negotiation”', 'Continue privately'), 'Continue privately');
    expect((await sees(inChat(dana), "Let's carry on here", 'Skip')).shown).not.toMatch(hint);
    Object.assign(team ?? {}, { hears: true });
    const other = await teams.do.say(tomas, teams.channel('sales-leaders'), 'we need a training on cold calling for our 20 new sellers before june');
    expect((await sees(() => teams.thread(tomas, other), 'cold calling')).shown).not.toMatch(hint);
  });
});

describe('in a 1:1 chat with Plumb', () => {
  it('answers a greeting, in the middle of a conversation too', async () => {
    await teams.do.sayToBot(priya, 'Hello');
    await sees(inChat(priya), 'How I can help');
    await teams.do.sayToBot(priya, request);
    await sees(inChat(priya), '“negotiation”');
    await teams.do.sayToBot(priya, 'hi');
    await teams.until(() => teams.chatWithBot(priya).filter(({ shown }) => shown.includes('How I can help')).length === 2, 10_000);
  });

  it('welcomes whoever adds it, once', async () => {
    await teams.do.addApp(tomas);
    await teams.until(() => teams.chatWithBot(tomas).some(({ fromApp }) => fromApp), 10_000);
    await teams.do.removeApp(tomas);
    await teams.do.addApp(tomas);
    await teams.do.sayToBot(tomas, 'help');
    await sees(inChat(tomas), 'How I can help');
    expect(teams.chatWithBot(tomas).map(({ shown }) => shown.split('\n')[0])).toHaveLength(3);
  });
});

describe('in a team that Plumb is added to', () => {
  it('says so in the channel that was chosen, once, and in no other', async () => {
    const [team, chosen] = [teams.team('Sales Leaders'), teams.channel('sales-leaders')];
    await teams.do.removeAppFromTeam(dana, team);
    await teams.do.addAppToTeam(dana, team, chosen);
    await sees(inPlace(tomas, chosen), /./);
    await teams.settled();
    expect(inPlace(tomas, chosen)().filter(({ fromApp }) => fromApp)).toHaveLength(1);
    expect(inPlace(tomas, team)().filter(({ fromApp }) => fromApp)).toEqual([]);
    expect(plumb.logger.lines.join('\n')).not.toContain('not-in-channel');
  });
});

describe('Home', () => {
  it('shows what a dialog changed on it, without another dialog that says so', async () => {
    await teams.do.sayToBot(priya, 'settings');
    await teams.act.press(priya, await sees(inChat(priya), 'Nobody is listed', 'Add an L&D partner'), 'Add an L&D partner');
    await teams.act.submitForm(priya, { person: priya });
    await sees(inChat(priya), 'covers every channel');
    expect(teams.chatWithBot(priya).filter(({ fromApp }) => fromApp)).toHaveLength(1);
    expect(teams.visibleTo(priya)).toMatchObject({ dialog: undefined, flashes: [] });
  });

  it('changes for good with a press, not only in its answer', async () => {
    await teams.do.addAppToTeam(dana, teams.team('Sales Leaders'));
    await teams.do.sayToBot(priya, 'settings');
    const home = await sees(inChat(priya), 'I listen here', 'Stop listening in Sales Leaders');
    await teams.act.press(priya, home, 'Stop listening in Sales Leaders');
    await teams.until(() =>
      teams.callsTo('update').some(({ activityId, body }) => activityId === home.id && JSON.stringify(body).includes('Listen in Sales Leaders')),
    );
  });
});

describe('the message action', () => {
  it('is the first that Plumb hears of', async () => {
    const said = await teams.do.say(dana, teams.channel('sales-leaders'), 'We should do something about how we negotiate with hospitals');
    await teams.act.messageAction(priya, said, 'start_alignment');
    await teams.act.submitForm(priya);
    await sees(() => teams.thread(dana, said), /Priya Raman asked me to look at this with you, Dana Whitfield/);
  });

  it('starts on a message that somebody else wrote, in its thread', async () => {
    Object.assign(teams.state.teams.get(teams.team('Sales Leaders')) ?? {}, { hears: false });
    await teams.do.say(tomas, teams.channel('sales-leaders'), '@Plumb help');
    const said = await teams.do.say(dana, teams.channel('sales-leaders'), 'We should do something about how we negotiate with hospitals');
    expect(teams.sent('message')).toHaveLength(1);
    await teams.act.messageAction(priya, said, 'start_alignment');
    expect(teams.visibleTo(priya).dialog?.shown).toContain('negotiate with hospitals');
    await teams.act.submitForm(priya);
    await sees(() => teams.thread(dana, said), /Priya Raman asked me to look at this with you, Dana Whitfield/);
  });

  it('offers to add Plumb where it is not, and goes on once it is', async () => {
    await teams.do.removeAppFromChat(dana, teams.chat('Negotiation'));
    const said = await teams.do.say(dana, teams.chat('Negotiation'), request);
    await teams.act.messageAction(priya, said, 'start_alignment');
    expect(teams.visibleTo(priya).dialog?.shown).toMatch(/I am not in this conversation yet/);
    expect(JSON.stringify(teams.visibleTo(priya).dialog?.card)).toContain('justInTimeInstall');
    expect(inPlace(dana, teams.chat('Negotiation'))().some(({ fromApp }) => fromApp)).toBe(false);
    offset += minute;
    await teams.do.addAppToChat(priya, teams.chat('Negotiation'));
    // What Teams sends once the app is there: the button of the offer.
    await teams.act.submitForm(priya);
    expect(teams.visibleTo(priya).dialog?.shown).toContain('keep giving away margin');
    await teams.act.submitForm(priya);
    await sees(inPlace(dana, teams.chat('Negotiation')), '“negotiation”');
  });
});

describe('somebody without a chat with Plumb', () => {
  it('is told of once, in the conversation, and gets what waited after adding Plumb', async () => {
    const chat = teams.chat('Odd ones');
    await teams.do.addApp(sam);
    await teams.do.sayToBot(priya, 'settings');
    await teams.act.press(priya, await sees(inChat(priya), 'Nobody is listed', 'Add an L&D partner'), 'Add an L&D partner');
    await teams.act.submitForm(priya, { person: sam });
    await teams.do.removeApp(sam);
    const noted = () => inPlace(dana, chat)().filter(({ fromApp, shown }) => fromApp && /Sam Adeyemi/.test(shown));
    await teams.do.say(dana, chat, request);
    await teams.until(() => noted().length > 0, 10_000);
    expect(noted()).toHaveLength(1);
    expect(noted()[0]?.shown).not.toMatch(/negotiation/);
    await teams.do.addApp(sam);
    await sees(inChat(sam), 'A training request came up', 'I take this');
    await teams.until(() => noted().length === 0, 10_000);
  });
});

describe('two tenants', () => {
  it('see nothing of each other, whatever a card is made to say', async () => {
    const said = await teams.do.say(dana, teams.channel('sales-leaders'), request);
    const mine = await sees(() => teams.thread(dana, said), '“negotiation”', 'Later');
    const theirs = await teams.do.say(olga, teams.channel('deals'), 'we need a training on cold calling for our 20 new sellers before june');
    const card = await sees(() => teams.thread(olga, theirs), 'cold calling', 'Later');
    const forged = mine.buttons.find(({ title }) => title === 'Later')?.action['data'];
    const before = teams.calls.length;
    await teams.act.press(olga, card, 'Later', {}, { data: { ...(typeof forged === 'object' && forged !== null && forged) } });
    await teams.settled();
    await teams.do.sayToBot(dana, 'list');
    await sees(inChat(dana), /negotiation/);
    expect(
      teams.calls
        .slice(before)
        .filter(
          ({ tenant, conversation }) =>
            tenant === teams.tenant('Northwind') && conversation.includes(teams.channel('sales-leaders')) && conversation.includes(said.id),
        ),
    ).toEqual([]);
    for (const { shown } of inPlace(olga, teams.channel('deals'))()) expect(shown).not.toMatch(/negotiation|Dana/);
    for (const { shown } of inPlace(dana, teams.channel('sales-leaders'))()) expect(shown).not.toMatch(/cold calling|Olga/);
  });
});

describe('a team that takes Plumb away', () => {
  it('hears no more of it, and gets it back with what was going on', async () => {
    const channel = teams.channel('sales-leaders');
    const said = await teams.do.say(dana, channel, request);
    await sees(() => teams.thread(dana, said), '“negotiation”');
    await teams.do.removeAppFromTeam(dana, teams.team('Sales Leaders'));
    await teams.settled();
    const before = teams.calls.length;
    await teams.do.say(dana, channel, '@Plumb are you there?');
    expect(teams.calls).toHaveLength(before);
    await teams.do.addAppToTeam(dana, teams.team('Sales Leaders'));
    await teams.do.reply(dana, said, 'margin fell from 31 to 27 percent since june and the board wants 30 by september');
    await sees(() => teams.thread(dana, said), /Noted from .*, business driver/);
  });
});

describe('when the connector is in trouble', () => {
  it('says everything once it is well again, and nothing twice', async () => {
    const channel = teams.channel('sales-leaders');
    teams.fault('post', { kind: 'documented', error: 'Throttled', retryAfterSeconds: 1 });
    teams.fault('post', { kind: 'documented', error: 'PreconditionFailed' });
    // Time passes quickly, so that waiting is short.
    const passing = setInterval(() => {
      offset += 5_000;
      plumb.poke();
    }, 50);
    const said = await teams.do.say(dana, channel, request);
    await sees(() => teams.thread(dana, said), '“negotiation”').finally(() => clearInterval(passing));
    expect(teams.callsTo('post').map(({ status }) => status)).toEqual([429, 412, 201]);
    expect(teams.thread(dana, said).filter(({ fromApp }) => fromApp)).toHaveLength(1);
  });
});
