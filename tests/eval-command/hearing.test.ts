import { describe, expect, it } from '@jest/globals';
import type { Band, Language } from '../../src/language/language.ts';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { hearing } from '../eval/hearing.ts';

const request = 'Can we get negotiation training for our EMEA team?';

/** An engine whose steps say what they are told to. */
function engine(mayMatter: boolean, glance: Band | 'candidate', band: Band): Language {
  const local = createLocalLanguage();
  return { ...local, mayMatter: () => mayMatter, glance: () => glance, spotRequest: async (message) => ({ ...(await local.spotRequest(message)), band }) };
}

describe('hearing, as measured', () => {
  it.each([
    ['mayMatter', false, 'sure', 'sure', 'no'],
    ['glance', true, 'no', 'sure', 'no'],
    ['spotRequest', true, 'candidate', 'maybe', 'maybe'],
    ['spotRequest', true, 'sure', 'no', 'no'],
  ] as const)('is decided by %s', async (stage, mayMatter, glance, band, heard) => {
    expect(await hearing(engine(mayMatter, glance, band), request)).toMatchObject({ stage, band: heard });
  });
});
