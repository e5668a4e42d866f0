import { afterEach, describe, expect, it } from '@jest/globals';
import type { Lesson } from '../../../src/language/language.ts';
import { createLocalLanguage } from '../../../src/language/local/local-language.ts';
import type { ModelRequest } from '../../../src/language/openai/schemas.ts';
import { teachableMessages, unsureMessages } from '../../app/borderline.ts';
import { plainRequests, vetoed } from '../fresh-messages.ts';
import { openEndpoint, says } from './fake-endpoint.ts';
import { openEngine, request, tenant } from './kit.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const local = createLocalLanguage();
async function lessonOn(text: string, verdict: Lesson['verdict']): Promise<Lesson> {
  return { verdict, features: (await local.spotRequest({ text, mentions: [] })).features, by: 'ann' };
}

/** What is heard where a model that thinks this may hear, too. */
async function heard(text: string, band: ModelRequest['band'], lessons: readonly Lesson[]) {
  const endpoint = await openEndpoint(says(() => request({ band, asking: band === 'no' ? null : text, reasons: ['asks-for-training'] })));
  const engine = openEngine(endpoint.url);
  closers.push(engine.close, endpoint.close);
  const spotted = await engine.language.spotRequest({ text, mentions: [], tenant: { ...tenant(), lessons } });
  return { band: spotted.band, calls: endpoint.received.length };
}

/** A lesson about something that is like this message to such a degree that it gets a private question instead of a public reply. */
async function loweringLesson(text: string): Promise<Lesson | undefined> {
  const lesson = await lessonOn(text, 'not-request');
  for (let others = 0; others < 40; others += 1) {
    const features = [...lesson.features, ...Array.from({ length: others }, (_, at) => `has:other-${at}`)];
    const lessons = [{ ...lesson, features }];
    if ((await local.spotRequest({ text, mentions: [], tenant: { ...tenant(), lessons } })).band === 'maybe') return lessons[0];
  }
  return undefined;
}

describe('a model that may hear', () => {
  it('is believed as long as nobody taught anything', async () => {
    const [text = ''] = await unsureMessages(1);
    expect(await heard(text, 'sure', [])).toEqual({ band: 'sure', calls: 1 });
    expect(await heard(text, 'no', [])).toEqual({ band: 'no', calls: 1 });
  });

  it('is not asked about what people silenced', async () => {
    const [text = ''] = await unsureMessages(1);
    expect(await heard(text, 'sure', [await lessonOn(text, 'not-request')])).toEqual({ band: 'no', calls: 0 });
  });

  it('does not answer in public what people lowered', async () => {
    let lowered = 0;
    for (const text of [...plainRequests, ...(await unsureMessages(3))]) {
      const lesson = await loweringLesson(text);
      if (!lesson) continue;
      lowered += 1;
      expect(await heard(text, 'sure', [lesson])).toEqual({ band: 'maybe', calls: 1 });
    }
    expect(lowered).toBeGreaterThan(3);
  });

  it('does not silence what people started', async () => {
    const [text = ''] = await teachableMessages(1);
    expect(await heard(text, 'no', [await lessonOn(text, 'request')])).toMatchObject({ band: 'sure' });
    const [past = ''] = vetoed.past;
    expect(await heard(past, 'no', [await lessonOn(past, 'request')])).toEqual({ band: 'maybe', calls: 1 });
  });
});
