import { describe, expect, it } from '@jest/globals';
import { homeCard } from '../../src/views/home.ts';
import { lessonWords } from '../../src/views/lesson.ts';
import { noticeText } from '../../src/views/notice.ts';
import { plainText } from '../../src/views/text.ts';
import { contextOf, MONDAY_9_UTC, prompts } from './context.ts';

const ctx = contextOf({});
const said = (...features: string[]) => plainText(lessonWords(ctx, features));

describe('what was learned, for people', () => {
  it('says what was recognised, shortly', () => {
    expect(said('ask+solution', 'has:ask', 'has:topic', 'topic:crm')).toBe('asks for training, about CRM');
    expect(said('clean:ask+lack+team', 'has:lack', 'has:team', 'topic:negotiation', 'topic:prospecting')).toBe(
      'says what people cannot do, asks for help, speaks of a team, about negotiation and prospecting',
    );
    expect(said('solution alone', 'veto:schedule', 'solution:workshop')).toBe('mentions training, is about a date');
  });

  it('keeps to a line when much was recognised', () => {
    const topics = Array.from({ length: 30 }, (_, at) => `topic:skill ${at}`);
    expect(said('ask+solution', 'provider+solution', 'lack+team', 'has:headcount', 'veto:offer', ...topics).length).toBeLessThan(140);
  });

  it('stands on Home with an undo of its own, the rest is counted', () => {
    const features = ['clean:ask+lack+team', 'has:lack', 'topic:objection handling', 'topic:negotiation'];
    const lesson = { id: 'l1', verdict: 'not-request' as const, features, by: 'priya', at: MONDAY_9_UTC };
    const rhythm = { quietHours: { start: '18:00', end: '08:00' }, nudgeTime: '09:00' };
    const admin = {
      places: [],
      partners: [],
      rhythm,
      words: { learning: [], teams: [], topics: [] },
      causes: [],
      retention: { over: 0 },
      learned: { lessons: [lesson], count: 3 },
      deadLetters: [],
    };
    const card = homeCard(ctx, { requests: [], nudges: { programmes: [], state: 'on' }, programmes: [], admin });
    const about = plainText(lessonWords(ctx, features));
    expect(card.blocks).toContainEqual({ type: 'list', items: [expect.objectContaining({ text: expect.arrayContaining([about]) })] });
    expect(card.blocks).toContainEqual(expect.objectContaining({ text: ['and ', '2', ' earlier ones'] }));
    const undo = card.actions.find(({ action }) => action === 'undo-lesson');
    expect(undo).toEqual({ action: 'undo-lesson', label: 'Undo 1: says what people cannot do, asks for help…', value: { id: 'l1' } });
  });

  it('has words for features that it does not know', () => {
    expect(said('zz:top', '__proto__', '')).toBe(prompts.words.plain('lesson.unnamed'));
    expect(said()).toBe(prompts.words.plain('lesson.unnamed'));
  });
});

describe('why Plumb replied', () => {
  const reason = (reasons: string[], asked = false) => plainText(noticeText(ctx, { kind: 'reason', reasons, asked }));
  const words = prompts.words;

  it('names in one breath what the message names', () => {
    const text = reason(['asks-for-training', 'names-deadline', 'names-audience', 'names-topic']);
    expect(text).toBe(`${words.plain('reason.intro')} ${words.plain('reason.asks-for-training')}; it names a topic, who it is for and a date.`);
  });

  it('says first what people taught', () => {
    const text = reason(['asks-for-training', 'learned']);
    expect(text).toContain(`${words.plain('reason.learned')}; ${words.plain('reason.asks-for-training')}`);
  });

  it('is told apart for a private question', () => {
    expect(reason(['asks-for-help'], true)).toContain(words.plain('reason.intro-asked'));
    expect(reason(['asks-for-help'], true)).not.toContain(words.plain('reason.intro'));
  });

  it('is never only what it names', () => {
    expect(reason(['names-topic'])).toContain(words.plain('reason.other'));
  });

  it('is known even when nothing was seen', () => {
    expect(reason([])).toBe(words.plain('reason.intro-none'));
  });
});
