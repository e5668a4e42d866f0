import type { PersonId } from './conversation.ts';
import type { DomainEvent } from './event.ts';
import type { Fitness } from './fitness-state.ts';
import type { Answer } from './questions.ts';
import type { StartedAlignment } from './state.ts';

/** Everybody who takes part in an alignment or is named in it, the requester first. */
export function participants(state: StartedAlignment): PersonId[] {
  const partners = state.partners.flatMap((partner) => [partner.personId, ...(partner.coversFor ? [partner.coversFor] : [])]);
  const answering = Object.values(state.answers).flatMap((given) => given.flatMap(peopleOf));
  const finding = (state.openPoints ?? []).flatMap(({ owner, by }) => [owner, by]);
  // Whose words the coach keeps is named beside them, and found when they want to be forgotten.
  const heard = (state.coaching?.cues ?? []).map(({ by }) => by);
  const signing = signersOf(state);
  const promising = (state.promises ?? []).map(({ by }) => by);
  const written = [...(state.vendorWritings ?? []), ...(state.vendorAnswers ?? [])].map(({ by }) => by);
  return [
    ...new Set([
      state.requester,
      state.startedBy,
      ...partners,
      ...state.volunteers,
      ...answering,
      ...heard,
      ...finding,
      ...signing,
      ...inFitness(state.fitness),
      ...promising,
      ...written,
      ...(state.changesLeft ?? []),
    ]),
  ];
}

/** Who signed, for whom, and who was asked to. */
function signersOf(state: StartedAlignment): PersonId[] {
  const review = 'review' in state ? state.review : undefined;
  const signatures = [...(review?.signatures ?? []), ...('signatures' in state ? state.signatures : []), ...(state.signedContent?.signatures ?? [])];
  const signed = signatures.flatMap((signature) => [signature.by, ...(signature.for === undefined ? [] : [signature.for])]);
  return [...signed, ...(review?.delegations ?? []).flatMap(({ from, to }) => [from, to])];
}

/** Who was asked what is in the way, and who is to change it. */
function inFitness(fitness: Fitness | undefined): PersonId[] {
  if (!fitness) return [];
  const acting = fitness.actions.flatMap(({ by, owner }) => [by, ...(owner === undefined ? [] : [owner])]);
  return [fitness.openedBy, ...fitness.asked, ...acting, ...(fitness.reviewer === undefined ? [] : [fitness.reviewer])];
}

function peopleOf(answer: Answer): PersonId[] {
  const named = answer.facts?.people?.flatMap((person) => person.personId ?? []) ?? [];
  return [answer.by, ...(answer.delegatedTo ? [answer.delegatedTo.personId] : []), ...named];
}

/** People whom an event tells of, besides the participants. */
export function mentionedIn(event: DomainEvent): PersonId[] {
  const ids: (PersonId | undefined)[] = ['by' in event ? event.by : undefined];
  if (event.type === 'PartnerJoined' || event.type === 'PartnerLeft' || event.type === 'PersonResolved') ids.push(event.personId);
  if (event.type === 'PartnerReplaced') ids.push(event.from, event.to);
  if (event.type === 'OpenPointGiven') ids.push(event.owner);
  if (event.type === 'QuestionAnswered' || event.type === 'LineChanged' || event.type === 'LineRestored') ids.push(...peopleOf(event.answer));
  if (event.type === 'SignOffDelegated') ids.push(event.to);
  if (event.type === 'SignOffReminded') ids.push(event.personId);
  return ids.flatMap((id) => id ?? []);
}
