import { describe, expect, it } from '@jest/globals';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { readingLimit } from '../../src/language/local/normalise.ts';
import { tenantWith } from '../app/borderline.ts';

const language = createLocalLanguage();

/** One letter of every plane of Unicode, assigned or not, without surrogates. */
const everyPlane = Array.from({ length: 17 }, (_, plane) =>
  [0x41, 0x3b1, 0x4e00, 0xd7ff, 0xfffd].map((at) => String.fromCodePoint(plane * 0x10000 + at)).join(''),
).join(' ');
const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(97 + at));

const hostile: readonly (readonly [string, string])[] = [
  ...letters.map((letter) => [`40,000 times "${letter}"`, letter.repeat(40_000)] as const),
  ...["'", '-', '.', ',', '?', '!', ';', ':', '(', '<', '>', '@', '"', '`', '|', '*', '_', '/', '\\', '&', '%', '#', '+', ' ', '\n', '\t', '0', '9'].map(
    (mark) => [`40,000 times ${JSON.stringify(mark)}`, mark.repeat(40_000)] as const,
  ),
  ['many a and an exclamation mark', `${'a'.repeat(40_000)}!`],
  ['a bomb for nested repetition', `${'(a+)+'.repeat(3_000)}$`],
  ['words that end otherwise', `${'we need to '.repeat(4_000)}!`],
  ['spaces before an end', `need${' '.repeat(40_000)}training`],
  ['hyphens between words', `half${'-'.repeat(40_000)}day`],
  ['nested punctuation', '([{<"\''.repeat(6_000) + '\'">}])'.repeat(600)],
  ['dots and spaces', '. '.repeat(20_000)],
  ['question after question', 'why? '.repeat(8_000)],
  ['semicolons and list marks', '; 1) 2. '.repeat(5_000)],
  ['every plane of Unicode', everyPlane.repeat(200)],
  ['lone surrogates, high', '\ud83d'.repeat(40_000)],
  ['lone surrogates, low', 'need \udc00 training '.repeat(2_000)],
  ['surrogates the wrong way round', '\udc00\ud83d'.repeat(20_000)],
  ['marks on marks', `e${'\u0301'.repeat(40_000)}`],
  ['joined emoji', '👩‍👩‍👧‍👦'.repeat(4_000)],
  ['text in both directions', '\u202eneed\u202c \u2067training\u2069 '.repeat(2_000)],
  ['letters that grow', 'İ'.repeat(40_000)],
  ['letters that shrink', 'ẞﬀΣ'.repeat(13_000)],
  ['2,000 words of a request', Array.from({ length: 2_000 }, (_, at) => ['please', 'train', 'team'][at % 3]).join(' ')],
  ['a request 2,000 times', 'can you get my team a negotiation workshop? '.repeat(2_000)],
  ['headcounts without end', 'train my 12 '.repeat(4_000)],
  ['almost a schedule', 'moved to on at from '.repeat(2_000)],
  ['almost an offer', 'i will i can i could happy to '.repeat(1_500)],
  ['names of methods of objects', '__proto__ constructor toString hasOwnProperty training '.repeat(800)],
  ['null bytes', 'need\0training\0for\0my\0team\0'.repeat(1_500)],
  ['markup', '<@U123|team> <https://a.b/c|training> *need* ~a~ `b` '.repeat(800)],
];

describe('hearing', () => {
  it.each(hostile)('comes to an end with %s, and says the same twice', async (_name, text) => {
    expect(typeof language.mayMatter(text)).toBe('boolean');
    const glanced = language.glance({ text });
    const spotted = await language.spotRequest({ text, mentions: [] });
    expect(spotted.band).toBe(glanced);
    expect(spotted.features.length).toBeLessThan(200);
    for (const { start, end } of Object.values(spotted.understood)) expect(0 <= start && start < end && end <= readingLimit).toBe(true);
  });

  it('comes to an end with names that are hard to look for', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `${'a'.repeat(39 - (at % 20))}${'b'.repeat(1 + (at % 20))}`);
    const tenant = { ...tenantWith([]), vocabulary: { learning: names, teams: names.map((name) => `${name} x`), topics: ['(a+)+$', '.*', ...names] } };
    for (const text of ['a'.repeat(40_000), `${'a'.repeat(39)} `.repeat(1_000), `${'a b '.repeat(10_000)}!`]) {
      expect((await language.spotRequest({ text, mentions: [], tenant })).band).toBe(language.glance({ text, tenant }));
    }
  });

  it('comes to an end with lessons of every kind', async () => {
    const lessons = Array.from({ length: 500 }, (_, at) => ({
      verdict: at % 2 ? ('request' as const) : ('not-request' as const),
      features: ['__proto__', 'constructor', '', 'a'.repeat(60), `topic:${at}`, 'has:ask'],
      by: `person-${at}`,
    }));
    const text = 'can you get my team a negotiation workshop?';
    expect((await language.spotRequest({ text, mentions: [], tenant: tenantWith(lessons) })).band).toBe('sure');
  });
});
