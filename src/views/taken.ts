import { putBefore } from '../domain/coaching-challenge.ts';
import type { Decision } from '../domain/coaching-state.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import type { DomainEvent } from '../domain/event.ts';
import { type Answer, isAnswered, type QuestionId } from '../domain/questions.ts';
import type { StartedAlignment, Understood } from '../domain/state.ts';
import type { Text } from './card.ts';
import { inLine, knownCause, labels, quoted, type ViewContext } from './context.ts';
import { partsOf } from './text.ts';

/** One thing that was taken or changed, for one short line. */
export type Taken =
  | { kind: 'answered' | 'corrected' | 'added' | 'thin'; questionId: QuestionId; by: PersonId; text?: Quote }
  | { kind: 'unknown' | 'skipped' | 'follow-up-dropped'; questionId: QuestionId; by: PersonId }
  | { kind: 'delegated'; questionId: QuestionId; by: PersonId; to: PersonId; privately: boolean }
  /** `stands`: something else was said on these, which counts now. */
  | { kind: 'removed'; questionIds: readonly QuestionId[]; by: PersonId; reason: 'edited' | 'deleted' | 'forgotten'; stands: boolean }
  | { kind: 'undone'; questionIds: readonly QuestionId[]; by: PersonId }
  | { kind: 'lapsed'; questionId: QuestionId }
  | { kind: 'understood'; by: PersonId; quotes: readonly Quote[] }
  | { kind: 'part-changed'; part: keyof Understood; by: PersonId; text?: Quote }
  | { kind: 'line-restored'; questionId: QuestionId; by: PersonId }
  | { kind: 'person-resolved'; name: Quote; personId: PersonId }
  | { kind: 'prompt-answered'; by: PersonId; words: Quote }
  | { kind: 'pilot'; by: PersonId; words: Quote }
  /** `check`: nothing is known that would show it, so that a way to find out is told with it. */
  | { kind: 'decided'; decision: Decision; check?: true };

/** What events say was taken or changed, in their order. What an edit removed and gave anew is one change. In a private conversation others are asked privately. */
export function takenFrom(events: readonly DomainEvent[], { privately, answers }: Pick<StartedAlignment, 'privately' | 'answers'>): Taken[] {
  const answered = new Set(events.flatMap((event) => (event.type === 'QuestionAnswered' ? [event.answer.questionId] : [])));
  const edited = new Set(events.flatMap((event) => (event.type === 'AnswersRemoved' && event.reason === 'edited' ? event.questionIds : [])));
  const messages = new Set(events.flatMap((event) => messageTaken(event) ?? []));
  return events.flatMap((event): Taken[] => {
    switch (event.type) {
      case 'QuestionAnswered':
        return [fromAnswer(event.answer, event.corrected || edited.has(event.answer.questionId), privately)];
      case 'LineChanged':
        return [fromAnswer(event.answer, true, privately)];
      case 'LineRestored':
        return [{ kind: 'line-restored', questionId: event.questionId, by: event.by }];
      case 'PartChanged':
        return [{ kind: 'part-changed', part: event.part, by: event.by, ...(event.quote && { text: event.quote }) }];
      case 'AnswersRemoved': {
        const gone = event.questionIds.filter((id) => event.reason !== 'edited' || !answered.has(id));
        return [false, true].flatMap((stands): Taken[] => {
          const questionIds = gone.filter((id) => isAnswered(answers, id) === stands);
          return questionIds.length === 0 ? [] : [{ kind: 'removed', questionIds, by: event.by, reason: event.reason, stands }];
        });
      }
      case 'ActUndone':
        return [{ kind: 'undone', questionIds: event.questionIds, by: event.by }];
      case 'FollowUpDropped':
        return [{ kind: 'follow-up-dropped', questionId: event.questionId, by: event.by }];
      case 'DelegationLapsed':
        return [{ kind: 'lapsed', questionId: event.questionId }];
      case 'RequestUnderstood':
        return Object.keys(event.understood).length === 0 ? [] : [{ kind: 'understood', by: event.by, quotes: Object.values(event.understood) }];
      case 'PersonResolved':
        return [{ kind: 'person-resolved', name: event.name, personId: event.personId }];
      case 'PromptAnswered': {
        const { by, quote: words, messageRef } = event.answer;
        // What is noted as the answer to one of the questions, or as a decision, is not noted twice.
        return messages.has(messageRef) ? [] : [{ kind: 'prompt-answered', by, words }];
      }
      case 'PilotAgreed':
        return [{ kind: 'pilot', by: event.by, words: event.group }];
      case 'FocusDecided': {
        const { outcome, about } = event.decision;
        // Who passed it by is not told what to do.
        const check = outcome === 'to-find-out' && about.cause === undefined && !events.some(({ type }) => type === 'ChallengeLeft');
        return [{ kind: 'decided', decision: event.decision, ...(check && { check }) }];
      }
      default:
        // Everything else either has a card of its own or is not worth a line.
        return [];
    }
  });
}

/** What answers alone say was taken. */
export function takenOf(answers: readonly Answer[], privately: boolean): Taken[] {
  return answers.map((answer) => fromAnswer(answer, false, privately));
}

function messageTaken(event: DomainEvent): string | undefined {
  if (event.type === 'QuestionAnswered') return event.answer.messageRef;
  return event.type === 'FocusDecided' ? event.decision.messageRef : undefined;
}

function fromAnswer(answer: Answer, corrected: boolean, inPrivate: boolean): Taken {
  const { questionId, by } = answer;
  const said = { questionId, by, ...(answer.text && { text: answer.text }) };
  switch (answer.status) {
    case 'unknown':
    case 'skipped':
      return { kind: answer.status, questionId, by };
    case 'delegated':
      return { kind: 'delegated', questionId, by, to: answer.delegatedTo?.personId ?? by, privately: inPrivate || (answer.delegatedTo?.privately ?? false) };
    case 'thin':
      return { kind: 'thin', ...said };
    case 'clear':
      if (corrected) return { kind: 'corrected', ...said };
      return { kind: answer.effect === 'adds' ? 'added' : 'answered', ...said };
    default:
      return answer.status satisfies never;
  }
}

/** One short line for one thing that was taken or changed, with the person who said it. */
export function takenLine(ctx: ViewContext, taken: Taken): Text {
  const { words } = ctx;
  switch (taken.kind) {
    case 'answered':
    case 'corrected':
    case 'added':
    case 'thin': {
      const slots = { person: [ctx.person(taken.by)], label: inLine(ctx.questions[taken.questionId].label) };
      return taken.text ? words.say(`taken.${taken.kind}`, { ...slots, words: quoted(ctx, taken.text) }) : words.say('taken.answered-no-words', slots);
    }
    case 'unknown':
    case 'skipped':
    case 'follow-up-dropped':
      // Without a name: in public it would read as a reproach.
      return words.say(`taken.${taken.kind}`, { label: inLine(ctx.questions[taken.questionId].label) });
    case 'delegated': {
      const slots = { person: [ctx.person(taken.by)], to: [ctx.person(taken.to)], label: inLine(ctx.questions[taken.questionId].label) };
      return words.say(taken.privately ? 'taken.delegated-privately' : 'taken.delegated', slots);
    }
    case 'removed':
      return removedLine(ctx, taken);
    case 'undone':
      if (taken.questionIds.length === 0) return words.say('taken.undone-other', { person: [ctx.person(taken.by)] });
      return words.say('taken.undone', { person: [ctx.person(taken.by)], labels: labels(ctx, taken.questionIds) });
    case 'lapsed':
      return words.say('taken.lapsed', { label: inLine(ctx.questions[taken.questionId].label) });
    case 'understood':
      return words.say('taken.understood', {
        person: [ctx.person(taken.by)],
        words: taken.quotes.flatMap((quote, at) => [at === 0 ? '' : words.plain('common.comma'), quoted(ctx, quote)].flat()),
      });
    case 'part-changed': {
      const slots = { person: [ctx.person(taken.by)], label: inLine(words.plain(`intake.${taken.part}`)) };
      return taken.text ? words.say('taken.corrected', { ...slots, words: quoted(ctx, taken.text) }) : words.say('taken.part-gone', slots);
    }
    case 'line-restored':
      return words.say('taken.line-restored', { person: [ctx.person(taken.by)], label: inLine(ctx.questions[taken.questionId].label) });
    case 'person-resolved':
      return words.say('taken.person-resolved', { words: quoted(ctx, taken.name), person: [ctx.person(taken.personId)] });
    case 'prompt-answered':
    case 'pilot':
      return words.say(`taken.${taken.kind}`, { person: [ctx.person(taken.by)], words: quoted(ctx, taken.words) });
    case 'decided':
      return decidedLine(ctx, taken);
    default:
      return taken satisfies never;
  }
}

function removedLine(ctx: ViewContext, { questionIds, by, reason, stands }: Extract<Taken, { kind: 'removed' }>): Text {
  const slots = { labels: labels(ctx, questionIds) };
  // Who asked to be forgotten is nobody's business.
  if (reason === 'forgotten') return ctx.words.say(stands ? 'taken.forgotten-others-stand' : 'taken.forgotten', slots);
  return ctx.words.say(stands ? `taken.${reason}-others-stand` : `taken.${reason}`, { person: [ctx.person(by)], ...slots });
}

/** What was decided about the focus, in the words of whoever decided, and what those are about where they alone do not tell. */
function decidedLine(ctx: ViewContext, { decision, check }: Extract<Taken, { kind: 'decided' }>): Text {
  const line = decisionLine(ctx, decision);
  return check ? [...partsOf(line), ' ', ...partsOf(ctx.words.say('taken.decided-check'))] : line;
}

function decisionLine(ctx: ViewContext, decision: Decision): Text {
  const { outcome, by, about } = decision;
  const person = [ctx.person(by)];
  if (!decision.words) return ctx.words.say(`taken.decided-${outcome}`, { person });
  const words = quoted(ctx, decision.words);
  const focus = outcome === 'changed' ? knownCause(ctx, about)?.focus : undefined;
  if (focus !== undefined) return ctx.words.say('taken.decided-changed-focus', { person, focus, words });
  const put = putBefore(decision);
  if (put) return ctx.words.say('taken.decided-changed-put', { person, other: [ctx.person(put.by)], put: quoted(ctx, put.quote), words });
  return ctx.words.say(`taken.decided-${outcome}-words`, { person, words });
}
