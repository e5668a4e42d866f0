import { buildBrief, missingSigners } from '../domain/brief.ts';
import type { PersonId } from '../domain/conversation.ts';
import type { DomainEvent } from '../domain/event.ts';
import { currentAnswers } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Notice } from '../views/notice.ts';

/** What is worth one short line of its own. Acts in `told` got their answer in the response already. */
export function noticesOf(state: StartedAlignment, events: readonly DomainEvent[], told: ReadonlySet<string>): Notice[] {
  return events.flatMap((event) => ('act' in event && told.has(event.act) ? [] : (noticeOf(state, event) ?? [])));
}

function noticeOf(state: StartedAlignment, event: DomainEvent): Notice | undefined {
  switch (event.type) {
    case 'WhyExplained':
      return { kind: 'why', questionId: event.questionId };
    case 'ReasonExplained':
      return { kind: 'reason', reasons: state.reasons, asked: state.status === 'suggested' };
    case 'HelpGiven':
      return { kind: 'help' };
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
      return { kind: 'withdrawn' };
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

/** Once everybody has signed there is another line. */
function signedNotice(state: StartedAlignment, person: PersonId): Notice | undefined {
  return state.status === 'reviewing' ? { kind: 'signed', person, waitsFor: missingSigners(buildBrief(state)) } : undefined;
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
