import { describe, expect, it } from '@jest/globals';
import { reply } from './reading.ts';

describe('"enough to start"', () => {
  const offered = { offered: 'enough-to-start' } as const;

  it.each(['yes', 'ok', 'Sure', 'go ahead', 'next', 'yes please', "let's go", 'ok, ask away', 'fine, next one', '👍', "let's do the rest"])(
    '"%s" carries on',
    async (text) => {
      expect((await reply(text, undefined, offered)).wishes).toEqual(['carry-on']);
    },
  );

  it.each(['later', 'not now', 'Maybe later', 'not today, thanks', 'done for today'])('"%s" pauses', async (text) => {
    const reading = await reply(text, undefined, offered);
    expect(reading.acts).toEqual(['pause']);
    expect(reading.wishes).toEqual([]);
  });

  it.each(["that's all", 'just write it up', "that's everything from me", 'no more questions', 'use what you have'])(
    '"%s" asks for the brief',
    async (text) => {
      const reading = await reply(text, undefined, offered);
      expect(reading.wishes).toEqual(['write-brief']);
      expect(reading.acts).not.toContain('stop');
    },
  );

  it.each(['ok, the owner is Jonas', 'the budget is 12k, from marketing'])('still takes the answer of "%s"', async (text) => {
    const reading = await reply(text, undefined, offered);
    expect(reading.wishes).toEqual([]);
    expect(reading.answers).toHaveLength(1);
  });
});

describe('a draft under review', () => {
  const offered = { offered: 'review' } as const;

  const people = [{ personId: 'priya', name: 'Priya Nair' }];

  it.each([
    'looks good',
    '👍',
    "yes that's right",
    'approved',
    'Looks good to me, thanks',
    'all correct',
    'yes',
    'signed',
    'Looks good to me, 100%',
    'The new version looks right, thanks Priya',
    'I approve this draft',
  ])('"%s" approves it', async (text) => {
    expect((await reply(text, undefined, { ...offered, people })).wishes).toEqual(['looks-right']);
  });

  it.each([
    'no, change the owner',
    'looks good, but the owner is Jonas',
    "that's not right",
    'not approved yet',
    'looks good?',
    'thanks',
    'ok',
    'looks good once the budget is in',
    '3,200 euro from travel, approved',
    'finance approved the budget',
    'Keiko confirmed Thursday for the workshop',
    'we are good to go with the caterer',
    'I agree with Sam, the room is too small',
    'Priya says it looks good',
    'yes, Priya',
  ])('"%s" does not', async (text) => {
    for (const addressed of [false, true]) expect((await reply(text, undefined, { ...offered, people, addressed })).wishes).not.toContain('looks-right');
  });

  it('asks back what is to be changed when only the part is named', async () => {
    const reading = await reply('no, change the owner', undefined, { ...offered, answered: ['owner'] });
    expect(reading.acts).toEqual(['correction']);
    expect(reading.answers).toEqual([]);
    expect(reading.needsClarification).toEqual({ between: ['owner'] });
  });
});

describe('"approved" and "confirmed" under a question', () => {
  it.each(['3.2 million yen, approved.', 'R60 000 from the vendor fund, confirmed', 'from the travel money, approved'])(
    'answer it, as in "%s"',
    async (text) => {
      const reading = await reply(text, 'budget', { addressed: true });
      expect(reading.wishes).toEqual([]);
      expect(reading.answers.map(({ questionId }) => questionId)).toEqual(['budget']);
    },
  );
});

describe('the offer to pause', () => {
  const offered = { offered: 'pause' } as const;

  it.each(['yes', 'ok', 'please do', '👍'])('"%s" pauses', async (text) => {
    expect((await reply(text, undefined, offered)).acts).toEqual(['pause']);
  });

  it.each(['no', 'keep going', "no, let's continue"])('"%s" carries on', async (text) => {
    expect((await reply(text, undefined, offered)).wishes).toEqual(['carry-on']);
  });
});

describe('a short yes without an offer', () => {
  it.each(['yes', 'next', '👍'])('"%s" neither signs nor carries on', async (text) => {
    const { wishes } = await reply(text, 'sufficiency');
    expect(wishes).toEqual([]);
  });
});

describe('an L&D partner who offers to take it', () => {
  const context = { partnerOffers: 'just-now', people: [{ personId: 'priya', name: 'Priya Nair' }] } as const;

  it.each([
    'Yes please',
    'sure, thanks Priya',
    "that'd be great, Priya",
    'Fine with me',
    'Thank you, that would be lovely',
    'welcome aboard',
    'yes, Priya, please do',
    '👍',
  ])('"%s" is a yes', async (text) => {
    expect(await reply(text, 'leading-kpis', context)).toMatchObject({ wishes: ['confirm-partner'], answers: [] });
  });

  it.each(['thanks', 'no thanks', 'not now, Priya', 'yes, win rate from 20 to 25 percent', 'we are short of people'])('"%s" is none', async (text) => {
    expect((await reply(text, 'leading-kpis', context)).wishes).not.toContain('confirm-partner');
  });

  it.each(['yes', 'ok', 'agreed, yes', '👍'])('is not meant by "%s" to a challenge, or to whether training is enough', async (text) => {
    expect((await reply(text, undefined, { ...context, probed: 'challenge' })).wishes).not.toContain('confirm-partner');
    expect((await reply(text, 'sufficiency', context)).wishes).not.toContain('confirm-partner');
  });

  it('is not meant by a bare yes once something else was asked', async () => {
    expect((await reply('ok', 'leading-kpis', { ...context, partnerOffers: 'before' })).wishes).toEqual([]);
    expect((await reply('ok Priya, please do', 'leading-kpis', { ...context, partnerOffers: 'before' })).wishes).toEqual(['confirm-partner']);
  });

  it('is meant by a yes that calls them by name, whatever was asked', async () => {
    expect((await reply('yes please, Priya', 'sufficiency', context)).wishes).toEqual(['confirm-partner']);
  });

  it('goes before nothing that Plumb offered', async () => {
    expect((await reply('yes', undefined, { ...context, offered: 'enough-to-start' })).wishes).toEqual(['carry-on']);
  });
});
