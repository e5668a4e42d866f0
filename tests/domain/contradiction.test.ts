import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../src/domain/command.ts';
import { contradictionFeatures, likelyContradiction, tellingKinds } from '../../src/domain/contradiction.ts';
import type { CueKind, HeardCue, Side } from '../../src/domain/cues.ts';
import { claims, conversation, only, says, signal } from './given-coaching.ts';

type Heard = readonly [side: Side, cue: CueKind, likely?: number];

/** The request is m0; each line of the talk is a message of its own. */
function talk(...messages: readonly (readonly Heard[])[]): HeardCue[] {
  return messages.flatMap((heard, at) =>
    heard.map(([side, cue, likely]): HeardCue => {
      const messageRef = `m${at}`;
      return { cue, quote: { textId: messageRef, start: 0, end: 9 }, by: side, side, messageRef, at, ...(likely !== undefined && { likely, faint: true }) };
    }),
  );
}
const featuresOf = (...messages: readonly (readonly Heard[])[]) => contradictionFeatures(talk(...messages), 'm0');
const likely = (...messages: readonly (readonly Heard[])[]) => likelyContradiction(featuresOf(...messages));
const request: readonly Heard[] = [['requester', 'fuzzy-topic']];

describe('what a conversation tells of the request', () => {
  it('is near nothing where nobody has said anything, and more with each thing that speaks against it', () => {
    const fact: readonly Heard[] = [['other', 'elsewhere']];
    const hindrance: readonly Heard[] = [['other', 'obstacle']];
    const put: readonly Heard[] = [['partner', 'either-or']];
    const steps = [likely(request), likely(request, fact), likely(request, fact, hindrance), likely(request, fact, hindrance, put)];
    expect(steps[0]).toBeLessThan(0.3);
    expect(steps.toSorted((one, other) => one - other)).toEqual(steps);
    expect(steps.at(-1)).toBeGreaterThan(0.66);
  });

  it('is less once whoever asked has settled what was brought up, or it was shown that people do not know how', () => {
    const fact: readonly Heard[] = [['other', 'elsewhere']];
    expect(likely(request, fact, [['requester', 'settled']])).toBeLessThan(likely(request, fact));
    expect(likely([...request, ['requester', 'lacks-skill']], fact)).toBeLessThan(likely(request, fact));
  });

  it('adds up what nobody could be sure of, and makes little of one such thing', () => {
    const faint: readonly (readonly Heard[])[] = [
      [['other', 'elsewhere', 0.3]],
      [['other', 'knows-how', 0.3]],
      [['other', 'obstacle', 0.4]],
      [['partner', 'either-or', 0.4]],
      [['requester', 'changes-focus', 0.3]],
    ];
    expect(likely(request, ...faint)).toBeGreaterThan(0.55);
    for (const one of faint) expect(likely(request, one)).toBeLessThan(0.4);
  });

  it('knows what came after what: coming round says more after the facts than before them', () => {
    const [round, fact]: readonly (readonly Heard[])[] = [[['requester', 'changes-focus']], [['other', 'elsewhere']]];
    const name = 'comes round after facts';
    expect(featuresOf(request, round ?? [], fact ?? []).get(name)).toBe(0);
    expect(featuresOf(request, fact ?? [], round ?? []).get(name)).toBe(1);
  });

  it('has the same names whatever was said, each between nothing and one, so that weights fit', () => {
    const all = featuresOf(
      tellingKinds.map((kind) => ['requester', kind]),
      ...tellingKinds.map((kind): Heard[] => [['other', kind, 0.2]]),
    );
    expect([...all.keys()]).toEqual([...featuresOf(request).keys()]);
    expect([...all.values()].every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

describe('what may only have been said', () => {
  /** The same message, in which it was heard or only may have been said. */
  const turns = (isFaint: boolean) => {
    const faintly = (command: Command): Command => {
      if (!isFaint || command.type !== 'HearCues') return command;
      return { ...command, cues: command.cues.map((cue): HeardCue => ({ ...cue, likely: 0.3, faint: true })) };
    };
    const heard = conversation(claims());
    heard.turn([says('leader', 'm2', 'whole-force')], [signal('strategy-conflict')]);
    heard.turn([faintly(says('partner', 'm3', 'either-or'))], [signal('strategy-conflict')]);
    return heard.turn([faintly(says('leader', 'm4', 'changes-focus', 'narrowed'))]);
  };

  it('decides nothing and agrees on no first group, as it does once it was heard', () => {
    expect(only(turns(false), 'FocusDecided', 'PilotAgreed')).toHaveLength(2);
    expect(only(turns(true), 'FocusDecided', 'PilotAgreed')).toEqual([]);
  });
});
