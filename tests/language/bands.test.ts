import { describe, expect, it } from '@jest/globals';
import type { Band } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { tenantWith } from '../app/borderline.ts';
import { chatter, obliqueRequests, plainRequests, vetoed } from './fresh-messages.ts';

const language = createLocalLanguage();
const spot = (text: string) => language.spotRequest({ text, mentions: [] });

/** The share of the messages that are at least as sure as this. */
async function share(texts: readonly string[], bands: readonly Band[]): Promise<number> {
  const heard = await Promise.all(texts.map(async (text) => (await spot(text)).band));
  return heard.filter((band) => bands.includes(band)).length / texts.length;
}

describe('somebody who asks for training', () => {
  it('is heard nearly always, and mostly answered at once', async () => {
    expect(await share(plainRequests, ['sure', 'maybe'])).toBeGreaterThanOrEqual(0.9);
    expect(await share(plainRequests, ['sure'])).toBeGreaterThanOrEqual(0.65);
  });

  it('without any word for it is mostly heard', async () => {
    expect(await share(obliqueRequests, ['sure', 'maybe'])).toBeGreaterThanOrEqual(0.7);
    expect(await share(obliqueRequests, ['sure'])).toBeGreaterThanOrEqual(0.3);
  });

  it('passes every check that comes before', () => {
    for (const text of [...plainRequests, ...obliqueRequests]) expect(language.mayMatter(text)).toBe(true);
  });
});

describe.each(Object.entries(vetoed))('talk of training that is %s', (_kind, texts) => {
  it('is never answered in public, whatever people taught', async () => {
    for (const text of texts) {
      const { band, features } = await spot(text);
      expect({ text, band }).not.toMatchObject({ band: 'sure' });
      const lessons = ['ann', 'bob', 'cleo', 'dan', 'eve'].map((by) => ({ verdict: 'request' as const, features, by }));
      const taught = await language.spotRequest({ text, mentions: [], tenant: tenantWith(lessons) });
      expect({ text, band: taught.band }).not.toMatchObject({ band: 'sure' });
    }
  });
});

it('little of that is asked about privately', async () => {
  expect(await share(Object.values(vetoed).flat(), ['maybe'])).toBeLessThanOrEqual(0.25);
});

it('ordinary talk is left alone', async () => {
  expect(await share(chatter, ['sure'])).toBe(0);
  expect(await share(chatter, ['maybe'])).toBeLessThanOrEqual(1 / chatter.length);
});

describe('reasons', () => {
  const reasonsFor = async (text: string) => (await spot(text)).reasons;

  it.each([
    [
      'Please can you book a negotiation workshop for my 12 buyers before Easter?',
      ['asks-for-training', 'names-audience', 'names-format', 'names-topic', 'names-deadline'],
    ],
    ['Looking for a vendor who runs negotiation training for our account managers', ['asks-for-training', 'looks-for-provider', 'names-topic']],
    ['My reps have no idea how to handle objections on the phone, can somebody help them?', ['team-cannot', 'asks-for-help', 'names-topic']],
  ])('say what was seen in "%s"', async (text, expected) => {
    expect(await reasonsFor(text)).toEqual(expect.arrayContaining(expected));
  });

  it('are not given for what is none', async () => {
    for (const text of chatter) if ((await spot(text)).band === 'no') expect(await reasonsFor(text)).toEqual([]);
  });

  it('are there for whatever is heard', async () => {
    for (const text of [...plainRequests, ...obliqueRequests]) {
      const { band, reasons } = await spot(text);
      if (band !== 'no') expect(reasons).not.toEqual([]);
    }
  });
});

describe('a long mail', () => {
  const filler = [
    'Hope you had a good week and that the move to the new office went smoothly.',
    'The renewal at Mercy is signed, the invoice left on Tuesday and legal has filed the papers.',
    'In Malmö the stand for the fair is booked, Jonas takes care of the parking and the badges.',
    'Revenue is at 4.2 million against a plan of 4.4, with two large orders slipping into the next month.',
    'The new price list comes into force on the first, and the old one stays valid for open quotes.',
    'Marta is back from leave, so please send the holiday requests to her again.',
  ];
  const request = 'I would also need a negotiation workshop for my twelve account managers before the summer, can you organise that?';
  const mail = (sentences: number, at: number, sentence: string) =>
    Array.from({ length: sentences }, (_, index) => (index === at ? sentence : filler[index % filler.length])).join(' ');

  it.each([0, 6, 13, 19])('is heard when one sentence among twenty asks: number %i', async (at) => {
    expect((await spot(mail(20, at, request))).band).not.toBe('no');
  });

  it('is heard with paragraphs and a signature as well', async () => {
    const text = `Dear all,\n\n${mail(6, -1, '')}\n\n${request}\n\n${mail(6, -1, '')}\n\nKind regards,\nTomas Brandt\nRegional Director\n+49 30 1234567`;
    expect((await spot(text)).band).not.toBe('no');
  });

  it('is left alone when no sentence asks', async () => {
    expect((await spot(mail(20, -1, ''))).band).toBe('no');
    expect((await spot(mail(60, -1, ''))).band).toBe('no');
  });

  it('that says in one sentence what happened and asks in none is not answered in public', async () => {
    expect((await spot(mail(20, 7, 'The negotiation workshop for my account managers last week was great, thanks for organising it.'))).band).not.toBe('sure');
  });
});
