import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { questionIds } from '../../../src/domain/questions.ts';
import { isObject } from './fake-teams/model.ts';
import { type FakeTeams, openFakeTeams } from './fake-teams/open-fake-teams.ts';
import type { Said } from './fake-teams/people.ts';
import { usualTenant } from './fake-teams/seed.ts';
import type { SeenMessage } from './fake-teams/seen.ts';
import { type OpenPlumb, openPlumb } from './open-plumb.ts';

jest.setTimeout(120_000);

/** What somebody might type to have it taken for the language of Teams and of its cards, with a word by which it is found again. */
const hostile = [
  'Zebra <at>Sam Adeyemi</at> <at id="0">everyone</at> </at> &lt;at&gt;Sam Adeyemi&lt;/at&gt; <script>alert(1)</script> <img src=x onerror=alert(1)> <a href="javascript:alert(1)">x</a>',
  '[our bank](https://evil.example) ![x](https://evil.example/x.png) [x](javascript:alert(1)) <https://evil.example> https://evil.example mailto:a@evil.example',
  '{{DATE(2020-01-01T00:00:00Z,SHORT)}} {{TIME(2020-01-01T00:00:00Z)}} \x24{x} {x} **b** __b__ _i_ ~~s~~ `c` ``` # h > q - l 1. n \\* \\[x](https://evil.example) @everyone @channel',
].join(' ');
const name = (first: string) =>
  `${first} <at>Sam Adeyemi</at> </at> *Zebra* [x](https://evil.example) {{DATE(2020-01-01T00:00:00Z)}} \u202e \n\n # Plumb: signed`;
const clock = { now: () => Date.UTC(2027, 0, 11, 15) + performance.now() };

let teams: FakeTeams;
let plumb: OpenPlumb;
let [dana, priya, sam] = ['', '', ''];
beforeAll(async () => {
  const people = usualTenant.people.map((one) =>
    one.handle === 'dana' || one.handle === 'priya' || one.handle === 'tomas' ? { ...one, name: name(one.handle) } : one,
  );
  const all = (usualTenant.teams ?? []).map((team) => ({
    ...team,
    name: name('Team'),
    channels: team.channels?.map((one) => ({ ...one, name: name('channel') })) ?? [],
  }));
  teams = await openFakeTeams({
    messagesUrl: () => plumb?.messagesUrl,
    now: clock.now,
    tenants: [{ ...usualTenant, people, teams: all, added: ['priya', 'sam', 'dana'] }],
  });
  [dana = '', priya = '', sam = ''] = teams.people('dana', 'priya', 'sam');
  plumb = await openPlumb({ clock, openId: undefined, allowedTenants: [teams.tenant()], admins: [priya] });
});
afterAll(async () => {
  await plumb?.close();
  await teams?.close();
});

it('whatever people write comes back as words, everywhere that it is shown', async () => {
  const channel = teams.channel(name('channel'));
  const said = await teams.do.say(dana, channel, `@Plumb We need a negotiation training on ${hostile} for our managers before March`);
  const inThread = (button: string) => teams.thread(dana, said).findLast((one) => one.fromApp && one.buttons.some(({ title }) => title === button));
  const thread = (button: string): Promise<SeenMessage> => teams.until(() => inThread(button), 20_000);
  await teams.act.press(dana, await thread('Answer in a form'), 'Answer in a form');
  await teams.act.submitForm(dana, Object.fromEntries(questionIds.map((id) => [id, `${id} is ${hostile}`.slice(0, 1_500)])));
  // What is still unclear is asked once more each.
  for (let asked = ''; !inThread('Looks right'); ) {
    const next = await teams.until(() => inThread('Looks right') ?? (inThread('Skip')?.id === asked ? undefined : inThread('Skip')), 20_000);
    asked = next.id;
    if (!inThread('Looks right')) await teams.act.press(dana, next, 'Skip');
  }
  for (const label of ['Who said this?', 'Change something', 'Choose who sees it', 'Export as Markdown'])
    await teams.act.press(dana, await thread('Looks right'), label);
  const offer = await teams.until(() => teams.chatWithBot(dana).findLast(({ fileOffered }) => fileOffered !== undefined));
  await teams.act.answerFile(dana, offer, 'accept');
  await teams.act.press(dana, await thread('Looks right'), 'Looks right');
  for (const words of ['list', 'settings', 'status', 'home', hostile, `start an alignment on ${hostile}`])
    for (const who of [dana, priya]) await teams.do.sayToBot(who, words);
  const other = await teams.do.say(priya, channel, `We need a presentation skills workshop on ${hostile} for ten people`);
  await teams.act.messageAction(dana, other, 'start_alignment');
  await teams.act.submitForm(dana);
  await teams.until(() => teams.thread(dana, other as Said).some(({ fromApp }) => fromApp), 20_000);
  await teams.settled();

  const shown = [...teams.calls.map(({ body }) => body), ...teams.deliveries.map(({ answer }) => answer.body)];
  const texts = shown.flatMap(markdownIn);
  expect(texts.filter((text) => text.includes('Zebra')).length).toBeGreaterThan(20);
  expect([...new Set(texts.flatMap(special))]).toEqual([]);
  const mentioned = shown.flatMap(mentionsIn);
  expect(mentioned).not.toContain(sam);
  expect(mentioned).not.toContain(teams.person(sam).accountId);
  expect(JSON.stringify(shown)).not.toMatch(/"url":"(?!https:\/\/teams\.microsoft\.com\/)/);
  expect(teams.state.complaints).toEqual([]);
  expect(teams.calls.filter(({ status }) => status >= 400).map(({ operation, reason }) => `${operation}: ${reason}`)).toEqual([]);
  expect(plumb.logger.lines.join('\n')).not.toMatch(/Zebra|evil/);
});

/** What Teams would not show as the words that somebody wrote. */
function special(text: string): string[] {
  const own = text
    .replaceAll(/\[(?:\\.|[^\]\\])*\]\(https:\/\/teams\.microsoft\.com\/[^()\s]*\)/g, '')
    .replaceAll(/\{\{(?:DATE|TIME)\(2027-[\dT:Z-]+(?:,SHORT)?\)\}\}/g, '')
    .replaceAll(/<at>[^<>*[{]+<\/at>/g, '');
  return (
    own.match(
      /<[a-z/!?][^\n]{0,40}|\{\{.{0,20}|(?<!\\)[*_[\]`].{0,20}|~~|(?:https?|mailto):(?!\u200b)\S.{0,20}|&(?:lt|gt|amp|#\d+);|^\s*(?:[-+>#]|\d+[.)]) .{0,20}|\u202e.{0,5}/gm,
    ) ?? []
  );
}

/** Texts that Teams reads as Markdown: text blocks and facts, and messages that are not plain. */
function markdownIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markdownIn);
  if (!isObject(value)) return [];
  const { type, text, textFormat, facts } = value;
  const own = typeof text === 'string' && (type === 'TextBlock' || (type === 'message' && textFormat !== 'plain')) ? [text] : [];
  const pairs =
    type === 'FactSet' && Array.isArray(facts) ? facts.flatMap((fact) => (isObject(fact) ? [String(fact['title']), String(fact['value'])] : [])) : [];
  return [...own, ...pairs, ...Object.values(value).flatMap(markdownIn)];
}

function mentionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mentionsIn);
  if (!isObject(value)) return [];
  const own = value['type'] === 'mention' && isObject(value['mentioned']) ? [String(value['mentioned']['id'])] : [];
  return [...own, ...Object.values(value).flatMap(mentionsIn)];
}
