import type { PersonId, Quote } from './conversation.ts';

/**
 * What can be heard in one message, besides answers: small observations, each with its words. A trigger of the coach is worked out from the cues of the
 * whole conversation and the answers, never from one cue alone where it accuses a request of anything.
 */
export const cueKinds = [
  /** It is wanted very soon, and the message names nothing that makes it so. */
  'urgency',
  /** A result is wished for ("close more", "be better") without a behaviour or a number. */
  'vague-outcome',
  /** `detail`: id of the fuzzy topic. */
  'fuzzy-topic',
  /** `detail`: id of the symptom. */
  'symptom',
  /** Somebody names a likely cause. `detail`: its id. */
  'cause',
  /** Something other than what people can do is in the way: pay, tools, process, territory, rules, staffing. `detail`: an element of the fitness check. */
  'obstacle',
  /** They know how and do not do it, or did it when there was a reason. */
  'knows-how',
  /** They do not know how, or were never shown. */
  'lacks-skill',
  /** A fact or a comparison which shows that what went wrong went wrong earlier or elsewhere than where the request wants to train. */
  'elsewhere',
  /** What the strategy, the plan or the year is about. */
  'priority',
  /** Whoever speaks doubts themselves that training is what is needed, or asks what it really is. */
  'doubts-training',
  /** Training is said to be enough, or the only thing that is missing. */
  'only-training',
  /** An objection that was looked at and is settled, or something that is not about these people or this year. */
  'settled',
  /** Somebody comes round to another focus than the one asked for, or rejects it. */
  'changes-focus',
  /** Somebody insists on what was asked for, with a reason. */
  'keeps-request',
  /** The whole sales force, or everybody, at once. */
  'whole-force',
  /** One team, region or group first. */
  'narrowed',
  /** Courses, modules, days, platforms: what would be delivered. */
  'deliverable-talk',
  /** The speaker pushes what they themselves need, or answers for somebody else. */
  'own-need',
  /** The either/or question was put by a person. */
  'either-or',
  /** Somebody asks whether people do not know how, or do not do it. */
  'asks-gap',
  /** A story of something that worked, from the field. */
  'win',
] as const;
/** Besides: what an external model would ask here. `detail`: the trigger; `wording`: its question. For an L&D partner only. */
export const proposedQuestion = 'proposed-question';
export type CueKind = (typeof cueKinds)[number] | typeof proposedQuestion;

/** On whose side of the conversation somebody speaks: who asked, L&D, or somebody else who takes part. */
export type Side = 'requester' | 'partner' | 'other';

/** `likely`: from 0 to 1, as far as that is known; `faint`: it was not heard, and may have been said. */
export type HeardCue = {
  cue: CueKind;
  detail?: string;
  quote: Quote;
  by: PersonId;
  side: Side;
  messageRef: string;
  at: number;
  wording?: Quote;
  likely?: number;
  faint?: true;
};

/** What is less likely than that shows nothing by itself: it tells something together with all that was said, and is kept without its words. */
export const leastShown = 0.15;
/** The quote of what is kept without its words. */
export const noWords: Quote = { textId: '', start: 0, end: 0 };

/** Whether it was heard, and not only may have been said. */
export function isHeardSurely({ faint }: HeardCue): boolean {
  return !faint;
}
