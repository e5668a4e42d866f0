import { describe, expect, it } from '@jest/globals';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';
import { readingLimit } from '../../src/language/local/normalise.ts';

const language = createLocalLanguage();
const band = async (text: string) => (await language.spotRequest({ text, mentions: [] })).band;

describe('what has the shape of a request', () => {
  it.each([
    'who can get my team a second screen each',
    'can somebody take the night crew off the Monday call, it is 3am for them',
    'could product please commit to a date, my reps have nothing to say',
    'how do we get the Malmö hires into the payroll tool, five people',
    'the gold tier needs 3 certified people, we have 4',
    'please send the price files to our office in Graz',
    'we lost to Corvo again, can finance send the numbers to the team',
  ])('but asks for no learning is not answered in public: "%s"', async (text) => {
    expect(await band(text)).not.toBe('sure');
  });

  it.each([
    'can somebody take my reps through the new price book? they have no clue how to use it',
    'could enablement teach my account managers how to run a discovery call?',
    'Could we get some lessons on objection handling for our 9 callers?',
    'who can walk my team through handling objections, they keep folding on price',
  ])('and asks for learning is: "%s"', async (text) => {
    expect(await band(text)).toBe('sure');
  });
});

it('reads of an endless message what it reads of its beginning', async () => {
  const text = 'can you train my team on negotiation, owner is Tom and budget is 5k, call tue 9:00 and '.repeat(600);
  const head = text.slice(0, readingLimit);
  const context = { asked: 'owner', followUp: false, answered: [], addressed: true, mentions: [], people: [] } as const;
  expect(await language.spotRequest({ text, mentions: [] })).toEqual(await language.spotRequest({ text: head, mentions: [] }));
  expect(await language.readReply({ text }, context)).toEqual(await language.readReply({ text: head }, context));
});
