import type { PersonId } from './conversation.ts';
import { currentAnswers, delegatedQuestions } from './questions.ts';
import { missingSigners, signsForAnother } from './signers.ts';
import type { StartedAlignment } from './state.ts';

/** Whether somebody did something in this alignment or was asked to. Being named by others is not taking part: they may not even know of it. */
export function takesPart(state: StartedAlignment, personId: PersonId): boolean {
  const given = Object.values(state.answers).flat();
  const answered = given.some((answer) => answer.by === personId || answer.delegatedTo?.personId === personId);
  const finding = state.openPoints?.some(({ owner }) => owner === personId) ?? false;
  return answered || finding || signsForAnother(state, personId) || leads(state, personId) || state.volunteers.includes(personId);
}

/** The requester, whoever started it for them, and the L&D partners: they see everything of it, also where it goes on privately. */
export function leads(state: StartedAlignment, personId: PersonId): boolean {
  return state.requester === personId || state.startedBy === personId || state.partners.some((partner) => partner.personId === personId);
}

/** The places whose readers may see what was answered: where people talk about it, and where the signed brief stands. */
export function openTo(state: StartedAlignment): string[] {
  if (state.status === 'suggested') return [];
  const talk = state.privately ? [] : [state.conversation.place];
  const isSigned = state.status === 'aligned' || state.status === 'closed';
  return isSigned && state.postedTo?.kind === 'channel' ? [...talk, state.postedTo.place] : talk;
}

/** On whom the next step waits; nobody while it is paused, agreed or over. */
export function waitsFor(state: StartedAlignment): PersonId[] {
  switch (state.status) {
    case 'suggested':
      return [state.requester];
    case 'clarifying': {
      const asked = state.asked ? [state.asked.of] : [];
      // What an L&D partner or the challenge asked is waited for like a question.
      const probed = state.coaching?.probe ? [state.coaching.probe.of] : [];
      const choosing = state.pace === 'offered' ? [state.requester] : [];
      return [...new Set([...asked, ...probed, ...choosing, ...delegates(state)])];
    }
    case 'reviewing':
      return [...new Set(missingSigners(state).map(({ personId }) => personId))];
    case 'aligned':
    case 'paused':
    case 'closed':
    case 'declined':
    case 'withdrawn':
      return [];
    default:
      return state satisfies never;
  }
}

function delegates(state: StartedAlignment): PersonId[] {
  const open = delegatedQuestions(state.answers).filter((id) => !state.lapsed.includes(id));
  return open.flatMap((id) => currentAnswers(state.answers, id).flatMap((answer) => answer.delegatedTo?.personId ?? []));
}
