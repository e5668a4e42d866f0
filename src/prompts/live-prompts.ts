import { z } from 'zod';
import { type TriggerId, triggerIds } from '../domain/triggers.ts';
import { slotPattern } from '../views/wording.ts';
import { type Article, ArticleId, checked, recordOf, Sentence, type SourceFile, Variants, wrong } from './source.ts';

/** What a wording of the coach may leave open; what each is stands on top of live-prompts.yaml. */
const promptSlots = ['topic', 'words', 'turned', 'hindrance', 'symptom', 'fact', 'focus', 'cause', 'meanings', 'audience', 'objective'] as const;
/** Besides those, Plumb's own challenge may quote the request. */
const challengeSlots = [...promptSlots, 'request'] as const;

/** What a live prompt says. Of `why` (why now) and `ask`, the first wording whose slots are all known is used; the last has none. `because` answers "Why?". */
export type LivePromptText = { why: readonly string[]; ask: readonly string[]; source: Article; because: string };

/** The parts of the kind challenge (METHOD §4) in their order; the first three are one post. */
const challengeParts = ['validate', 'reflect', 'either-or', 'fact', 'focus'] as const;
/** Wordings of each part: the first one whose slots are all known is used; the last has none. */
export type ChallengeText = Readonly<Record<(typeof challengeParts)[number], readonly string[]>>;

const Prompt = z.strictObject({ source: ArticleId, why: Variants, ask: Variants, because: Sentence }, 'expected a prompt with source, why, ask and because');
const LivePrompts = z.strictObject(
  {
    prompts: z.strictObject(
      recordOf(triggerIds, () => Prompt),
      `expected exactly these occasions: ${triggerIds.join(', ')}`,
    ),
    challenge: z.strictObject(
      recordOf(challengeParts, () => Variants),
      `expected exactly these parts: ${challengeParts.join(', ')}`,
    ),
  },
  'expected "prompts" and "challenge"',
);

/** What the coach says. Throws PromptsError, also where a slot is not known, or no wording is left when no slot can be filled. */
export function readLivePrompts(source: SourceFile): { livePrompts: Readonly<Record<TriggerId, LivePromptText>>; challenge: ChallengeText } {
  const { prompts, challenge } = checked(source, LivePrompts);
  for (const trigger of triggerIds) {
    for (const part of ['why', 'ask'] as const) checkVariants(source, ['prompts', trigger, part], prompts[trigger][part], promptSlots);
  }
  for (const part of challengeParts) checkVariants(source, ['challenge', part], challenge[part], challengeSlots);
  return { livePrompts: prompts, challenge };
}

function checkVariants(source: SourceFile, path: readonly string[], variants: readonly string[], known: readonly string[]): void {
  variants.forEach((variant, at) => {
    const place = [...path, at];
    const slots = slotsIn(variant);
    const strange = slots.find((slot) => !known.includes(slot));
    if (strange !== undefined) throw wrong(source, place, `{${strange}} is not a slot here: expected only ${known.map((slot) => `{${slot}}`).join(', ')}`);
    // A fact is a sentence of its own: words after it would stand behind its question mark.
    if (slots.includes('fact') && !/[.:?,] \{fact\}$/.test(variant)) throw wrong(source, place, 'expected {fact} at the end, as a sentence of its own');
    if (variant.includes('\n')) throw wrong(source, place, 'expected a text on one line');
  });
  if (slotsIn(variants.at(-1) ?? '').length > 0) {
    throw wrong(source, [...path, variants.length - 1], 'expected the last wording without slots, so that there is always something to say');
  }
}

function slotsIn(variant: string): string[] {
  return [...variant.matchAll(slotPattern)].map((match) => match[1] ?? '');
}
