import { type PersonId, wholeChat } from '../domain/conversation.ts';
import type { DomainEvent } from '../domain/event.ts';
import { currentAnswers } from '../domain/questions.ts';
import { missingSigners } from '../domain/signers.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Notice } from '../views/notice.ts';
import type { Telling } from './telling.ts';

/** What is worth one short line of its own. Acts in `told` got their answer in the response already. */
export function noticesOf({ state, turn, dependencies }: Pick<Telling, 'state' | 'turn' | 'dependencies'>, events: readonly DomainEvent[]): Notice[] {
  const model = dependencies.model === 'configured' && turn.tenantLanguage.model.conversations;
  const answering = new Set(events.flatMap((event) => (event.type === 'QuestionAnswered' ? [event.act] : [])));
  return events.flatMap((event) => {
    if ('act' in event && turn.told.has(event.act)) return [];
    // Whoever just answers during a pause did not ask to carry on: the next question says enough.
    if (event.type === 'AlignmentResumed' && answering.has(event.act)) return [];
    return noticeOf(state, event, model) ?? [];
  });
}

/** `model`: whether an external language model reads the replies here. */
function noticeOf(state: StartedAlignment, event: DomainEvent, model: boolean): Notice | undefined {
  switch (event.type) {
    case 'WhyExplained':
      return { kind: 'why', questionId: event.questionId };
    case 'ReasonExplained':
      return { kind: 'reason', reasons: state.reasons, asked: state.status === 'suggested' };
    case 'ChallengeExplained':
      return { kind: 'why-challenge' };
    case 'HelpGiven':
      return { kind: 'help' };
    case 'AboutTold':
      return aboutNotice(state, event, model);
    case 'ClarificationAsked':
      return { kind: 'clarification', between: event.between, ...(event.text && { text: event.text.textId }) };
    case 'NothingToUndo':
      return { kind: 'nothing-to-undo' };
    case 'WaitingForOthers': {
      const people = event.questionIds.flatMap((id) => currentAnswers(state.answers, id).flatMap((answer) => answer.delegatedTo?.personId ?? []));
      return { kind: 'waiting', for: [...new Set(people)], questionIds: event.questionIds };
    }
    case 'AlignmentPaused':
      return { kind: 'paused' };
    case 'AlignmentResumed':
      return { kind: 'resumed' };
    case 'RequestWithdrawn':
      return { kind: 'withdrawn', person: event.by };
    case 'StartedOver':
      return { kind: 'started-over' };
    case 'ShortPathTaken':
      return { kind: 'short-path' };
    case 'BriefSigned':
      return signedNotice(state, event.by);
    case 'MovedPrivately':
      return { kind: 'moved-privately' };
    case 'MovedToThread':
      return { kind: 'moved-to-thread' };
    case 'RestLeftToPartner':
      return { kind: state.partners.length > 0 ? 'left-to-partner' : 'left-to-partner-nobody' };
    default:
      return partnerNotice(state, event);
  }
}

function aboutNotice(state: StartedAlignment, { about, questionId }: Extract<DomainEvent, { type: 'AboutTold' }>, model: boolean): Notice {
  switch (about) {
    case 'who-sees':
      return { kind: about, where: whereOf(state), place: state.conversation.place, audience: state.audience, model };
    case 'so-far':
      return { kind: about, answers: state.answers, ...(questionId && { open: { questionId, timesAsked: state.timesAsked[questionId] ?? 1 } }) };
    case 'example':
      return questionId ? { kind: about, questionId } : { kind: 'help' };
    default:
      return about satisfies never;
  }
}

function whereOf({ privately, conversation }: StartedAlignment): 'privately' | 'chat' | 'thread' {
  if (privately || conversation.thread === '') return 'privately';
  return conversation.thread === wholeChat ? 'chat' : 'thread';
}

/** Once everybody has signed there is another line. */
function signedNotice(state: StartedAlignment, person: PersonId): Notice | undefined {
  if (state.status !== 'reviewing') return undefined;
  const waitsFor = missingSigners(state).map(({ personId }) => personId);
  return waitsFor.length === 0 ? { kind: 'signed-no-owner', person } : { kind: 'signed', person, waitsFor };
}

function partnerNotice(state: StartedAlignment, event: DomainEvent): Notice | undefined {
  switch (event.type) {
    case 'PartnerVolunteered':
      return { kind: 'volunteered', person: event.by, requester: state.requester };
    case 'PartnerJoined':
      return { kind: 'claimed', person: event.personId };
    case 'PartnerReplaced':
      return { kind: 'handed-over', from: event.from, to: event.to, cover: event.cover };
    case 'PartnerLeft':
      return { kind: 'given-back', person: event.personId };
    default:
      return undefined;
  }
}
