import { describe, expect, it } from '@jest/globals';
import type { Signal } from '../../src/domain/coaching-state.ts';
import type { HeardCue } from '../../src/domain/cues.ts';
import { withProposedQuestions } from '../../src/domain/proposed-questions.ts';

const now = Date.UTC(2026, 10, 23, 9);
const quote = { textId: 'm1', start: 0, end: 9 };
const wording = { textId: 'm1#asked', start: 0, end: 30 };
const proposed = (detail: string, at = now): HeardCue => ({
  cue: 'proposed-question',
  detail,
  quote,
  wording,
  by: 'dana',
  side: 'requester',
  messageRef: 'm1',
  at,
});
const seen: Signal = { trigger: 'no-owner', evidence: [], about: { missing: 'owner' }, sure: true };
const coachingWith = (...cues: HeardCue[]) => ({ coaching: { cues, prompts: [], decisions: [] } });

describe('a question that a model proposed', () => {
  it('takes the place of the wording where Plumb sees the same occasion', () => {
    expect(withProposedQuestions([seen], coachingWith(proposed('no-owner')), now)).toEqual([{ ...seen, wording }]);
  });

  it('is an occasion of its own, in the order of value, and never sure', () => {
    const signals = withProposedQuestions([seen], coachingWith(proposed('upstream-cause')), now);
    expect(signals).toEqual([{ trigger: 'upstream-cause', evidence: [{ quote, by: 'dana', messageRef: 'm1' }], about: {}, sure: false, wording }, seen]);
  });

  it('is left alone when it is old, or not of the list', () => {
    expect(withProposedQuestions([seen], coachingWith(proposed('upstream-cause', now - 16 * 60_000), proposed('buy-my-course')), now)).toEqual([seen]);
  });
});
