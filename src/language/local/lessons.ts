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
  const said = new Map<string, { request: number; 'not-request': number }>();
  const strengths = strengthsOf(new Set(features), indexOf(lessons));
  for (const [at, lesson] of lessons.entries()) {
    const strength = strengths[at] ?? 0;
    if (strength === 0) continue;
    const own = said.get(lesson.by) ?? { request: 0, 'not-request': 0 };
    // One person's many lessons are one opinion: the word on the message most like this one.
    own[lesson.verdict] = Math.max(own[lesson.verdict], strength);
    said.set(lesson.by, own);
  }
  let opinion = 0;
  for (const own of said.values()) opinion += own.request - own['not-request'];
  return Math.sign(opinion) * mostShift * (1 - 2 ** -Math.abs(opinion));
}

/** Which lessons have a feature, by their place in the list, and what each lesson weighs. */
type Index = { holders: ReadonlyMap<string, readonly number[]>; weights: readonly number[] };

// A tenant's lessons are the same list for many messages: comparing each with five hundred lessons one by one would take most of a millisecond.
const indexes = new WeakMap<readonly Lesson[], Index>();

function indexOf(lessons: readonly Lesson[]): Index {
  const known = indexes.get(lessons);
  if (known) return known;
  const holders = new Map<string, number[]>();
  const weights = lessons.map(({ features }, at) => {
    const own = new Set(features);
    for (const feature of own) {
      const places = holders.get(feature);
      if (places) places.push(at);
      else holders.set(feature, [at]);
    }
    return weightOfAll(own);
  });
  const index = { holders, weights };
  indexes.set(lessons, index);
  return index;
}

/** How alike the message is to each lesson, in their order: 0 where they are hardly related, 1 for two of the same kind. */
function strengthsOf(here: ReadonlySet<string>, { holders, weights }: Index): Float64Array {
  const shared = new Float64Array(weights.length);
  for (const feature of here) {
    const weight = weightOf(feature);
    for (const at of holders.get(feature) ?? []) shared[at] = (shared[at] ?? 0) + weight;
  }
  const weightHere = weightOfAll(here);
  return shared.map((common, at) => {
    if (common === 0) return 0;
    const either = weightHere + (weights[at] ?? 0) - common;
    const likeness = Math.min(1, Math.max(0, (common / either - related) / (same - related)));
    // Squared, so that the same asking about another skill is moved a little and not across a border.
    return likeness ** 2 * Math.min(1, common / enoughShared);
  });
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
