import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { briefLines, buildBrief, originsOf } from '../../src/domain/brief.ts';
import { differenceOf } from '../../src/domain/brief-difference.ts';
import { type Answer, questionIds } from '../../src/domain/questions.ts';
import type { Core, StartedAlignment } from '../../src/domain/state.ts';
import { DAY } from './given.ts';

const NINE = Date.UTC(2026, 10, 23, 9);
const quote = (textId: string) => ({ textId, start: 0, end: 5 });

function answer(change: Partial<Answer>): Answer {
  const questionId = change.questionId ?? 'driver';
  return {
    questionId,
    status: 'clear',
    source: 'said',
    by: 'dana',
    at: NINE,
    messageRef: 'm2',
    act: 'a2',
    effect: 'replaces',
    text: quote(questionId),
    ...change,
  };
}

function clarifying(given: readonly Answer[], change: Partial<Core> = {}): StartedAlignment {
  const answers = Object.fromEntries(questionIds.map((id) => [id, given.filter((one) => one.questionId === id)]).filter(([, list]) => list?.length));
  return {
    status: 'clarifying',
    id: 'al-1',
    conversation: { channel: 'room', tenant: 't', place: 'sales', thread: 'm1' },
    requester: 'dana',
    startedBy: 'dana',
    openedAt: NINE,
    request: quote('request'),
    requestMessage: 'm1',
    understood: { topic: quote('topic') },
    reasons: [],
    answers,
    followedUp: [],
    timesAsked: {},
    pace: 'all',
    partners: [],
    volunteers: [],
    privately: false,
    lapsed: [],
    audience: { kind: 'participants' },
    lastActivityAt: NINE,
    remindersSent: 0,
    acts: [],
    seenActs: [],
    waitingFor: [],
    draftVersion: 0,
    signedVersion: 0,
    ...change,
  };
}

const link = (state: StartedAlignment, name: string) => buildBrief(state).chain.find((one) => one.link === name)?.lines;

describe('the brief', () => {
  it('has the original words of the request with who said them', () => {
    expect(buildBrief(clarifying([])).askedFor).toEqual({ quote: quote('request'), by: 'dana', at: NINE, messageRef: 'm1' });
  });

  it('fills the alignment chain from the answers and shows what nobody said as missing', () => {
    const state = clarifying([answer({ questionId: 'driver' }), answer({ questionId: 'contribution', by: 'tom', messageRef: 'm3' })]);
    expect(link(state, 'objective')).toMatchObject([{ questionId: 'driver', by: 'dana', messageRef: 'm2' }]);
    expect(link(state, 'outcomes')).toMatchObject([{ questionId: 'contribution', by: 'tom', messageRef: 'm3' }]);
    expect(link(state, 'competencies')).toEqual([]);
    expect(link(state, 'current-level')).toEqual([]);
    expect(link(state, 'measurement')).toEqual([]);
  });

  it('keeps what two people said beside each other, and leaves out what was replaced', () => {
    const state = clarifying([
      answer({ text: quote('old') }),
      answer({ text: quote('new'), messageRef: 'm3' }),
      answer({ text: quote('more'), by: 'tom', effect: 'adds', messageRef: 'm4' }),
    ]);
    expect(briefLines(buildBrief(state), 'driver').map((line) => [line.quote.textId, line.by])).toEqual([
      ['new', 'dana'],
      ['more', 'tom'],
    ]);
  });

  it('lists what is not clear with the person it hangs on', () => {
    const state = clarifying([
      answer({ questionId: 'driver', status: 'thin' }),
      answer({ questionId: 'budget', status: 'unknown', by: 'tom' }),
      answer({ questionId: 'owner', status: 'delegated', delegatedTo: { personId: 'priya', privately: true } }),
    ]);
    const points = buildBrief(state).openPoints;
    expect(points.find((point) => point.questionId === 'driver')).toEqual({ questionId: 'driver', reason: 'thin', who: 'dana' });
    expect(points.find((point) => point.questionId === 'budget')).toEqual({ questionId: 'budget', reason: 'unknown', who: 'tom' });
    expect(points.find((point) => point.questionId === 'owner')).toEqual({ questionId: 'owner', reason: 'delegated', who: 'priya' });
    expect(points.find((point) => point.questionId === 'context')).toEqual({ questionId: 'context', reason: 'open' });
    expect(points).toHaveLength(questionIds.length);
  });

  it('has a KPI with the message it came from', () => {
    const kpis = [{ name: quote('k'), baseline: quote('b'), leading: true }];
    const state = clarifying([answer({ questionId: 'leading-kpis', facts: { kpis }, messageRef: 'm9' })]);
    expect(buildBrief(state).kpis).toEqual([{ name: quote('k'), baseline: quote('b'), leading: true, by: 'dana', at: NINE, messageRef: 'm9' }]);
  });

  it('has the version of the draft under review and its signatures by side', () => {
    const signature = { by: 'dana', as: 'requester', at: NINE, version: 3 } as const;
    const { status: _, ...core } = clarifying([]) as Extract<StartedAlignment, { status: 'clarifying' }>;
    const brief = buildBrief({ ...core, status: 'reviewing', review: { version: 3, startedAt: NINE, signatures: [signature] } });
    expect(brief.version).toBe(3);
    expect(brief.signOff).toEqual([
      { side: 'business', signatures: [signature] },
      { side: 'partner', signatures: [] },
    ]);
  });
});

describe('who said what stands in a table', () => {
  it('is named once for each sitting, by its last word, and each person for themselves', () => {
    const minute = 60_000;
    const said = [
      { by: 'leader', at: 3 * minute },
      { by: 'leader', at: minute },
      { by: 'partner', at: 2 * minute },
      { by: 'leader', at: 2 * minute },
      { by: 'leader', at: 2 * DAY },
    ];
    expect(originsOf(said)).toEqual([
      { by: 'leader', at: 3 * minute },
      { by: 'partner', at: 2 * minute },
      { by: 'leader', at: 2 * DAY },
    ]);
  });
});

describe('what differs between two versions', () => {
  it('is what was and what is, with who said it', () => {
    const before = buildBrief(clarifying([answer({ text: quote('old') })]));
    const after = buildBrief(clarifying([answer({ text: quote('new'), by: 'tom' })], { understood: { topic: quote('topic'), deadline: quote('march') } }));
    const { understood, answers } = differenceOf(before, after);
    expect(understood).toEqual([{ part: 'deadline', is: quote('march') }]);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ questionId: 'driver', was: [{ quote: quote('old'), by: 'dana' }], is: [{ quote: quote('new'), by: 'tom' }] });
  });

  it('is nothing when the same words were taken once more', () => {
    const again = buildBrief(clarifying([answer({ at: NINE + 60_000, act: 'other' })]));
    expect(differenceOf(buildBrief(clarifying([answer({})])), again)).toEqual({ understood: [], answers: [] });
  });
});

const arbitraryAnswer = fc
  .record({
    questionId: fc.constantFrom(...questionIds),
    status: fc.constantFrom('clear', 'thin', 'unknown', 'skipped', 'delegated'),
    by: fc.constantFrom('dana', 'tom', 'priya'),
    at: fc.integer({ min: NINE, max: NINE + 10_000 }),
    messageRef: fc.constantFrom('m2', 'm3', 'm4'),
    act: fc.string(),
    effect: fc.constantFrom('replaces', 'adds'),
    text: fc.option(fc.record({ textId: fc.string({ minLength: 1 }), start: fc.nat(), end: fc.nat() }), { nil: undefined }),
  })
  .map(({ text, ...rest }): Answer => ({ ...rest, source: 'said', ...(text && { text }) }) as Answer);

describe('every statement of any brief', () => {
  it('is somebody’s answer, word for word, and traces to the message it came from', () => {
    fc.assert(
      fc.property(fc.array(arbitraryAnswer, { maxLength: 30 }), (given) => {
        const state = clarifying(given);
        const brief = buildBrief(state);
        const lines = [...brief.about, ...brief.chain.flatMap((one) => one.lines), ...questionIds.flatMap((id) => briefLines(brief, id))];
        for (const line of lines) {
          // What somebody did not know, skipped or passed on is no statement, even where words came with it.
          expect(['clear', 'thin']).toContain(line.status);
          const source = given.find((one) => one.text === line.quote);
          expect(source).toMatchObject({ questionId: line.questionId, by: line.by, at: line.at, messageRef: line.messageRef, status: line.status });
        }
        // What is clear is not an open point at the same time.
        for (const id of questionIds) {
          const clear = briefLines(brief, id).some((line) => line.status === 'clear');
          if (clear) expect(brief.openPoints.map((point) => point.questionId)).not.toContain(id);
        }
      }),
    );
  });
});
