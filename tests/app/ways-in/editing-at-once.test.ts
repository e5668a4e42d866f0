import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Form } from '../../../src/views/card.ts';
import { answers, reachReview, request } from '../conversation/answers.ts';
import { openPlay, type Play } from '../conversation/play.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const other = 'Churn in the existing accounts rose to 14 % last quarter, and the board wants it back under 8 %.';

/** What stands in the fields of a form as it was opened, as a platform sends all of them back. */
function filledIn(form: Form): Record<string, string> {
  return Object.fromEntries(form.blocks.flatMap((block) => (block.type === 'input' ? [[block.id, block.value ?? ''] as const] : [])));
}
const bothStand = (label: string) => play.prompts.words.plain('notice.both-stand', { labels: label });

describe('two people editing', () => {
  beforeEach(() => play.dana.says(answers.driver));

  it('do not overwrite what they did not touch', async () => {
    const early = await play.dana.opens('answer-in-form');
    const late = await play.tomas.opens('answer-in-form');
    await play.tomas.submits(late, { ...filledIn(late), driver: other });
    const standing = await play.words('driver');
    expect(standing.join(' ')).toContain('Churn');
    await play.dana.submits(early, { ...filledIn(early), context: answers.context });
    expect(await play.words('driver')).toEqual(standing);
    expect(await play.words('context')).toEqual([answers.context]);
  });

  it('lose nothing where both changed the same answer, and the later one is told', async () => {
    const [danas, tomas] = [await play.dana.opens('answer-in-form'), await play.tomas.opens('answer-in-form')];
    await play.tomas.submits(tomas, { ...filledIn(tomas), driver: other });
    const before = await play.words('driver');
    const response = await play.dana.submits(danas, {
      ...filledIn(danas),
      driver: 'We have to win 20 new logos by June, or the plan for the year falls apart.',
    });
    const now = await play.words('driver');
    expect(now).toEqual([...before, expect.stringContaining('20 new logos')]);
    expect(response).toEqual({ kind: 'notice', text: bothStand('business driver') });
  });

  it('lose nothing where one answered in the thread meanwhile', async () => {
    const form = await play.dana.opens('answer-in-form');
    await play.tomas.says(answers.context);
    await play.tomas.says('@Plumb the context is hospital groups with a central purchasing team.');
    const stands = await play.words('context');
    await play.dana.submits(form, { ...filledIn(form), context: 'Only clinics in the north, who buy once a year.' });
    expect(await play.words('context')).toEqual([...stands, 'Only clinics in the north, who buy once a year.']);
  });

  it('may say the same, which then stands once', async () => {
    const [danas, tomas] = [await play.dana.opens('answer-in-form'), await play.tomas.opens('answer-in-form')];
    await play.tomas.submits(tomas, { ...filledIn(tomas), budget: answers.budget });
    expect(await play.dana.submits(danas, { ...filledIn(danas), budget: answers.budget })).toEqual({ kind: 'nothing' });
    expect(await play.words('budget')).toEqual([answers.budget]);
  });

  it('replace what is theirs to replace where nobody else was faster', async () => {
    const form = await play.dana.opens('answer-in-form');
    await play.dana.submits(form, { ...filledIn(form), driver: other });
    expect(await play.words('driver')).toEqual([other]);
  });

  it('put right what they said themselves meanwhile', async () => {
    const form = await play.dana.opens('answer-in-form');
    await play.dana.says('Keiko Mori owns this on the business side.');
    await play.dana.submits(form, { ...filledIn(form), owner: 'Tomas Herrera' });
    expect(await play.words('owner')).toEqual(['Tomas Herrera']);
  });

  it('take nothing back by emptying a field or leaving it out', async () => {
    const form = await play.dana.opens('answer-in-form');
    const before = await play.words('driver');
    expect(await play.dana.submits(form, { ...filledIn(form), driver: '' })).toEqual({ kind: 'nothing' });
    expect(await play.dana.submits(form, {})).toEqual({ kind: 'nothing' });
    expect(await play.words('driver')).toEqual(before);
  });

  it('change nothing by writing the same with other blanks', async () => {
    const form = await play.dana.opens('answer-in-form');
    const before = await play.alignment();
    await play.dana.submits(form, { driver: ` ${(filledIn(form)['driver'] ?? '').replace(/ /g, '\r\n')} ` });
    expect((await play.alignment()).answers).toEqual(before.answers);
  });

  it('with a forged or an older form are held against what stands now', async () => {
    const form = await play.dana.opens('answer-in-form');
    const { alignment = '' } = form.value;
    await play.tomas.submits(form, { driver: other });
    for (const value of [{ alignment }, { alignment, shown: 'x' }, { alignment, shown: '.'.repeat(11) }])
      await play.dana.submits({ ...form, value }, { driver: (await play.words('driver')).join('\n') });
    expect((await play.words('driver')).join()).toContain('Churn');
  });

  it('carry little along', async () => {
    const form = await play.dana.opens('answer-in-form');
    expect(JSON.stringify(form.value).length).toBeLessThan(250);
    expect(JSON.stringify(form.value)).not.toContain('grow');
  });
});

it('two people who change one answer of the draft both stand', async () => {
  await reachReview(play);
  const [danas, keikos] = [await play.dana.picksLine('Hospital groups'), await play.keiko.picksLine('Hospital groups')];
  await play.keiko.submits(keikos, { answer: 'Only hospital groups in the north.' });
  expect(await play.words('context')).toEqual(['Only hospital groups in the north.']);
  const response = await play.dana.submits(danas, { answer: 'Hospital groups and dental chains.' });
  expect(await play.words('context')).toEqual(['Only hospital groups in the north.', 'Hospital groups and dental chains.']);
  expect(response).toMatchObject({ kind: 'notice' });
});
