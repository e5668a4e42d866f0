import type { Text, TextPart } from './card.ts';
import { aboutPageSlots } from './slots/about-page.ts';
import { agreementSlots } from './slots/agreement.ts';
import { coachingSlots } from './slots/coaching.ts';
import { conversationSlots } from './slots/conversation.ts';
import { filesSlots } from './slots/files.ts';
import { fitnessSlots } from './slots/fitness.ts';
import { formSlots } from './slots/forms.ts';
import { installationSlots } from './slots/installation.ts';
import { myDataSlots } from './slots/my-data.ts';
import { nudgeSlots } from './slots/nudge.ts';
import { openPointsSlots } from './slots/open-points.ts';
import { planSlots } from './slots/plan.ts';
import { programmeSlots } from './slots/programme.ts';
import { promiseSlots } from './slots/promises.ts';
import { signOffSlots } from './slots/sign-off.ts';
import { slackSlots } from './slots/slack.ts';
import { strategySlots } from './slots/strategy.ts';
import { teamsSlots } from './slots/teams.ts';
import { vendorSlots } from './slots/vendor.ts';
import { waysInSlots } from './slots/ways-in.ts';
import { partsOf, plainText } from './text.ts';

/** Every key of prompts/wording.yaml with its slots: the file must have exactly these. */
export const wordingSlots = {
  ...aboutPageSlots,
  ...coachingSlots,
  ...conversationSlots,
  ...formSlots,
  ...agreementSlots,
  ...filesSlots,
  ...fitnessSlots,
  ...installationSlots,
  ...nudgeSlots,
  ...openPointsSlots,
  ...planSlots,
  ...programmeSlots,
  ...myDataSlots,
  ...signOffSlots,
  ...promiseSlots,
  ...slackSlots,
  ...strategySlots,
  ...teamsSlots,
  ...vendorSlots,
  ...waysInSlots,
} as const;

export type WordingKey = keyof typeof wordingSlots;
type SlotOf<K extends WordingKey> = (typeof wordingSlots)[K][number];

/** The variants of every key, as they stand in the file. */
export type Wording = Readonly<Record<WordingKey, readonly string[]>>;

/** Keys without slots take a seed at most; others need all their slots. The same seed always gives the same variant. */
type Given<K extends WordingKey> = [SlotOf<K>] extends [never]
  ? [slots?: Readonly<Record<string, never>>, seed?: string]
  : [slots: Readonly<Record<SlotOf<K>, Text>>, seed?: string];

export type Words = {
  /** The wording of a key with its slots filled in. What fills a slot stays a part of its own, so that people's words are never read as markup. */
  say<K extends WordingKey>(key: K, ...given: Given<K>): readonly TextPart[];
  /** The same as one plain string. */
  plain<K extends WordingKey>(key: K, ...given: Given<K>): string;
};

/** Whether something is said under this name. */
export function isWordingKey(key: string): key is WordingKey {
  return Object.hasOwn(wordingSlots, key);
}

/** Words out of a wording that was checked against `wordingSlots`. */
export function createWords(wording: Wording): Words {
  const say = <K extends WordingKey>(key: K, ...[slots, seed]: Given<K>): readonly TextPart[] => fill(variantOf(wording[key], seed ?? ''), slots ?? {});
  return { say, plain: (key, ...given) => plainText(say(key, ...given)) };
}

function variantOf(variants: readonly string[], seed: string): string {
  return variants[hash(seed) % variants.length] ?? '';
}

// djb2: small, and the same on every machine.
function hash(seed: string): number {
  let value = 5381;
  for (let at = 0; at < seed.length; at += 1) value = (value * 33 + seed.charCodeAt(at)) >>> 0;
  return seed === '' ? 0 : value;
}

/** `{slot}` in a wording; slots are in lower case with dashes. */
export const slotPattern = /\{([a-z-]+)\}/g;

function fill(template: string, slots: Readonly<Record<string, Text>>): readonly TextPart[] {
  // split on a pattern with one group gives text, slot, text, slot, …, text
  const pieces = template.split(slotPattern);
  return pieces.flatMap((piece, at): readonly TextPart[] => {
    if (at % 2 === 1) return partsOf(slots[piece] ?? '');
    return piece === '' ? [] : [piece];
  });
}
