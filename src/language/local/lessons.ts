import type { Lesson } from '../language.ts';

/** The most that lessons move a decision, as a logit, however many people agree. */
const mostShift = 8;
/** Messages that share less of their (weighed) features than this have nothing to do with each other; from `same` on they are of one kind. */
const related = 0.5;
const same = 0.8;
/** A likeness is worth as much as what it rests on: less shared weight than this counts in part, so that a lone "asks something" teaches nothing. */
const enoughShared = 3;

/**
 * How far what people said about earlier messages moves the decision on this one: a logit to add, above 0 towards a request. One person's word on a
 * message of the same kind is worth 4, a second person's 2 more, never more than 8; what is hardly alike moves nothing, and opposite words cancel.
 */
export function shiftOf(features: Iterable<string>, lessons: readonly Lesson[]): number {
  if (lessons.length === 0) return 0;
  const here = new Set(features);
  const weightHere = weightOfAll(here);
  const said = new Map<string, { request: number; 'not-request': number }>();
  for (const { by, verdict, features: taught } of lessons) {
    const strength = strengthOf(here, weightHere, taught);
    if (strength === 0) continue;
    const own = said.get(by) ?? { request: 0, 'not-request': 0 };
    // One person's many lessons are one opinion: the word on the message most like this one.
    own[verdict] = Math.max(own[verdict], strength);
    said.set(by, own);
  }
  let opinion = 0;
  for (const own of said.values()) opinion += own.request - own['not-request'];
  return Math.sign(opinion) * mostShift * (1 - 2 ** -Math.abs(opinion));
}

/** 0 for messages that are hardly related, 1 for two of the same kind. */
function strengthOf(here: ReadonlySet<string>, weightHere: number, taught: readonly string[]): number {
  let shared = 0;
  let weightTaught = 0;
  for (const feature of new Set(taught)) {
    const weight = weightOf(feature);
    weightTaught += weight;
    if (here.has(feature)) shared += weight;
  }
  const either = weightHere + weightTaught - shared;
  if (either === 0) return 0;
  const likeness = Math.min(1, Math.max(0, (shared / either - related) / (same - related)));
  // Squared, so that the same asking about another skill is moved a little and not across a border.
  return likeness ** 2 * Math.min(1, shared / enoughShared);
}

function weightOfAll(features: ReadonlySet<string>): number {
  let weight = 0;
  for (const feature of features) weight += weightOf(feature);
  return weight;
}

/** What a feature says about the kind of a message: a cue found anywhere says little, a named skill or solution or a story of its own says much. */
function weightOf(feature: string): number {
  const colon = feature.indexOf(':');
  const family = colon < 0 ? '' : feature.slice(0, colon);
  switch (family) {
    case 'has':
    case 'across':
      return 0.5;
    case '':
    case 'clean':
    case 'against':
      return 1;
    default:
      // Named words (topic:crm, solution:workshop) and what speaks against a request where it stands (veto:offer).
      return 1.5;
  }
}
