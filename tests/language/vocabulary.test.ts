import { describe, expect, it } from '@jest/globals';
import type { Band, Vocabulary } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { inPlainWords } from '../../src/language/local/own-words.ts';
import { tenantWith } from '../app/borderline.ts';

const language = createLocalLanguage();
const none: Vocabulary = { learning: [], teams: [], topics: [] };

function heard(text: string, own: Partial<Vocabulary> = {}): Promise<Band> {
  const tenant = { ...tenantWith([]), vocabulary: { ...none, ...own } };
  return language.spotRequest({ text, mentions: [], tenant }).then(({ band }) => band);
}

describe('our words', () => {
  it.each<[string, Partial<Vocabulary>]>([
    ['Can we get a Skyhub on Fluxgate for the Falcons before March?', { learning: ['Skyhub'], teams: ['the Falcons'], topics: ['Fluxgate'] }],
    ['we need a Sprungbrett for the Lions', { learning: ['Sprungbrett'], teams: ['Lions'] }],
    ['who could run a Kompass for Team Rhine on Fabrikam One?', { learning: ['Kompass'], teams: ['Team Rhine'], topics: ['Fabrikam One'] }],
  ])('make heard what otherwise would be less: "%s"', async (text, own) => {
    const order: readonly Band[] = ['no', 'maybe', 'sure'];
    expect(order.indexOf(await heard(text, own))).toBeGreaterThan(order.indexOf(await heard(text)));
  });

  it('count at once, before anything is stored', () => {
    const text = 'Can we get a Skyhub on Fluxgate for the Falcons before March?';
    const tenant = { ...tenantWith([]), vocabulary: { learning: ['Skyhub'], teams: ['the Falcons'], topics: ['Fluxgate'] } };
    expect(language.glance({ text, tenant: tenantWith([]) })).toBe('no');
    expect(language.glance({ text, tenant })).not.toBe('no');
  });

  it('are found whatever their case, as whole words, with a hyphen for a space', () => {
    const own = { ...none, learning: ['Growth Academy'], teams: ['Lions'] };
    expect(inPlainWords('growth-academy for the LIONS, not for sealions', own)).toBe('training for the sales team, not for sealions');
  });

  it('in any script are found', () => {
    expect(inPlainWords('студия для команды', { ...none, learning: ['Студия'] })).toBe('training для команды');
    expect(inPlainWords('a 研修 for us', { ...none, learning: ['研修'] })).toBe('a training for us');
  });

  it('are taken by the letter, whatever characters they have', async () => {
    const names = ['C++ (adv.)', '.*', '(a+)+$', '[x', '\\d', '^', '$&', 'a|b', '{2,}', '?', '$1'];
    for (const name of names) {
      expect(inPlainWords('we went home early', { learning: [name], teams: [name], topics: [name] })).toBe('we went home early');
      expect(await heard('lunch at noon in the old canteen?', { learning: [name], teams: [name], topics: [name] })).toBe('no');
    }
    expect(inPlainWords('a C++ (adv.) for us', { ...none, learning: ['C++ (adv.)'] })).toBe('a training for us');
  });

  it('that are empty or blank change nothing', async () => {
    const empty = { learning: ['', '  '], teams: [''], topics: ['\t'] };
    expect(inPlainWords('lunch at noon?', empty)).toBe('lunch at noon?');
    expect(await heard('lunch at noon in the old canteen?', empty)).toBe('no');
  });

  it('do not shift what is quoted of the message', async () => {
    const text = 'Could we get a Skyhub for the Falcons on negotiation?';
    const tenant = { ...tenantWith([]), vocabulary: { learning: ['Skyhub'], teams: ['the Falcons'], topics: [] } };
    const { understood } = await language.spotRequest({ text, mentions: [], tenant });
    for (const { start, end } of Object.values(understood)) expect(text.slice(start, end)).toMatch(/^\S.*\S$/);
    expect(text.slice(understood.topic?.start, understood.topic?.end)).toContain('negotiation');
  });
});
