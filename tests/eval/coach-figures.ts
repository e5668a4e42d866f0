import { type Figure, median, share } from './figures.ts';
import type { DialogueLine } from './formats.ts';
import type { PlayedDialogue } from './play-dialogue.ts';
import type { NotedDecision, PutChallenge } from './watch-coach.ts';

type Coached = { line: DialogueLine; played: Pick<PlayedDialogue, 'livePrompts' | 'challenges' | 'decisions' | 'mostOpen'> };

/** `shown` and `right` count prompts; `expected` and `found` count dialogues. */
export type TriggerFigures = { shown: number; right: number; expected: number; found: number };
export type PromptFigures = {
  precision: Figure;
  recall: Figure;
  /** Prompts in a conversation that an L&D partner takes part in: the median, and the most that one person had open at once. */
  median_shown: Figure;
  most_open: number;
  by_trigger: Record<string, TriggerFigures>;
};
export type ContradictionFigures = {
  recall: Figure;
  /** Of all contradictions: Plumb itself put it, or handed it to a partner, before people had decided it. */
  recall_put: Figure;
  false_per_10: Figure;
  /** Turns from the one in which the contradiction shows to the first challenge. */
  median_turns_after: Figure;
  /** Every challenge: `shows` is the turn that the file names, null where it names none or lists no contradiction. */
  came: { id: string; turn: number; shows: number | null }[];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** A prompt is right when its trigger is expected, whenever it came; an expected one is found when it came at least once. */
export function promptFigures(outcomes: readonly Coached[]): PromptFigures {
  const judged = outcomes.flatMap(({ line, played }) =>
    line.expect.livePromptsExpected ? [{ expected: new Set(line.expect.livePromptsExpected), shown: played.livePrompts.map(({ trigger }) => trigger) }] : [],
  );
  const triggers = [...new Set(judged.flatMap(({ expected, shown }) => [...expected, ...shown]))].sort();
  const figures = triggers.map((trigger): [string, TriggerFigures] => {
    const times = judged.map(({ expected, shown }) => ({ isExpected: expected.has(trigger), shown: shown.filter((one) => one === trigger).length }));
    const expected = times.filter(({ isExpected }) => isExpected);
    const found = expected.filter((of) => of.shown > 0).length;
    return [trigger, { shown: sum(times.map((of) => of.shown)), right: sum(expected.map((of) => of.shown)), expected: expected.length, found }];
  });
  const total = (key: keyof TriggerFigures): number => sum(figures.map(([, of]) => of[key]));
  const withPartner = outcomes.filter(({ line }) => line.people.some(({ role }) => role === 'ld-partner'));
  return {
    precision: share(total('right'), total('shown')),
    recall: share(total('found'), total('expected')),
    median_shown: median(withPartner.map(({ played }) => played.livePrompts.length)),
    most_open: Math.max(0, ...outcomes.map(({ played }) => played.mostOpen)),
    by_trigger: Object.fromEntries(figures),
  };
}

/**
 * A contradiction is found when its dialogue got a challenge, or people settled it themselves and Plumb noted what was decided; each challenge and each
 * change that was noted is false where the dialogue lists none. That somebody keeps their request is no fault there.
 */
export function contradictionFigures(outcomes: readonly Coached[]): ContradictionFigures {
  const judged = outcomes.flatMap(({ line, played }) =>
    line.expect.contradictions
      ? [
          {
            id: line.id,
            shows: showsAt(line.expect.contradictions),
            listed: line.expect.contradictions.length,
            put: played.challenges,
            made: [...played.challenges, ...played.decisions],
          },
        ]
      : [],
  );
  const withSome = judged.filter(({ listed }) => listed > 0);
  const decoys = judged.filter(({ listed }) => listed === 0);
  const isFalse = (one: PutChallenge | NotedDecision) => !('outcome' in one) || one.outcome === 'changed';
  const falseOnes = share(sum(decoys.map(({ made }) => made.filter(isFalse).length)), decoys.length);
  const first = withSome.flatMap(({ made: [challenge], shows }) => (challenge && shows !== null ? [challenge.turn - shows] : []));
  return {
    recall: share(withSome.filter(({ made }) => made.length > 0).length, withSome.length),
    recall_put: share(withSome.filter(({ put }) => put.length > 0).length, withSome.length),
    false_per_10: falseOnes === null ? null : Math.round(falseOnes * 1_000) / 100,
    median_turns_after: median(first),
    came: judged.flatMap(({ id, shows, made }) => made.map(({ turn }) => ({ id, turn, shows }))),
  };
}

/** The files say it in words ("Turn 0 asks …, but turn 9 shows …"): it can be seen once the second turn that is named was said. */
function showsAt(contradictions: readonly unknown[]): number | null {
  const turns = contradictions.flatMap((one) => {
    const named = typeof one === 'string' ? [...one.matchAll(/\bturns? (\d+)/gi)].map(([, number]) => Number(number)) : [];
    const [, second] = [...new Set(named)].sort((a, b) => a - b);
    return second ?? named.slice(0, 1);
  });
  return turns.length === 0 ? null : Math.min(...turns);
}
