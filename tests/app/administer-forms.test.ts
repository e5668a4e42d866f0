import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InteractionResponse } from '../../src/app/ports.ts';
import { roomTenant } from '../../src/channels/room/people.ts';
import type { CardInput, Form } from '../../src/views/card.ts';
import { askPlumb, said } from './ask-plumb.ts';
import { buttonsOf } from './conversation/card-text.ts';
import { openPlay, type Play } from './conversation/play.ts';

let play: Play;
let plumb: ReturnType<typeof askPlumb>;
async function open(model: 'none' | 'configured' = 'none'): Promise<void> {
  play = await openPlay({ model });
  plumb = askPlumb(play);
}
beforeEach(() => open());
afterEach(() => play.ends());

const refused = () => play.prompts.words.plain('notice.not-allowed', { people: 'Priya Nair' });
const saved = () => play.prompts.words.plain('notice.saved');
const settings = () => play.store().settings.load(roomTenant);
const submits = (inputs: Record<string, string>, by = 'priya') => plumb.submits(by, 'submit-our-words', inputs);

function formIn(response: InteractionResponse): Form {
  if (response.kind !== 'form') throw new Error(`No form came back but ${JSON.stringify(response)}`);
  return response.form;
}

function input(form: Form, id: string): CardInput {
  const found = form.blocks.find((block): block is CardInput => block.type === 'input' && block.id === id);
  if (!found) throw new Error(`The form has no field "${id}".`);
  return found;
}

function errorsIn(response: InteractionResponse): Readonly<Record<string, string>> {
  if (response.kind !== 'errors') throw new Error(`No errors came back but ${JSON.stringify(response)}`);
  return response.errors;
}

describe('our words', () => {
  it('are taken with commas or on lines of their own, each once, and shown again', async () => {
    const written = { learning: 'Growth Academy,  growth academy\nThe  Gym;', teams: ' Team Rhine\r\nhunters ', topics: '' };
    expect(said(await submits(written))).toBe(saved());
    expect((await settings()).vocabulary).toEqual({ learning: ['Growth Academy', 'The Gym'], teams: ['Team Rhine', 'hunters'], topics: [] });
    expect(await plumb.homeText('priya')).toContain('Growth Academy, The Gym');
    const form = formIn(await plumb.asksForForm('priya', 'our-words'));
    expect(input(form, 'learning').value).toBe('Growth Academy, The Gym');
    expect(input(form, 'topics').value).toBeUndefined();
  });

  it('are cleared by an empty field', async () => {
    await submits({ learning: 'Growth Academy', teams: '', topics: '' });
    await submits({ learning: '', teams: '', topics: '' });
    expect((await settings()).vocabulary.learning).toEqual([]);
  });

  it('keep what else an admin has chosen', async () => {
    await plumb.gives('priya', 'listen-off');
    const before = await settings();
    await submits({ topics: 'Fabrikam Cloud' });
    expect(await settings()).toEqual({ ...before, vocabulary: { learning: [], teams: [], topics: ['Fabrikam Cloud'] } });
  });

  it('with a mistake change nothing and say beside the field what to do', async () => {
    await submits({ learning: 'Growth Academy' });
    const many = Array.from({ length: 61 }, (_, at) => `team ${at}`).join(', ');
    const errors = errorsIn(await submits({ learning: 'x'.repeat(41), teams: many, topics: 'a, MEDDIC' }));
    expect(errors['learning']).toContain('longer than 40 characters');
    expect(errors['teams']).toContain('61 names and I can keep 60');
    expect(errors['topics']).toContain('“a”');
    expect((await settings()).vocabulary.learning).toEqual(['Growth Academy']);
  });

  it('may be as many and as long as they may be, in any script', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `${'語'.repeat(38)}${10 + at}`);
    expect(said(await submits({ teams: names.join('\n') }))).toBe(saved());
    expect((await settings()).vocabulary.teams).toEqual(names);
    expect(await plumb.homeText('priya')).toContain('and 54 more');
  });

  it('are for admins alone', async () => {
    expect(buttonsOf(await plumb.home('sam'))).not.toContain('our-words');
    expect(said(await plumb.asksForForm('sam', 'our-words'))).toBe(refused());
    expect(said(await submits({ teams: 'hunters' }, 'sam'))).toBe(refused());
    expect((await settings()).vocabulary.teams).toEqual([]);
  });
});

describe('the external language model', () => {
  const gone = () => play.prompts.words.plain('notice.unknown-target');

  it('is not spoken of where none is configured', async () => {
    expect(buttonsOf(await plumb.home('priya'))).not.toContain('external-model');
    expect(await plumb.homeText('priya')).not.toContain(play.prompts.words.plain('home.model'));
    expect(said(await plumb.asksForForm('priya', 'external-model'))).toBe(gone());
    expect(said(await plumb.submits('priya', 'submit-external-model', { conversations: 'true', hearing: 'true' }))).toBe(gone());
    expect((await settings()).externalModel).toBeUndefined();
  });

  describe('where one is configured', () => {
    beforeEach(async () => {
      await play.ends();
      await open('configured');
    });

    it('reads conversations and nothing before, until an admin chooses', async () => {
      const form = formIn(await plumb.asksForForm('priya', 'external-model'));
      expect([input(form, 'conversations').value, input(form, 'hearing').value]).toEqual(['true', 'false']);
      expect(said(await plumb.submits('priya', 'submit-external-model', { conversations: 'false', hearing: 'true' }))).toBe(saved());
      expect((await settings()).externalModel).toEqual({ conversations: false, hearing: true });
      expect(await plumb.homeText('priya')).toContain('Messages before anybody started may be read');
    });

    it('is for admins alone to choose', async () => {
      expect(buttonsOf(await plumb.home('dana'))).not.toContain('external-model');
      expect(said(await plumb.asksForForm('dana', 'external-model'))).toBe(refused());
      expect(said(await plumb.submits('dana', 'submit-external-model', { conversations: 'true', hearing: 'true' }))).toBe(refused());
      expect((await settings()).externalModel).toBeUndefined();
    });
  });
});
