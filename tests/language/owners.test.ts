import { describe, expect, it } from '@jest/globals';
import { namesIn as namesAnywhere } from '../../src/language/local/names-in.ts';
import { quality, reply, wordsAt } from './reading.ts';

const namesIn = async (text: string, asked: 'owner' | 'manager-role' | 'data-source' = 'owner') =>
  (await reply(text, asked)).entities.people.map((person) => wordsAt(text, person.name));

describe('words that look like a name', () => {
  it.each([
    ['Buyers are plant managers and CFOs of food makers', []],
    ['Buyers meet SDRs and Marta Quist', ['Marta Quist']],
  ])('%s', (text, names) => {
    expect(namesAnywhere(text).map((name) => wordsAt(text, name))).toEqual(names);
  });
});

describe('the name of an owner', () => {
  it.each([
    ['Noémie', 'Noémie', 'n'],
    ['noemie', 'noemie', 'n'],
    ['NOEMIE', 'NOEMIE', 'n'],
    ['@Noemie', 'Noemie', 'n'],
    ['my manager Aiko', 'Aiko', 'a'],
    ['Aiko from Nagoya', 'Aiko', 'a'],
    ['I think it is Jonas', 'Jonas', 'j'],
    ['our sales director, Marta Quist', 'Marta Quist', undefined],
    ['Marta in Lund', 'Marta', undefined],
    ["it's me, Marta", 'Marta', undefined],
  ])('in "%s" is %s', async (text, name, personId) => {
    const { people } = (await reply(text, 'owner')).entities;
    expect(people.map((person) => [wordsAt(text, person.name), person.personId])).toEqual([[name, personId]]);
  });

  it.each([
    ['me', 'me'],
    ['I do', 'I'],
    ['I own it myself', 'I'],
    ["that's me", 'me'],
    ["I'll lead it, with Jonas helping", 'I'],
  ])('in "%s" is the pronoun', async (text, pronoun) => {
    expect(await namesIn(text)).toEqual([pronoun]);
    expect(await quality(text, 'owner')).toBe('clear');
  });

  it('is not the author who only thinks, asks or refuses', async () => {
    for (const text of ['not me, Jonas', 'I would say Jonas', 'I only sponsor it, Jonas owns it']) expect(await namesIn(text)).toEqual(['Jonas']);
  });

  it.each(['Every rep books a talk with the owner before the yearly service check', 'More visits to building owners before their budget is fixed'])(
    'is no customer of whom is said "%s"',
    async (text) => {
      const { answers } = await reply(text, 'weekly-call', { answered: ['driver', 'owner'] });
      expect(answers.map(({ questionId }) => questionId)).not.toContain('owner');
    },
  );

  it('is nobody in "Aiko\'s team"', async () => {
    expect(await namesIn("Aiko's team")).toEqual([]);
  });

  it('counts where a claim could be heard', async () => {
    expect((await reply('mine', 'owner')).wishes).toEqual([]);
  });
});

describe('the author among others', () => {
  it('is one of the managers', async () => {
    expect(await namesIn('me and Aiko, one joint call per rep every week', 'manager-role')).toEqual(['me', 'Aiko']);
  });

  it('pulls the data', async () => {
    expect(await namesIn('I pull it from Pipedrive on Fridays', 'data-source')).toEqual(['I']);
    expect(await namesIn('I look at two discounted deals with each of them every week', 'manager-role')).toEqual(['I']);
  });

  it('leaves an owner shared by two thin', async () => {
    expect(await quality('Jonas and me', 'owner')).toBe('thin');
  });
});

describe('whoever decides', () => {
  it.each([
    'None so far. I decide on it with our controller in May.',
    'nothing yet, we decide that after the half-year',
    "Noémie and I settle that in June, I'd guess 10k",
  ])('"%s" answers when it is the author', async (text) => {
    const reading = await reply(text, 'budget');
    expect(reading.acts).not.toContain('delegate');
    expect(reading.answers.map(({ questionId }) => questionId)).toEqual(['budget']);
  });

  it.each([
    ['Jonas decides on that', 'Jonas'],
    ['not my call, ask Noémie', 'Noémie'],
    ['ask finance', 'finance'],
    ['that is for our CFO to say, ask her', 'CFO'],
  ])('"%s" hands over when it is somebody else', async (text, name) => {
    const reading = await reply(text, 'budget');
    expect(reading.acts).toContain('delegate');
    expect(wordsAt(text, reading.entities.delegateTo?.name)).toBe(name);
  });
});
