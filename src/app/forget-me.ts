import { buildBrief } from '../domain/brief.ts';
import type { By } from '../domain/command.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import { heardIn } from '../domain/hearing-cues.ts';
import { type Answers, openDelegations } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { briefCard } from '../views/brief.ts';
import { notice } from './administer.ts';
import { commandPerson, personAsKept, programmeOf } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { ifReadable } from './if-readable.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import { privatelyTo, say } from './say.ts';
import { standingOf } from './standing.ts';
import { quotedIn } from './telling.ts';
import { command, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';
import { contextOf } from './view-context.ts';

// Far more than anybody takes part in; the words of what lies beyond are erased all the same.
const mostAlignments = 1_000;

/**
 * Somebody asked to be forgotten, and was told what that means: what they wrote is erased wherever it stands, their open requests are withdrawn, what was
 * asked of them is taken back, and no weekly question comes any more. Others see the redactions, and no word of why.
 */
export async function forgetMe(
  dependencies: HandleDependencies,
  turn: Turn,
  { personId, eventKey }: Extract<InboundEvent, { type: 'ActionTaken' | 'FormSubmitted' }>,
): Promise<InteractionResponse> {
  const { store } = dependencies;
  const by: By = { by: personId, act: eventKey, standing: standingOf(turn.settings, personId) };
  // A withdrawal is not announced.
  turn.told.add(eventKey);
  const alignments = await alignmentsOf(dependencies, turn, personId);
  for (const alignment of alignments) {
    for (const ref of await wordsIn(dependencies, turn, alignment, personId)) turn.eraseTexts.add(ref);
    leave(dependencies, turn, alignment, by);
  }
  const person = await personAsKept(dependencies, turn, personId);
  for (const { textId } of Object.values(person.state.programmes).flatMap(({ introduction, reported }) => [
    ...(introduction.status === 'corrected' ? [introduction.correction] : []),
    ...quotesOf(reported?.report),
  ]))
    turn.eraseTexts.add(textId);
  // Nothing is kept of people who take part in nothing.
  if (Object.keys(person.state.programmes).length > 0) commandPerson(person, { type: 'OptOut' }, turn.now);
  // What stands in no state any more: answers of a conversation that was started over, for instance.
  const erased = await store.people.forget({ channel: turn.channel.name, tenant: turn.tenant, personId });
  for (const ref of erased) turn.eraseTexts.add(ref);
  for (const { state } of alignments) if (state.status === 'aligned' || state.status === 'closed') await showBriefAgain(dependencies, turn, state);
  return notice(dependencies, turn, { kind: 'forgotten' });
}

async function alignmentsOf({ store, logger }: HandleDependencies, turn: Turn, person: PersonId): Promise<WorkingAlignment[]> {
  const rows = await store.aggregates.list({ tenant: turn.tenant, kind: 'alignment', person, limit: mostAlignments });
  const alignments: WorkingAlignment[] = [];
  for (const { ref } of rows) {
    const alignment = await ifReadable(logger, ref, () => workOnAlignment(turn, store, ref.id));
    if (alignment && alignment.state.status !== 'new' && alignment.state.conversation.channel === turn.channel.name) alignments.push(alignment);
  }
  return alignments;
}

/** The messages of this person that an alignment and its programme refer to: known also when their words are gone already. */
async function wordsIn(dependencies: HandleDependencies, turn: Turn, { state, ref }: WorkingAlignment, personId: PersonId): Promise<string[]> {
  if (state.status === 'new') return [];
  const request = state.requester === personId && state.requestMessage !== undefined ? [state.requestMessage] : [];
  const signed = answersBy(state.signedContent?.answers ?? {}, personId);
  const { state: programme } = await programmeOf(dependencies, turn, ref.id);
  const reports = programme.status === 'new' ? [] : programme.statuses.filter(({ manager }) => manager === personId);
  return [
    ...request,
    ...answersBy(state.answers, personId),
    ...signed,
    ...heardBy(state, personId),
    ...fitnessWordsBy(state, personId),
    ...reports.flatMap(({ report }) => quotesOf(report).map(({ textId }) => textId)),
  ];
}

/** The messages in which the coach heard something of them. */
function heardBy({ coaching }: StartedAlignment, personId: PersonId): string[] {
  return coaching ? heardIn(coaching, personId) : [];
}

function answersBy(answers: Answers, personId: PersonId): string[] {
  const own = Object.values(answers).flatMap((given) => given.filter((answer) => answer.by === personId && answer.text));
  return [...new Set(own.map(({ messageRef }) => messageRef))];
}

/** What they wrote by name in a fitness check, and actions that they noted; what was given anonymously nobody can find. */
function fitnessWordsBy({ fitness }: StartedAlignment, personId: PersonId): string[] {
  const notes = fitness?.anonymous ? [] : (fitness?.answers ?? []).filter(({ key }) => key === personId).flatMap((given) => Object.values(given.notes));
  const actions = (fitness?.actions ?? []).filter(({ by }) => by === personId).map(({ text }) => text);
  return [...notes, ...actions].map(({ textId }) => textId);
}

function quotesOf(report: { note?: Quote; win?: Quote } | undefined): Quote[] {
  return [report?.note, report?.win].flatMap((quote) => quote ?? []);
}

/** What is agreed stands as it is; in what is still open their words no longer count, and nobody waits for them. */
function leave(dependencies: HandleDependencies, turn: Turn, alignment: WorkingAlignment, by: By): void {
  const { state } = alignment;
  const isRequester = state.status !== 'new' && state.requester === by.by;
  switch (state.status) {
    case 'suggested':
      if (isRequester) command(alignment, { type: 'RemoveMessage', ...by, messageRef: state.requestMessage ?? '', forgotten: true }, turn.now);
      return;
    case 'clarifying':
    case 'reviewing':
    case 'paused':
      takeQuestionsBack(dependencies, turn, alignment, state, by);
      leaveFitness(dependencies, turn, alignment, state, by);
      if (isRequester) command(alignment, { type: 'WithdrawRequest', ...by }, turn.now);
      else
        for (const messageRef of new Set([...answersBy(state.answers, by.by), ...heardBy(state, by.by)]))
          command(alignment, { type: 'RemoveMessage', ...by, messageRef, forgotten: true }, turn.now);
      return;
    case 'aligned':
      leaveFitness(dependencies, turn, alignment, state, by);
      return;
    case 'new':
    case 'closed':
    case 'declined':
    case 'withdrawn':
      return;
    default:
      state satisfies never;
  }
}

function takeQuestionsBack(dependencies: HandleDependencies, turn: Turn, alignment: WorkingAlignment, state: StartedAlignment, { by }: By): void {
  for (const { questionId, delegatedTo } of openDelegations(state.answers)) {
    if (delegatedTo.personId !== by) continue;
    command(alignment, { type: 'LapseDelegation', questionId }, turn.now);
    if (delegatedTo.privately || state.privately)
      say(dependencies, turn, privatelyTo(turn, by), 'removed', { replaces: `${state.id}:delegated:${questionId}:${by}` });
  }
}

/** Their answer goes if it bears their name, and nobody asks them any more. */
function leaveFitness(dependencies: HandleDependencies, turn: Turn, alignment: WorkingAlignment, { id, fitness }: StartedAlignment, by: By): void {
  if (!fitness?.asked.includes(by.by)) return;
  command(alignment, { type: 'ForgetFitnessAnswer', ...by }, turn.now);
  say(dependencies, turn, privatelyTo(turn, by.by), 'removed', { replaces: `${id}:fitness:ask:${fitness.openedAt}` });
}

/** A signed brief stays where it stands and keeps what others said. */
async function showBriefAgain(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment): Promise<void> {
  const shown = new Map<string, Awaited<ReturnType<HandleDependencies['store']['posts']['quoting']>>[number]>();
  for (const ref of quotedIn(state, state)) {
    if (!turn.eraseTexts.has(ref)) continue;
    for (const post of await dependencies.store.posts.quoting(ref)) shown.set(post.post, post);
  }
  const ctx = await contextOf(dependencies, turn, state);
  const quotes = quotedIn(state, state).filter((ref) => !turn.eraseTexts.has(ref));
  const own = `${state.id}:review:${state.signedVersion}`;
  for (const { post, message } of shown.values()) {
    if (!post.startsWith(`${state.id}:brief:`) && !post.startsWith(`${state.id}:review:`)) continue;
    const closable = post === own && state.status === 'aligned';
    say(dependencies, turn, message, briefCard(ctx, buildBrief(state), { closable }), { post, replaces: post, quotes });
  }
}
