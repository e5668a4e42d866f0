import { describe, expect, it } from '@jest/globals';
import { questionIds } from '../../src/domain/questions.ts';
import type { ReplyContext } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { readingLimit } from '../../src/language/local/normalise.ts';

const language = createLocalLanguage();
const context: ReplyContext = { asked: 'driver', followUp: false, answered: [], addressed: true, mentions: [], people: [{ personId: 'a', name: 'Ann' }] };
const band = async (text: string) => (await language.spotRequest({ text, mentions: [] })).band;

describe('hearing requests', () => {
  it.each([
    'we need a negotiation course for our 12 buyers before the summer',
    'Could somebody run a two-hour workshop on discovery calls for my SDR team?',
    'Looking for a coaching programme for our new sales managers, about 15 people',
  ])('is sure of "%s"', async (text) => {
    expect(await band(text)).toBe('sure');
  });

  it.each([
    'the workshop yesterday was great, thanks all',
    'training is at 3pm tomorrow, room 4',
    'we offer award winning sales training, open to a chat?',
    'the customer wants a quote for two training days',
    'I need to learn Spanish before my holiday',
    'we no longer need the course, thanks',
    'of course, sending it over now',
    'lunch at 12?',
    'Acme signed, 40k',
  ])('is silent on "%s"', async (text) => {
    expect(await band(text)).toBe('no');
  });

  it('never lets through as a request what the fast check drops', async () => {
    for (const text of ['ok', 'thanks a lot', 'build is green again', 'see u at 5']) if (!language.mayMatter(text)) expect(await band(text)).toBe('no');
  });

  it('tells why it replied', async () => {
    const { reasons } = await language.spotRequest({ text: 'we need a negotiation course for our 12 buyers before the summer', mentions: [] });
    expect(reasons).toEqual(expect.arrayContaining(['asks-for-training', 'names-audience', 'names-topic', 'names-deadline']));
  });
});

const hostile: readonly [string, string][] = [
  ['nothing', ''],
  ['white space', ' \n\t '],
  ['emoji only', '🎉🎉🤖'],
  ['null bytes', 'a\0b\0training\0'],
  ['right-to-left', 'نحتاج إلى تدريب على التفاوض لفريق المبيعات'],
  ['another language', 'パートナー向けの研修をお願いします'],
  ['letters that grow in lower case', 'İİİ need a training for my team İ'],
  ['lone surrogates', '\ud83d need training \udc00'],
  ['one letter 40,000 times', 'a'.repeat(40_000)],
  ['digits without end', '1'.repeat(40_000)],
  ['digits and dots', '1.'.repeat(20_000)],
  ['spaced numbers', '1 000 '.repeat(7_000)],
  ['commas', 'a, '.repeat(13_000)],
  ['words of a request', 'can you train my team on the new '.repeat(1_300)],
  ['capitalised words', 'Maria De La '.repeat(3_300)],
  ['times', 'Tue 9:00 CET '.repeat(3_000)],
  ['arrows', '5 → 6 -> '.repeat(4_000)],
  ['acknowledgements', 'ok thanks '.repeat(4_000)],
  ['acknowledgements that end otherwise', `${'ok, '.repeat(10_000)}x`],
  ['mentions', '@a '.repeat(13_000)],
  ['line breaks', 'x\n'.repeat(20_000)],
  ['brackets', '<@'.repeat(20_000)],
];

describe('odd input', () => {
  it.each(hostile)('%s neither throws nor yields words that are not there', async (_name, text) => {
    language.mayMatter(text);
    const spotted = await language.spotRequest({ text, mentions: [] });
    for (const asked of questionIds) {
      const reading = await language.readReply({ text }, { ...context, asked });
      for (const { span, text: words } of reading.answers) expect(text.slice(span.start, span.end)).toBe(words);
      for (const { span } of reading.answers) expect(span.end).toBeLessThanOrEqual(readingLimit);
    }
    for (const span of Object.values(spotted.understood)) expect(text.slice(span.start, span.end).trim()).not.toBe('');
  });

  it.each(['', '🎉', 'パートナー', '???'])('"%s" answers nothing', async (text) => {
    const reading = await language.readReply({ text }, { ...context, addressed: false });
    if (!/\p{L}/u.test(text)) expect(reading.answers).toEqual([]);
    expect(reading.acts.length).toBeGreaterThan(0);
  });
});
