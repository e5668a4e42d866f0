import type { Evidence, SignalAbout } from '../domain/coaching-state.ts';
import { messageRef } from '../domain/conversation.ts';
import type { Cause } from '../domain/knowledge.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Objective } from '../domain/strategy.ts';
import type { ViewContext } from './context.ts';
import { shorten } from './text.ts';
import { slotPattern } from './wording.ts';

/** What views of the coach need besides: the objectives on file. */
export type CoachContext = ViewContext & { objectives: readonly Objective[] };

/** What fills the slots of a live prompt or a challenge; what is not known is absent. */
export type CoachSlots = Partial<
  Record<'topic' | 'words' | 'turned' | 'hindrance' | 'request' | 'symptom' | 'cause' | 'focus' | 'fact' | 'meanings' | 'audience' | 'objective', string>
>;

/**
 * Whether words may be repeated where the conversation goes on: in the thread only what was said there. Of what was typed into a form nobody knows
 * whether it was in the thread or in private.
 */
export function mayBeRepeated({ privately, conversation }: Pick<StartedAlignment, 'privately' | 'conversation'>, said: Pick<Evidence, 'messageRef'>): boolean {
  return privately || said.messageRef.startsWith(messageRef({ ...conversation, messageId: '' }));
}

type Occasion = { about: SignalAbout; evidence: readonly Evidence[] };

// As much as fits into a question that is read at a glance.
const shortWords = 90;
const mostMeanings = 3;

/** What is known for the wordings of this occasion, in people's words where they are theirs. */
export function coachSlots(ctx: CoachContext, { understood }: Pick<StartedAlignment, 'understood'>, { about, evidence }: Occasion): CoachSlots {
  const cause = causeOf(ctx, about);
  const symptom = ctx.knowledge.symptoms.find(({ id }) => id === about.symptom)?.name;
  const objective = ctx.objectives.find(({ id }) => id === about.objective)?.text;
  // Of two things that pull apart the first is the request, which they know.
  const told = about.tension ? (evidence[1] ?? evidence[0]) : evidence[0];
  const filled = {
    topic: understood.topic && wordsIn(ctx, understood.topic),
    // Said to whoever asked: "my team" is theirs.
    audience: understood.audience && wordsIn(ctx, understood.audience)?.replace(/^(?:my|our)\b/iu, 'your'),
    words: told && about.tension !== 'came-round' ? wordsIn(ctx, told.quote) : undefined,
    turned: told && about.tension === 'came-round' ? wordsIn(ctx, told.quote) : undefined,
    symptom,
    cause: cause?.cause,
    focus: cause?.focus,
    fact: cause?.fact,
    meanings: meaningsOf(ctx, about),
    objective: objective === undefined ? undefined : shorten(objective, shortWords),
  };
  return Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== undefined && value !== ''));
}

/** Somebody's words for the middle of a sentence: on one line, without the full stop at their end. */
export function wordsIn(ctx: ViewContext, quote: Evidence['quote']): string | undefined {
  const words = ctx.quote(quote)?.trim();
  return words ? shorten(words, shortWords).replace(/[.,;:!\s]+$/u, '') : undefined;
}

/** The cause that is meant; where only the complaint is known, the likeliest one of it. */
function causeOf({ knowledge }: Pick<ViewContext, 'knowledge'>, { symptom, cause }: SignalAbout): Cause | undefined {
  const of = knowledge.symptoms.find(({ id }) => id === symptom);
  if (cause === undefined) return of?.causes[0];
  return (of ? of.causes : knowledge.symptoms.flatMap(({ causes }) => causes)).find(({ id }) => id === cause);
}

/** "a, b or c": what a word that covers a wide area can mean. */
function meaningsOf({ knowledge, words }: ViewContext, { topic }: SignalAbout): string | undefined {
  const meanings = knowledge.topics.find(({ id }) => id === topic)?.meanings.slice(0, mostMeanings) ?? [];
  const [last, ...before] = meanings.toReversed();
  if (last === undefined || before.length === 0) return last;
  return `${before.toReversed().join(words.plain('common.comma'))}${words.plain('common.or')}${last}`;
}

/** The first wording whose slots are all known: the most specific stands first, and the last has none (prompts/live-prompts.yaml). */
export function chooseWording(variants: readonly string[], slots: CoachSlots): string {
  const known: Readonly<Record<string, string>> = slots;
  const chosen = variants.find((variant) => slotsIn(variant).every((slot) => known[slot] !== undefined)) ?? variants.at(-1) ?? '';
  // A function, so that nothing in people's words is read as a pattern of what to put in.
  return chosen.replace(slotPattern, (_, slot: string) => known[slot] ?? '');
}

function slotsIn(variant: string): string[] {
  return [...variant.matchAll(slotPattern)].map((match) => match[1] ?? '');
}
