import { describe, expect, it } from '@jest/globals';
import { checkBrief, dialogueReport } from '../eval/dialogue-report.ts';
import type { DialogueLine } from '../eval/formats.ts';
import type { PlayedDialogue } from '../eval/play-dialogue.ts';

const answer = (status: 'clear' | 'thin' | 'unknown') => ({ text: 'words', status, by: 'ann', turns: [1] });

function line(expect: Partial<DialogueLine['expect']>, turns: DialogueLine['turns'] = [{ by: 'ann', text: 'hi' }]): DialogueLine {
  return { id: 'd', people: [{ id: 'ann', name: 'Ann', role: 'sales-leader', tz: 'Europe/London' }], turns, expect };
}

function played(more: Partial<PlayedDialogue>): PlayedDialogue {
  return {
    id: 'd',
    opening: { turn: 0, how: 'heard' },
    answers: {},
    taken: {},
    livePrompts: [],
    challenges: [],
    decisions: [],
    mostOpen: 0,
    posts: [],
    brief: null,
    status: 'clarifying',
    inStep: { right: 0, of: 0 },
    faults: [],
    ...more,
  };
}

const report = (...outcomes: [DialogueLine, PlayedDialogue][]) => dialogueReport(outcomes.map(([of, what]) => ({ line: of, played: what, ms: 1 })));

describe('the figures of dialogues', () => {
  it('compare which questions ended answered, clear or thin, with those that have a gold answer', () => {
    const expected = line({ answers: { driver: 'x', owner: 'y', budget: 'z', context: null } });
    const ended = played({ answers: { driver: answer('clear'), owner: answer('unknown'), budget: answer('thin'), context: answer('clear') } });
    // Answered: driver, budget, context; expected: driver, owner, budget.
    expect(report([expected, ended])).toMatchObject({ answers_precision: 0.6667, answers_recall: 0.6667, answers_f1: 0.6667 });
  });

  it('tell whether what replies to a question was taken for it, and what else was taken', () => {
    const turns: DialogueLine['turns'] = [
      { by: 'ann', text: 'request' },
      { by: 'ann', text: 'a', replyTo: 'driver' },
      { by: 'ann', text: 'b', replyTo: 'owner' },
      { by: 'ann', text: 'skip', replyTo: 'budget' },
      { by: 'ann', text: 'lunch' },
      { by: 'ann', text: 'tea' },
    ];
    const of = played({ taken: { 0: ['driver'], 1: ['driver', 'context'], 2: ['driver'], 4: ['owner'] } });
    expect(report([line({ answers: { driver: 'x', owner: 'y', budget: null } }, turns), of])).toMatchObject({ turns_placed: 0.5, turns_taken_otherwise: 0.5 });
  });

  it('call a prompt right when its trigger is expected, whenever it came', () => {
    const prompt = (trigger: string) => ({ trigger, turn: 3, text: '', evidence: '' });
    const of = played({ livePrompts: [prompt('no-owner'), prompt('no-owner'), prompt('panic')] });
    expect(report([line({ livePromptsExpected: ['no-owner', 'stalled'] }), of]).prompts).toMatchObject({ precision: 0.6667, recall: 0.5 });
  });

  it('say of each trigger how often it came and was right, and in how many dialogues it was expected and found', () => {
    const prompt = (trigger: string) => ({ trigger, turn: 3, text: '', evidence: '' });
    const one: [DialogueLine, PlayedDialogue] = [
      line({ livePromptsExpected: ['no-owner', 'stalled'] }),
      played({ livePrompts: ['no-owner', 'panic'].map(prompt) }),
    ];
    const other: [DialogueLine, PlayedDialogue] = [line({ livePromptsExpected: ['panic'] }), played({ livePrompts: ['no-owner'].map(prompt) })];
    expect(report(one, other).prompts.by_trigger).toEqual({
      'no-owner': { shown: 2, right: 1, expected: 1, found: 1 },
      panic: { shown: 1, right: 0, expected: 1, found: 0 },
      stalled: { shown: 0, right: 0, expected: 1, found: 0 },
    });
  });

  it('tell how many prompts a conversation with a partner got, and the most that were open at once', () => {
    const prompts = (count: number) => Array.from({ length: count }, () => ({ trigger: 'panic', turn: 3, text: '', evidence: '' }));
    const alone = line({});
    const partnered = { ...alone, people: [...alone.people, { id: 'bo', name: 'Bo', role: 'ld-partner' as const, tz: 'Europe/Oslo' }] };
    const { prompts: figures } = report(
      [alone, played({})],
      [partnered, played({ livePrompts: prompts(2), mostOpen: 1 })],
      [partnered, played({ livePrompts: prompts(5), mostOpen: 2 })],
    );
    expect([figures.median_shown, figures.most_open]).toEqual([3.5, 2]);
  });

  it('call a challenge false where the dialogue lists no contradiction', () => {
    const challenge = { turn: 1, text: '', evidence: '' };
    const found: [DialogueLine, PlayedDialogue] = [line({ contradictions: ['a'] }), played({ challenges: [challenge] })];
    const missed: [DialogueLine, PlayedDialogue] = [line({ contradictions: ['a'] }), played({})];
    const decoy: [DialogueLine, PlayedDialogue] = [line({ contradictions: [] }), played({ challenges: [challenge] })];
    const quiet: [DialogueLine, PlayedDialogue] = [line({ contradictions: [] }), played({})];
    expect(report(found, missed, decoy, quiet).contradictions).toMatchObject({ recall: 0.5, false_per_10: 5 });
  });

  it('count the turns from the one in which a contradiction shows to the first challenge', () => {
    const challenges = [4, 9].map((turn) => ({ turn, text: '', evidence: '' }));
    const named = line({ contradictions: ['Turn 0 asks for closing, but turn 3 shows that nobody was met; turn 8 confirms it'] });
    const { contradictions } = report([named, played({ challenges })], [line({ contradictions: ['somewhere'] }), played({ challenges })]);
    expect(contradictions.median_turns_after).toBe(1);
    expect(contradictions.came.map(({ turn, shows }) => [turn, shows])).toEqual([
      [4, 3],
      [9, 3],
      [4, null],
      [9, null],
    ]);
  });

  it('count new posts at channel level, and not edits of them', () => {
    const post = { turn: 1, text: 'brief', audience: 'channel' };
    expect(report([line({}), played({ posts: [post, { ...post, edits: true }, { ...post, audience: 'thread' }] })]).posts_at_channel_level).toBe(1);
  });

  it('are null where nothing is expected', () => {
    const { answers_f1, prompts, contradictions, turns_placed, in_step } = report([line({}), played({})]);
    expect([answers_f1, prompts, contradictions, turns_placed, in_step]).toEqual([
      null,
      { precision: null, recall: null, median_shown: null, most_open: 0, by_trigger: {} },
      { recall: null, recall_put: null, false_per_10: null, median_turns_after: null, came: [] },
      null,
      null,
    ]);
  });
});

describe('what a brief says', () => {
  it('is checked by key words, endings aside', () => {
    const brief = { text: 'They quoted 97 of the 318 handovers in writing. The owner is Carol Friesen.' } as PlayedDialogue['brief'];
    const { mustSay, mustNotSay } = checkBrief(
      line({ briefMustSay: ['97 of 318 handovers quoted', 'pilot in Yorkton'], briefMustNotSay: ['owner Doug Hrycak'] }),
      { brief },
    );
    expect(mustSay.map(({ said }) => said)).toEqual([true, false]);
    expect(mustNotSay.map(({ said }) => said)).toEqual([false]);
  });

  it('is nothing where there is none', () => {
    expect(checkBrief(line({ briefMustSay: ['97 of 318'] }), { brief: null }).mustSay).toEqual([{ sentence: '97 of 318', said: false }]);
  });
});
