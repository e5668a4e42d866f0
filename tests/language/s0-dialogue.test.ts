import { describe, expect, it } from '@jest/globals';
import type { QuestionId } from '../../src/domain/questions.ts';
import type { Reading, ReplyContext } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';

const language = createLocalLanguage();
const people = [
  { personId: 'p', name: 'Priya Shah' },
  { personId: 't', name: 'Tomas Berg' },
];

function reply(text: string, asked?: QuestionId, more: Partial<ReplyContext> = {}): Promise<Reading> {
  return language.readReply({ text }, { ...(asked ? { asked } : {}), followUp: false, answered: [], addressed: false, mentions: [], people, ...more });
}
const answered = (reading: Reading) => reading.answers.map((answer) => answer.questionId);

describe('a conversation after the pattern of S0', () => {
  it('hears the request and what it tells', async () => {
    const text = 'My 80 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop before March?';
    const { band, understood, answers } = await language.spotRequest({ text, mentions: [] });
    const words = (span?: { start: number; end: number }) => span && text.slice(span.start, span.end);
    expect(band).toBe('sure');
    expect(words(understood.topic)).toBe('prospecting');
    expect(words(understood.audience)).toContain('80 account managers');
    expect(words(understood.format)).toBe('one-day prospecting workshop');
    expect(words(understood.deadline)).toBe('before March');
    expect(answers).toEqual([]);
  });

  it('takes the business reason as the driver', async () => {
    const reading = await reply('The board wants 12 million from accounts we already have by December, new names are not the plan this year', 'driver');
    expect(answered(reading)).toEqual(['driver']);
    expect(reading.answers[0]?.thin).toBe(false);
    expect(reading.acts).toEqual(['answer']);
  });

  it('marks a driver without number, date or event as thin', async () => {
    const reading = await reply('they should sell better', 'driver');
    expect(reading.answers.every((answer) => answer.thin)).toBe(true);
    expect(reading.acts).toEqual(['partial']);
  });

  it('reads two answers of one message, each with its own words', async () => {
    const text = 'Owner is Priya Shah. Call Tuesdays 9:00 CET';
    const reading = await reply(text, 'owner');
    expect(answered(reading)).toEqual(['owner', 'weekly-call']);
    expect(reading.answers.map(({ span }) => text.slice(span.start, span.end))).toEqual(['Owner is Priya Shah', 'Call Tuesdays 9:00 CET']);
    expect(reading.entities.people[0]?.personId).toBe('p');
    expect(reading.entities.when).toEqual({ weekday: 'tue', time: '09:00', timeZone: 'Europe/Berlin' });
  });

  it('takes a correction of the owner', async () => {
    const text = 'sorry, the owner is Tomas, not Priya';
    const reading = await reply(text, 'leading-kpis', { answered: ['driver', 'owner'] });
    expect(reading.acts).toContain('correction');
    expect(answered(reading)).toEqual(['owner']);
    expect(reading.entities.people.map((person) => person.personId)).toEqual(['t']);
  });

  it('takes a KPI with where it stands and where it should go', async () => {
    const text = 'first meetings in existing accounts, from 2 to 5 a week';
    const reading = await reply(text, 'leading-kpis');
    const kpi = reading.entities.kpis[0];
    const words = (span?: { start: number; end: number }) => span && text.slice(span.start, span.end);
    expect([words(kpi?.name), words(kpi?.baseline), words(kpi?.target), kpi?.leading]).toEqual(['first meetings in existing accounts', '2', '5 a week', true]);
    expect(reading.answers[0]?.thin).toBe(false);
  });

  it('accepts lagging indicators only as thin', async () => {
    const reading = await reply('revenue and win rate, from 21% to 28%', 'leading-kpis');
    expect(reading.answers[0]?.thin).toBe(true);
  });

  it.each(["no idea, I'd have to look", "haven't a clue", 'dunno'])('hears "%s" as not knowing', async (text) => {
    const reading = await reply(text, 'data-source');
    expect(reading.acts).toEqual(['dont-know']);
    expect(reading.answers).toEqual([]);
  });

  it('hands a question over, privately where that is said', async () => {
    const reading = await reply('Tomas would know, ask him privately', 'data-source');
    expect(reading.acts).toEqual(['delegate']);
    expect(reading.entities.delegateTo?.personId).toBe('t');
    expect(reading.entities.delegatePrivately).toBe(true);
  });

  it('knows a mention in "ask @…"', async () => {
    const reading = await reply('ask @Tomas', 'budget', { mentions: [{ start: 4, end: 10, personId: 't' }] });
    expect(reading.entities.delegateTo).toEqual({ name: { start: 4, end: 10 }, personId: 't' });
  });

  it('takes a later deadline as a correction', async () => {
    const reading = await reply('sorry, I meant the end of June', 'owner');
    expect(reading.acts).toContain('correction');
    expect(answered(reading)).toEqual(['context']);
  });

  it.each<[string, Reading['wishes'][number]]>([
    ['why do you ask?', 'why'],
    ['just get me the course', 'short-path'],
    ['start over please', 'start-over'],
    ["Forget all that, let's start from scratch", 'start-over'],
    ['can we continue privately', 'privately'],
    ["I'd rather not in the channel", 'privately'],
    ['undo', 'undo'],
    ['write the brief now', 'write-brief'],
    ['let L&D take the rest', 'leave-to-partner'],
    ['carry on', 'carry-on'],
    ['help', 'help'],
    ['looks good', 'looks-right'],
  ])('hears the wish in "%s"', async (text, wish) => {
    expect((await reply(text, 'context', { offered: 'review' })).wishes).toEqual([wish]);
  });

  it.each([
    'paused trials we restart, from 5 a month to 12',
    'Tom, can you restart the dashboard?',
    'we begin again in May',
    'Sam, dm me when you are back',
    'we can talk privately tomorrow',
  ])('neither loses nor hides the conversation at "%s"', async (text) => {
    for (const asked of ['leading-kpis', undefined] as const) expect((await reply(text, asked)).wishes).toEqual([]);
  });

  it.each<[string, Reading['acts'][number]]>([
    ['stop', 'stop'],
    ['later please, in a meeting', 'pause'],
    ["I'm back, where were we", 'resume'],
    ['skip', 'skip'],
  ])('hears %s', async (text, act) => {
    expect((await reply(text, 'context')).acts).toEqual([act]);
  });

  it('stays out of talk between two people', async () => {
    const reading = await reply('@Priya did you see the match last night, 3-1', 'owner', { mentions: [{ start: 0, end: 6, personId: 'p' }] });
    expect(reading.acts).toEqual(['chit-chat']);
    expect(reading.answers).toEqual([]);
  });

  it('asks back instead of guessing when it is addressed and cannot place a message', async () => {
    const reading = await reply('the blue one, as before', undefined, { addressed: true });
    expect(reading.answers).toEqual([]);
    expect(reading.needsClarification).toBeDefined();
  });
});
