import { rememberAct } from './acts.ts';
import { currentAnswers } from './questions.ts';
import type { SignOffEvent } from './sign-off-event.ts';
import type { Review, StartedAlignment } from './state.ts';
import { sameQuote } from './status-report.ts';

/** What happens to the statements of a draft, and around its signatures, while it is under review. */
export type ReviewEvent = Extract<
  SignOffEvent,
  { type: 'LineChanged' | 'LineRestored' | 'PartChanged' | 'ChangeLeft' | 'SignOffDelegated' | 'SignOffDeclined' | 'SignOffReminded' }
>;
type SignerEvent = Exclude<ReviewEvent, { type: 'LineChanged' | 'LineRestored' | 'PartChanged' | 'ChangeLeft' }>;

/** One statement in place of another. What else counts for the question is said again beside it, each still by its author, so that undo finds all as it was. */
export function lineChanged(state: StartedAlignment, event: Extract<SignOffEvent, { type: 'LineChanged' | 'LineRestored' }>): StartedAlignment {
  const { questionId, answer, act, line } = event;
  const restated =
    line === undefined
      ? [answer]
      : currentAnswers(state.answers, questionId).map((known, at) => {
          const effect = at === 0 ? ('replaces' as const) : known.effect;
          return sameQuote(known.text, line) ? { ...answer, effect } : { ...known, act, effect };
        });
  return {
    ...state,
    answers: { ...state.answers, [questionId]: [...(state.answers[questionId] ?? []), ...restated] },
    acts: rememberAct(state.acts, event),
  };
}

/** The review with who was asked to sign, who would rather not, and who was reminded. */
export function evolveReview(state: StartedAlignment, event: SignerEvent): StartedAlignment {
  return state.status === 'reviewing' ? { ...state, review: reviewAfter(state.review, event) } : state;
}

function reviewAfter(review: Review, event: SignerEvent): Review {
  const { delegations = [], reminded = {}, remindedAt = {} } = review;
  switch (event.type) {
    case 'SignOffDelegated': {
      // One at a time: whoever was asked before is asked no more.
      const others = delegations.filter(({ from }) => from !== event.by);
      return { ...review, delegations: [...others, { from: event.by, to: event.to, at: event.at }] };
    }
    case 'SignOffDeclined':
      return {
        ...review,
        delegations: delegations.map((known) => (known.from === event.from && known.to === event.by ? { ...known, declined: true } : known)),
      };
    case 'SignOffReminded':
      return { ...review, reminded: { ...reminded, [event.personId]: event.which }, remindedAt: { ...remindedAt, [event.personId]: event.at } };
    default:
      return event satisfies never;
  }
}
