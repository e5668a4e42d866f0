import { isHeardSurely } from '../domain/cues.ts';
import { currentAnswers } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card } from '../views/card.ts';
import type { ViewContext } from '../views/context.ts';
import { findingsLine } from '../views/fitness-results.ts';
import { button, textBlock } from '../views/parts.ts';
import type { Telling } from './telling.ts';

/** How people say that training alone will not do. What somebody only means is heard as a cue. */
const notAlone = /^\W*no\b|\b(?:not|partly|partially|in part|part of it|half|doubt|hardly|won't|can't|cannot|isn't)\b/i;

/** The card of a turn in which somebody said that training alone will not do, or that nobody knows: with a way to find out what else is in the way. */
export function offerFitness({ state, ctx, events }: Pick<Telling, 'state' | 'ctx' | 'events'>, card: Card): Card {
  const spokenOf = events.some((event) => event.type === 'QuestionAnswered' && event.answer.questionId === 'sufficiency');
  return spokenOf ? withOffer(ctx, state, card) : card;
}

/** The draft, with what came out of the check on one line, or with a way to begin one. */
export function withFitness(ctx: ViewContext, state: StartedAlignment, draft: Card): Card {
  // What stays among few must not reach the thread with the draft.
  const isShown = !state.fitness?.readers || state.privately;
  const found = isShown ? findingsLine(ctx, state.fitness) : undefined;
  const card = found ? { ...draft, blocks: [...draft.blocks, textBlock(found, 'subtle')] } : draft;
  return withOffer(ctx, state, card);
}

function withOffer(ctx: ViewContext, state: StartedAlignment, card: Card): Card {
  if (!isOpenToMore(ctx, state)) return card;
  return { ...card, actions: [...card.actions, button(ctx, 'open-fitness', 'button.open-fitness', { alignment: state.id }, { form: true })] };
}

function isOpenToMore(ctx: ViewContext, state: StartedAlignment): boolean {
  const wasAsked = (state.fitness?.elements.length ?? 0) > 0;
  if (wasAsked) return false;
  return currentAnswers(state.answers, 'sufficiency').some(({ status, text, messageRef }) => {
    if (status === 'thin' || status === 'unknown') return true;
    const heard = (state.coaching?.cues ?? []).filter(isHeardSurely);
    const hints = heard.some((cue) => cue.messageRef === messageRef && (cue.cue === 'obstacle' || cue.cue === 'doubts-training'));
    return hints || notAlone.test((text && ctx.quote(text)) ?? '');
  });
}
