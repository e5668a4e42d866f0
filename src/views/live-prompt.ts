import type { LivePrompt } from '../domain/coaching-state.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { TriggerId } from '../domain/triggers.ts';
import type { Card, CardAction, CardBlock, Form, Text } from './card.ts';
import { type CoachContext, type CoachSlots, chooseWording, coachSlots, mayBeRepeated, wordsIn } from './coach-words.ts';
import { quoted, topicOf, wordsOf } from './context.ts';
import { hindranceIn } from './hindrance.ts';
import { button, inMore, linkButton, mentionLine, present, textBlock } from './parts.ts';
import { plainText } from './text.ts';

/** The longest question of a partner's own, in UTF-16 units: more than that is no question. */
export const questionLimit = 500;
/** What stands for "as many as there are" where a number is kept: more never come in one conversation. */
const unlimited = 20;
/** What a partner may choose, by the value in the form; `usual`: as many as Plumb finds right. */
export const promptLimits = { usual: undefined, '0': 0, '3': 3, '8': 8, none: unlimited } as const;
type LimitChoice = keyof typeof promptLimits;
const limitChoices = ['usual', '0', '3', '8', 'none'] as const satisfies readonly LimitChoice[];

export const isLimitChoice = (value: string | undefined): value is LimitChoice => limitChoices.some((choice) => choice === value);

/** Occasions on which Plumb can put the either/or itself. */
const challengeable: readonly TriggerId[] = ['strategy-conflict', 'upstream-cause'];

export type PromptOptions = {
  /** Whom it is for. */
  to: PersonId;
  /** To the message that it speaks of, where there is such a link. */
  link?: string;
};

type Prompt = Pick<LivePrompt, 'trigger' | 'about' | 'evidence' | 'wording'> & { at?: number };

/** The question of a prompt, in the wording that fits what is known; the same for one alignment each time. */
export function promptQuestion(ctx: CoachContext, state: StartedAlignment, prompt: Prompt): string {
  const proposed = prompt.wording && ctx.quote(prompt.wording);
  if (proposed) return proposed;
  const { words, turned, hindrance, ...slots } = promptSlots(ctx, state, prompt);
  // It is going to be asked where the conversation goes on, whatever the partner may read besides.
  const repeated = prompt.evidence.every((said) => mayBeRepeated(state, said))
    ? { ...(words && { words }), ...(turned && { turned }), ...(hindrance && { hindrance }) }
    : {};
  return chooseWording(ctx.livePrompts[prompt.trigger].ask, { ...slots, ...repeated });
}

/** Occasions that are about what is missing: the request, which stands for it, says nothing of it. */
const ofWhatIsMissing: readonly TriggerId[] = [
  'no-owner',
  'managers-missing',
  'no-reinforcement',
  'training-only',
  'lagging-only',
  'gap-unknown',
  'wins-missing',
];

// Longer words are no part of a sentence that is read at a glance: they stand on a line of their own.
const fewWords = 60;

function promptSlots(ctx: CoachContext, state: StartedAlignment, prompt: Prompt): CoachSlots {
  const { words: heard, symptom, topic, ...known } = coachSlots(ctx, state, prompt);
  const hindrance = hindranceOf(ctx, state, prompt);
  const slots = {
    ...known,
    ...(topic !== undefined && !isElsewhereNow(state, prompt) && { topic }),
    ...(symptom !== undefined && isComplained(state, prompt) && { symptom }),
    ...(hindrance && { hindrance }),
  };
  const words = prompt.trigger === 'prescription' ? solutionIn(ctx, state) : heard;
  const isShort = words !== undefined && words.length <= fewWords && !/[.!?;]\s/u.test(words);
  return isShort && !saysNothing(state, prompt) ? { ...slots, words } : slots;
}

/** The focus has changed before this was shown: what was asked for is no longer what the work is about. */
function isElsewhereNow({ coaching }: StartedAlignment, { at }: Prompt): boolean {
  const last = coaching?.decisions.at(-1);
  return last?.outcome === 'changed' && at !== undefined && at > last.at;
}

/** What the requester said is in the way; "yes, they only need practice" names nothing. */
function hindranceOf(ctx: CoachContext, { coaching, requester }: StartedAlignment, { trigger, evidence }: Prompt): string | undefined {
  const [said] = evidence;
  if (trigger !== 'training-only' || said?.by !== requester) return undefined;
  const isEnough = coaching?.cues.some(({ cue, messageRef }) => cue === 'only-training' && messageRef === said.messageRef);
  return isEnough ? undefined : hindranceIn(ctx.quote(said.quote) ?? '');
}

/** Somebody named a cause without the complaint that it often explains: then nobody is told that they complained. */
function isComplained({ coaching }: StartedAlignment, { trigger, about }: Prompt): boolean {
  return trigger !== 'upstream-cause' || (coaching?.cues.some(({ cue, detail }) => cue === 'symptom' && detail === about.symptom) ?? false);
}

function saysNothing({ requestMessage }: StartedAlignment, { trigger, evidence }: Prompt): boolean {
  return evidence[0]?.messageRef === requestMessage && ofWhatIsMissing.includes(trigger);
}

/** "two-day negotiation course"; "training" alone names no solution that could be quoted. */
function solutionIn(ctx: CoachContext, { understood }: StartedAlignment): string | undefined {
  const format = understood.format && wordsIn(ctx, understood.format);
  return format?.includes(' ') ? format : undefined;
}

/** Private, to an L&D partner: why now, and a question that is ready to be asked in their name. Once something came of it, one quiet line. */
export function livePromptCard(ctx: CoachContext, state: StartedAlignment, prompt: LivePrompt, options: PromptOptions): Card {
  if (prompt.status !== 'open') return quietCard(outcomeText(ctx, state, prompt));
  const { words } = ctx;
  const question = promptQuestion(ctx, state, prompt);
  const person = [ctx.person(state.requester)];
  const slots = promptSlots(ctx, state, prompt);
  const why = chooseWording(ctx.livePrompts[prompt.trigger].why, slots);
  return {
    summary: words.plain('coach.prompt-summary', { person, question }),
    title: words.say('coach.prompt-title', { person }),
    blocks: present<CardBlock>(
      textBlock(why),
      prompt.trigger === 'prescription' || saysNothing(state, prompt) ? undefined : evidenceBlock(ctx, prompt, why, options.to),
      textBlock(question, 'strong'),
      textBlock(words.say('coach.prompt-private'), 'subtle'),
    ),
    actions: promptActions(ctx, state, prompt, options),
    ...(prompt.wording && { generated: true as const }),
  };
}

/** Whose words gave the occasion, where the line before does not repeat them already. */
function evidenceBlock(ctx: CoachContext, { about, evidence }: Prompt, why: string, to: PersonId): CardBlock | undefined {
  const [asked, against] = evidence;
  // What was asked for they know; what stands against it is what they may have missed.
  const first = about.tension && against ? against : asked;
  const words = first && wordsIn(ctx, first.quote);
  if (first === undefined || words === undefined || why.includes(words)) return undefined;
  const quote = quoted(ctx, inSentence(ctx, first.quote));
  const isOwn = first.by === to;
  return textBlock(
    isOwn ? ctx.words.say('coach.prompt-heard-own', { words: quote }) : ctx.words.say('coach.prompt-heard', { person: [ctx.person(first.by)], words: quote }),
    'subtle',
  );
}

// Fewer words than that say nothing on a line of their own.
const saysLittle = 6;

/** "Much discount" is read within what was said: the sentence that it stands in. */
function inSentence(ctx: CoachContext, quote: Quote): Quote {
  const { textId, start, end } = quote;
  if ((ctx.quote(quote) ?? '').trim().split(/\s+/u).length >= saysLittle) return quote;
  const before = ctx.quote({ textId, start: 0, end: start }) ?? '';
  const after = ctx.quote({ textId, start: end, end: end + sentenceLimit }) ?? '';
  const begins = Math.max(...[...before.matchAll(/[.!?]\s+|\n+/gu)].map((found) => found.index + found[0].length), 0);
  const ends = /[.!?](?=\s|$)|\n/u.exec(after)?.index ?? after.length;
  return { textId, start: begins, end: end + ends };
}

/** More is no sentence. In UTF-16 units. */
const sentenceLimit = 300;

function promptActions(ctx: CoachContext, { id, status, coaching }: StartedAlignment, { trigger }: LivePrompt, { link }: PromptOptions): CardAction[] {
  const value = { alignment: id, prompt: trigger };
  const mayPut = challengeable.includes(trigger) && status === 'clarifying' && coaching?.challenge === undefined;
  return present(
    button(ctx, 'ask-prompt', 'button.ask-prompt', value, { style: 'primary' }),
    button(ctx, 'edit-prompt', 'button.edit-prompt', value, { form: true }),
    mayPut ? button(ctx, 'put-challenge', 'button.put-challenge', value) : undefined,
    button(ctx, 'dismiss-prompt', 'button.dismiss-prompt', value),
    button(ctx, 'why-prompt', 'button.why-prompt', value),
    ...inMore(
      link === undefined ? undefined : linkButton(ctx, 'button.open-thread', link),
      button(ctx, 'prompt-limit', 'button.prompt-limit', value, { form: true }),
    ),
  );
}

function quietCard(text: Text): Card {
  return { summary: plainText(text), blocks: [textBlock(text, 'subtle')], actions: [] };
}

function outcomeText(ctx: CoachContext, state: StartedAlignment, prompt: LivePrompt): Text {
  const { words } = ctx;
  switch (prompt.status) {
    case 'asked': {
      const { asked } = prompt;
      if (!asked || isPutByPlumb(state, prompt)) return words.say('coach.prompt-put', { topic: topicOf(ctx, state.understood) });
      return words.say('coach.prompt-asked', { partner: [ctx.person(asked.by)], question: askedQuestion(ctx, state, prompt) });
    }
    case 'dismissed':
      return words.say('coach.prompt-dismissed', { question: promptQuestion(ctx, state, prompt) });
    case 'open':
    case 'overtaken':
      return words.say('coach.prompt-overtaken');
    default:
      return prompt.status satisfies never;
  }
}

/** An L&D partner let Plumb put it as a challenge instead of asking themselves. */
function isPutByPlumb({ coaching }: StartedAlignment, { asked }: LivePrompt): boolean {
  return coaching?.challenge?.putFor !== undefined && coaching.challenge.putFor === asked?.by && coaching.challenge.at === asked.at;
}

/** What was asked: the partner's own wording where they changed it. */
function askedQuestion(ctx: CoachContext, state: StartedAlignment, prompt: LivePrompt): string {
  return prompt.asked?.edited ? wordsOf(ctx, prompt.asked.edited) : promptQuestion(ctx, state, prompt);
}

/** In the thread: a question of an L&D partner's that Plumb passes on. Nothing says that it was suggested. */
export function askedPromptCard(ctx: CoachContext, state: StartedAlignment, prompt: LivePrompt, { of, by }: { of: PersonId; by: PersonId }): Card {
  const question = askedQuestion(ctx, state, prompt);
  const partner = [ctx.person(by)];
  return {
    summary: ctx.words.plain('coach.asked-summary', { partner, question }),
    blocks: present<CardBlock>(textBlock(ctx.words.say('coach.asked', { person: [ctx.person(of)], partner })), textBlock(question, 'strong'), mentionLine(ctx)),
    actions: [],
  };
}

/** The question in the partner's own words. Input: question. */
export function editPromptForm(ctx: CoachContext, state: StartedAlignment, prompt: LivePrompt): Form {
  const { words } = ctx;
  return {
    id: 'edit-prompt',
    title: words.plain('coach.edit-title'),
    submitLabel: words.plain('coach.edit-submit'),
    submit: 'submit-edit-prompt',
    value: { alignment: state.id, prompt: prompt.trigger },
    blocks: [
      {
        type: 'input',
        id: 'question',
        label: words.plain('coach.edit-label'),
        kind: 'multiline',
        required: true,
        maxLength: questionLimit,
        value: promptQuestion(ctx, state, prompt).slice(0, questionLimit),
        hint: words.plain('coach.edit-hint', { person: [ctx.person(state.requester)] }),
      },
    ],
  };
}

/** How many prompts a partner wants in this conversation at most. Input: limit. */
export function promptLimitForm(ctx: CoachContext, state: StartedAlignment): Form {
  const { words } = ctx;
  const standing = limitChoices.find((choice) => promptLimits[choice] === state.coaching?.limit);
  return {
    id: 'prompt-limit',
    title: words.plain('coach.limit-title'),
    submitLabel: words.plain('coach.limit-submit'),
    submit: 'submit-prompt-limit',
    value: { alignment: state.id },
    blocks: [
      {
        type: 'input',
        id: 'limit',
        label: words.plain('coach.limit-label'),
        kind: 'choice',
        required: true,
        options: limitChoices.map((value) => ({ value, label: words.plain(`coach.limit-${value}`) })),
        ...(standing && { value: standing }),
      },
    ],
  };
}
