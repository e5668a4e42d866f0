import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ModelReply } from '../../../src/language/openai/schemas.ts';
import { request as asking } from '../../app/conversation/answers.ts';
import { openPlay, type Play } from '../../app/conversation/play.ts';
import { openEndpoint, says } from './fake-endpoint.ts';
import { openEngine, reply } from './kit.ts';

const answer = (question: ModelReply['answers'][number]['question'], quote: string) => ({ question, quote, plain: true, thin: false });
const lines = {
  driver: 'Wir haben im Frühjahr 9 Verlängerungen verloren, und 140 Verträge laufen vor Juni aus.',
  owner: '@Keiko Mori macht das, und priya hilft ihr nur dabei',
  kpis: 'Wir wollen die Zweittermine pro Kopf von 1 auf 3 die Woche bringen',
  callAndBudget: 'Wir treffen uns jeden Montag um 10 Uhr dazu. Geld gibt es dafür keins, das entscheidet der Finanzchef.',
};
/** What a good model says to each line, as it sees it: names are placeholders by then. */
const script: readonly { line: RegExp; said: ModelReply }[] = [
  { line: /please stop this/, said: reply({ acts: ['stop'] }) },
  { line: /Verlängerungen/, said: reply({ acts: ['answer'], answers: [answer('driver', lines.driver)] }) },
  { line: /macht das, und/, said: reply({ acts: ['answer'], answers: [answer('owner', 'PERSON_3 macht das')], people: ['PERSON_3'] }) },
  {
    line: /Zweittermine/,
    said: reply({
      acts: ['answer'],
      answers: [answer('leading-kpis', 'die Zweittermine pro Kopf von 1 auf 3 die Woche')],
      kpis: [{ name: 'Zweittermine pro Kopf', baseline: '1', target: '3 die Woche', leading: true }],
    }),
  },
  {
    line: /jeden Montag/,
    said: reply({
      acts: ['answer'],
      answers: [answer('weekly-call', 'jeden Montag um 10 Uhr'), answer('budget', 'Geld gibt es dafür keins, das entscheidet der Finanzchef')],
      when: { weekday: 'mon', time: '10:00', timeZone: null, quote: 'jeden Montag um 10 Uhr', timeZoneQuote: null },
    }),
  },
];

/** Recorded once through the endpoint below; after a change of the prompt's version again: PLUMB_LLM_RECORD=tests/fixtures/llm npm test -- tests/language/openai/conversation, then npm run fix. */
const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'llm');
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The message alone, without what was said before. */
function messageIn(user: string): string {
  return user.split('\n').slice(3).join('\n');
}

async function recorded(folder: string, file: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, file), 'utf8'));
}

async function openScripted(folder: string) {
  const endpoint = await openEndpoint(says(({ user }) => script.find(({ line }) => line.test(messageIn(user)))?.said ?? reply({ acts: ['chit-chat'] })));
  const engine = openEngine(endpoint.url, { recordTo: folder });
  closers.push(endpoint.close, engine.close);
  return { endpoint, engine };
}

async function speak(language: ReturnType<typeof openEngine>['language']): Promise<Play> {
  const play = await openPlay({ language, model: 'configured' });
  closers.push(play.ends);
  await play.dana.asks(asking);
  await play.priya.presses('claim');
  for (const line of Object.values(lines)) await play.dana.says(line);
  return play;
}

async function expectAgreed(play: Play): Promise<void> {
  expect(await play.words('driver')).toEqual([lines.driver]);
  expect(await play.words('owner')).toEqual(['@Keiko Mori macht das']);
  expect((await play.alignment()).answers.owner?.[0]?.facts?.people).toEqual([expect.objectContaining({ personId: 'keiko' })]);
  expect(await play.words('leading-kpis')).toEqual(['die Zweittermine pro Kopf von 1 auf 3 die Woche']);
  expect(await play.words('weekly-call')).toEqual(['jeden Montag um 10 Uhr']);
  expect(await play.words('budget')).toEqual(['Geld gibt es dafür keins, das entscheidet der Finanzchef']);
  expect([await play.answer('owner'), await play.answer('leading-kpis'), await play.answer('weekly-call')]).toEqual(['clear', 'clear', 'clear']);
}

describe('a whole conversation', () => {
  it('in a language that the rules do not read is understood from recorded answers, with no endpoint and no key', async () => {
    // A run that failed leaves its list behind.
    await rm(join(fixtures, 'missing.jsonl'), { force: true });
    if (process.env['PLUMB_LLM_RECORD']) await speak((await openScripted(fixtures)).engine.language);
    const engine = openEngine('http://127.0.0.1:9', { endpoint: { kind: 'replay', directory: fixtures } });
    closers.push(engine.close);
    await expectAgreed(await speak(engine.language));
    expect(engine.fallbacks).toEqual([]);
    expect(await readdir(fixtures)).not.toContain('missing.jsonl');
  });

  it('sends one call for each message, no name of anybody, and nothing before it began', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumb-recorded-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const { endpoint, engine } = await openScripted(folder);
    await expectAgreed(await speak(engine.language));
    expect(endpoint.received).toHaveLength(Object.keys(lines).length);
    for (const { text } of endpoint.received) expect(text).not.toMatch(/dana|whitfield|priya|nair|keiko|mori|prospecting/i);
    expect((await readdir(folder)).sort()).toEqual((await readdir(fixtures)).sort());
    for (const file of await readdir(folder)) expect(await recorded(folder, file)).toEqual(await recorded(fixtures, file));
  });

  it('sends no name of anybody in the channel, and nothing after a stop', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumb-recorded-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const { endpoint, engine } = await openScripted(folder);
    const play = await openPlay({ language: engine.language, model: 'configured' });
    closers.push(play.ends);
    await play.dana.asks(asking);
    await play.dana.says('We lost 9 renewals in the spring since tomas and keikos people gave margin away, ask Priya Nair.');
    await play.dana.says('please stop this');
    expect(endpoint.received).toHaveLength(2);
    for (const { text } of endpoint.received) expect(text).not.toMatch(/dana|priya|nair|keiko|tomas/i);
    await play.dana.says('did anybody see the game last night?');
    expect(endpoint.received).toHaveLength(2);
  });

  it('has all fields of a form read at once, with no name in them', async () => {
    const waiting: (() => void)[] = [];
    // Answers come only when both were asked for: one after the other, neither would.
    const endpoint = await openEndpoint((response, received) => {
      waiting.push(() => says(reply({ acts: ['chit-chat'] }))(response, received));
      if (waiting.length === 2) for (const answerNow of waiting) answerNow();
    });
    const engine = openEngine(endpoint.url, { deadlineMs: 1_500 });
    closers.push(endpoint.close, engine.close);
    const play = await openPlay({ language: engine.language, model: 'configured' });
    closers.push(play.ends);
    await play.dana.asks(asking);
    const form = await play.dana.opens('answer-in-form');
    await play.dana.submits(form, { driver: 'We lost 9 renewals in the spring, says priya.', owner: 'tomas herrera, with keikos help' });
    expect(engine.calls).toEqual(['ok', 'ok']);
    for (const { text } of endpoint.received) expect(text).not.toMatch(/priya|tomas|herrera|keiko/i);
    expect(await play.words('driver')).toEqual(['We lost 9 renewals in the spring, says priya.']);
  });

  it('goes on in English with the local engine where the workspace lets nothing out', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumb-recorded-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const { endpoint, engine } = await openScripted(folder);
    const play = await openPlay({ language: engine.language, model: 'configured', externalModel: { conversations: false, hearing: false } });
    closers.push(play.ends);
    await play.dana.asks(asking);
    await play.dana.says('We lost 9 renewals in the spring, and 140 contracts run out before June.');
    await play.dana.says('Keiko Mori owns this on the business side.');
    expect([await play.answer('driver'), await play.answer('owner')]).toEqual(['clear', 'clear']);
    expect(endpoint.received).toEqual([]);
  });
});
