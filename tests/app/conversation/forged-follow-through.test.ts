import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { actionIds } from '../../../src/views/actions.ts';
import { participantsOnly } from '../../../src/views/forms.ts';
import { answers, request } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';
import { day } from './stage.ts';

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
  await play.dana.presses('continue-privately');
  await play.priya.presses('claim', { on: play.chatPosts('priya')[0] });
  for (let asked = await play.asked(); asked && asked !== 'reinforcement'; asked = await play.asked()) await play.dana.tells(answers[asked]);
  await play.dana.tells("I'll send the quokka list by Friday.");
  await play.dana.presses('write-brief');
  await play.dana.submits({ submit: 'submit-audience', value: { alignment: (await play.alignment()).id } }, { audience: participantsOnly });
  await play.dana.presses('looks-right', { on: play.dana.find('looks-right').post });
  await play.priya.presses('looks-right', { on: play.chatPosts('priya').at(-1) });
  const { id } = await play.alignment();
  await play.dana.submits({ submit: 'submit-open-point', value: { alignment: id } }, { point: 'budget', person: 'tomas', due: '2026-12-04' });
  await play.dana.submits(
    { submit: 'submit-vendor-answer', value: { alignment: id } },
    { words: 'We start with a numbat workshop for the managers in March.' },
  );
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

/** What nobody but those who lead it may read or open: what was answered, promised, asked of the house, and what a vendor wrote. */
const secret = /submit-open-answer|submit-open-later|submit-end|quokka|numbat|grow revenue|Second meetings|RevOps|Hospital/i;

const kept = async () => {
  const {
    promises,
    openPoints,
    vendorAnswers,
    signedVersion,
    status,
    partners,
    audience,
    answers: given,
    review,
  } = { review: undefined, ...(await play.alignment()) };
  return JSON.stringify([{ promises, openPoints, vendorAnswers, signedVersion, status, partners, audience, given, review }, await play.programme()]);
};

it('nothing of a private brief, its promises, open points, files, figures and answers is given to, or changed by, a forged card', async () => {
  const { id, promises = [], openPoints = [], vendorAnswers = [] } = await play.alignment();
  expect([await play.status(), promises.length, openPoints.length, vendorAnswers.length]).toEqual(['aligned', 1, 1, 1]);
  await play.passes(day);
  const before = await kept();
  const shown = play.platform.sends.length;
  const value = {
    alignment: id,
    programme: id,
    promise: promises[0]?.id ?? '',
    point: 'budget',
    answer: vendorAnswers[0]?.id ?? '',
    line: 'contribution',
    question: 'driver',
    version: '1',
    week: '2026-W49',
    person: 'keiko',
    format: 'data',
  };
  const inputs = {
    answer: 'Nine',
    due: '2026-12-10',
    words: 'Nine words',
    person: 'sam',
    point: 'budget',
    end: '2027-01-29',
    question: 'driver',
    reason: 'No',
    as: 'document-markdown',
  };
  const responses: string[] = [];
  for (const action of actionIds) {
    // About whoever presses, or an answer of one's own from outside.
    if (['forget-me', 'nudge-opt-out', 'nudge-opt-in', 'my-data', 'export-my-data'].includes(action)) continue;
    responses.push(JSON.stringify(await play.sam.forges(action, value, inputs)));
    responses.push(JSON.stringify(await play.sam.requests(action, value)));
    responses.push(JSON.stringify(await play.sam.submits({ submit: action, value }, inputs)));
  }
  expect(responses.filter((response) => secret.test(response))).toEqual([]);
  expect(await kept()).toBe(before);
  const told = play.platform.sends.slice(shown).filter(({ to }) => to.kind !== 'person' || to.personId === 'sam');
  expect(JSON.stringify(told)).not.toMatch(secret);
  for (const { place, card } of play.stage.posts()) if (place !== 'dm:dana' && place !== 'dm:priya') expect(cardText(card)).not.toMatch(/quokka|numbat/i);
});

it("nobody else's file of what Plumb keeps can be had by naming them", async () => {
  const file = await play.sam.submits({ submit: 'export-my-data', value: { person: 'dana', personId: 'dana' } }, { format: 'data', person: 'dana' });
  expect(JSON.stringify(file)).not.toMatch(secret);
  expect(file).toMatchObject({ kind: 'file' });
});
