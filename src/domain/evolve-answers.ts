import { rememberAct } from './acts.ts';
import type { DomainEvent } from './event.ts';
import { withoutAct } from './evolve-coaching.ts';
import { type Answer, type Answers, isAnswered, type QuestionId, statusOf } from './questions.ts';
import { keepRestated } from './restated.ts';
import type { StartedAlignment } from './state.ts';

/** One more answer: what was asked is answered with it. */
export function answered(state: StartedAlignment, answer: Answer): StartedAlignment {
  const { questionId } = answer;
  const next: StartedAlignment = {
    ...state,
    answers: { ...state.answers, [questionId]: [...(state.answers[questionId] ?? []), answer] },
    lastAnswered: questionId,
    pace: state.pace === 'offered' ? 'all' : state.pace,
    lapsed: state.lapsed.filter((id) => id !== questionId),
    acts: rememberAct(state.acts, answer),
  };
  return next.asked?.questionId === questionId ? omitAsked(next) : next;
}

/** Only these answers; the rest is gone, with what hung on it. */
function keepAnswers(state: StartedAlignment, keep: (answer: Answer) => boolean): StartedAlignment {
  const answers: Partial<Record<QuestionId, readonly Answer[]>> = {};
  for (const given of Object.values(state.answers)) {
    for (const answer of given) if (keep(answer)) answers[answer.questionId] = [...(answers[answer.questionId] ?? []), answer];
  }
  // A follow-up makes no sense once the answer that it followed is gone: the question itself is asked again.
  const { asked } = state;
  const orphaned = asked?.followUp && !isAnswered(answers, asked.questionId);
  const next = { ...state, answers, followedUp: state.followedUp.filter((id) => statusOf(answers, id) !== 'open') };
  return orphaned ? omitAsked(next) : next;
}

type Gone = Pick<Extract<DomainEvent, { type: 'AnswersRemoved' }>, 'messageRef' | 'questionIds'>;

/** Without what came of this message. */
export function messageGone(state: StartedAlignment, { messageRef, questionIds }: Gone): StartedAlignment {
  return keepAnswers(
    keepRestated(state, (restated) => restated.messageRef !== messageRef),
    (answer) => answer.messageRef !== messageRef || !questionIds.includes(answer.questionId),
  );
}

/** Without what came of this act. */
export function undone(state: StartedAlignment, event: Extract<DomainEvent, { type: 'ActUndone' }>): StartedAlignment {
  const kept = withoutAct(
    keepAnswers(
      keepRestated(state, (restated) => restated.act !== event.undone),
      (answer) => answer.act !== event.undone,
    ),
    event.undone,
  );
  return { ...kept, acts: state.acts.filter((act) => act.act !== event.undone) };
}

/** Who was meant by a name in an answer. */
export function resolvePerson(answers: Answers, event: Extract<DomainEvent, { type: 'PersonResolved' }>): Answers {
  const given = (answers[event.questionId] ?? []).map((answer) => {
    if (!answer.facts?.people) return answer;
    const people = answer.facts.people.map((person) =>
      person.name.textId === event.name.textId && person.name.start === event.name.start ? { ...person, personId: event.personId } : person,
    );
    return { ...answer, facts: { ...answer.facts, people } };
  });
  return { ...answers, [event.questionId]: given };
}

/** A question is out, and how often it was. */
export function asked(state: StartedAlignment, event: Extract<DomainEvent, { type: 'QuestionAsked' | 'FollowUpAsked' }>): StartedAlignment {
  const followUp = event.type === 'FollowUpAsked';
  return {
    ...state,
    asked: { questionId: event.questionId, of: event.of, at: event.at, followUp },
    followedUp: followUp ? [...state.followedUp, event.questionId] : state.followedUp,
    timesAsked: { ...state.timesAsked, [event.questionId]: (state.timesAsked[event.questionId] ?? 0) + 1 },
  };
}

/** Nothing is asked any more. */
export function omitAsked(state: StartedAlignment): StartedAlignment {
  const { asked: _asked, ...rest } = state;
  return rest;
}
