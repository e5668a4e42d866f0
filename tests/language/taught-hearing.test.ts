import { describe, expect, it } from '@jest/globals';
import type { Band, Language, Lesson } from '../../src/language/language.ts';
import type { Encoder } from '../../src/language/local/encoder/encoder.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { teachableMessages, tenantWith, unsureMessages } from '../app/borderline.ts';
import { chatter, obliqueRequests, plainRequests, vetoed } from './fresh-messages.ts';

const language = createLocalLanguage();
const everything = [...plainRequests, ...obliqueRequests, ...Object.values(vetoed).flat(), ...chatter, ...(await unsureMessages(3))];

/** An encoder that sees each text in a direction of its own. */
function createOddEncoder(available = true): Encoder {
  const vectorOf = (text: string) =>
    Float32Array.from({ length: 512 }, (_, at) => Math.sin(text.length * (at + 1) + (text.codePointAt(at % text.length) ?? 0)) / 16);
  return { encode: async (texts) => texts.map(vectorOf), available: () => available, close: async () => undefined };
}

async function lesson(verdict: Lesson['verdict'], about: string, by = 'ann'): Promise<Lesson> {
  const { features } = await language.spotRequest({ text: about, mentions: [] });
  return { verdict, features, by };
}

async function band(text: string, lessons: readonly Lesson[], by: Language = language): Promise<Band> {
  return (await by.spotRequest({ text, mentions: [], tenant: tenantWith(lessons) })).band;
}

describe('Not a request', () => {
  it('silences what it was pressed on, however sure the engine was, with an encoder too', async () => {
    const sharp = createLocalLanguage({ encoder: createOddEncoder() });
    for (const text of [...plainRequests, ...obliqueRequests]) {
      const lessons = [await lesson('not-request', text)];
      for (const engine of [language, sharp]) {
        expect(engine.glance({ text, tenant: tenantWith(lessons) })).toBe('no');
        expect(await band(text, lessons, engine)).toBe('no');
      }
    }
  });

  it('leaves most other requests alone', async () => {
    const lessons = [await lesson('not-request', plainRequests[0] ?? '')];
    const others = await Promise.all([...plainRequests.slice(1), ...obliqueRequests].map((text) => band(text, lessons)));
    expect(others.filter((each) => each !== 'no').length / others.length).toBeGreaterThanOrEqual(0.8);
  });

  it('is outweighed by nobody alone, and cancelled by one who says the opposite', async () => {
    const [text = ''] = plainRequests;
    const said = await lesson('not-request', text);
    expect(await band(text, [said, { ...said, verdict: 'request', by: 'bob' }])).toBe(await band(text, []));
  });
});

describe('Start', () => {
  it('makes a public reply of a private question where a rule asks for it', async () => {
    for (const text of await teachableMessages(2)) {
      const spotted = await language.spotRequest({ text, mentions: [], tenant: tenantWith([await lesson('request', text)]) });
      expect(spotted.band).toBe('sure');
      expect(spotted.reasons).toContain('learned');
    }
  });

  it('makes no public reply of what no rule asks for', async () => {
    for (const text of chatter) {
      const lessons = await Promise.all(['ann', 'bob', 'cleo', 'dan'].map((by) => lesson('request', text, by)));
      expect(await band(text, lessons)).not.toBe('sure');
    }
  });

  it('on one thing does not make Plumb speak up about everything', async () => {
    const lessons = await Promise.all(obliqueRequests.map((text, at) => lesson('request', text, `person-${at}`)));
    const heard = await Promise.all(chatter.map((text) => band(text, lessons)));
    expect(heard.filter((each) => each === 'no').length / heard.length).toBeGreaterThanOrEqual(0.85);
  });
});

describe('the look before anything is stored', () => {
  const taught = async () =>
    Promise.all([
      ...plainRequests.slice(0, 3).map((text) => lesson('not-request', text)),
      ...obliqueRequests.slice(0, 3).map((text) => lesson('not-request', text, 'bob')),
      ...chatter.slice(0, 3).map((text) => lesson('request', text, 'cleo')),
    ]);

  it('without an encoder says what is said in the end', async () => {
    for (const lessons of [[], await taught()])
      for (const text of everything)
        expect({ text, band: language.glance({ text, tenant: tenantWith(lessons) }) }).toEqual({ text, band: await band(text, lessons) });
  });

  it('with an encoder loses nothing', async () => {
    const sharp = createLocalLanguage({ encoder: createOddEncoder() });
    const glanced = new Set<string>();
    for (const lessons of [[], await taught()])
      for (const text of everything) {
        const seen = sharp.glance({ text, tenant: tenantWith(lessons) });
        glanced.add(seen);
        if (seen === 'no') expect({ text, band: await band(text, lessons, sharp) }).toEqual({ text, band: 'no' });
      }
    expect([...glanced].sort()).toEqual(['candidate', 'maybe', 'no', 'sure']);
  });

  it('keeps no candidates where nothing could lift them', () => {
    const deaf = createLocalLanguage({ encoder: createOddEncoder(false) });
    for (const text of everything) {
      expect(language.glance({ text })).not.toBe('candidate');
      expect(deaf.glance({ text })).not.toBe('candidate');
    }
  });
});
