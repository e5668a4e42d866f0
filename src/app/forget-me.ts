import { z } from 'zod';
import { type Brief, buildBrief, signedBrief, signOffBy } from '../domain/brief.ts';
import type { By } from '../domain/command.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import { formerId, withoutNames } from '../domain/former.ts';
import { heardIn } from '../domain/hearing-cues.ts';
import { waitingPoints } from '../domain/open-points.ts';
import { type Answers, openDelegations } from '../domain/questions.ts';
import { standIns } from '../domain/signers.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { briefCard } from '../views/brief.ts';
import { notice } from './administer.ts';
import { commandProgramme, personAsKept, programmeOf } from './follow-through.ts';
import { goneFrom, isDraftOf } from './gone.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { ifReadable } from './if-readable.ts';
import type { AggregateRef, InboundEvent, InteractionResponse } from './ports.ts';
import { privatelyTo, say } from './say.ts';
import { standingOf } from './standing.ts';
import type { TextRow } from './store.ts';
import { tellNoLeader } from './tell-no-leader.ts';
import { quotedIn } from './telling.ts';
import { textIdsIn } from './text-ids.ts';
import { command, personOf, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';
import { contextOf } from './view-context.ts';

// Far more than anybody takes part in; the words of what lies beyond are erased all the same.
const mostAlignments = 1_000;

/**
 * Somebody asked to be forgotten, and was told what that means: what they wrote is erased wherever it stands, their open requests are withdrawn, what was
 * asked of them is taken back, and no weekly question comes any more. Where something was agreed they stand as a former participant from now on, in states,
 * events, cards and other people's words. Others see that, and no word of why.
 */
export async function forgetMe(
  dependencies: HandleDependencies,
  turn: Turn,
  { personId, eventKey }: Extract<InboundEvent, { type: 'ActionTaken' | 'FormSubmitted' }>,
): Promise<InteractionResponse> {
  const { store } = dependencies;
  const here = { channel: turn.channel.name, tenant: turn.tenant, personId };
  const by: By = { by: personId, act: eventKey, standing: standingOf(turn.settings, personId) };
  // A withdrawal is not announced.
  turn.told.add(eventKey);
  const refs = await store.people.named(here);
  const alignments = await alignmentsOf(dependencies, turn, personId, refs);
  // Also what stands in no state any more: answers of a conversation that was started over, for instance.
  for (const { messageRef } of (await store.people.kept(here)).texts) turn.eraseTexts.add(messageRef);
  for (const alignment of alignments) {
    for (const ref of await wordsIn(dependencies, turn, alignment, personId)) turn.eraseTexts.add(ref);
    leave(dependencies, turn, alignment, by);
    await tellNoLeader(dependencies, turn, alignment, personId);
    await leaveProgramme(dependencies, turn, alignment, personId);
  }
  const person = await personAsKept(dependencies, turn, personId);
  for (const { textId } of Object.values(person.state.programmes).flatMap(({ introduction, reported }) => [
    ...(introduction.status === 'corrected' ? [introduction.correction] : []),
    ...quotesOf(reported?.report),
  ]))
    turn.eraseTexts.add(textId);
  const texts = await namelessTexts(dependencies, turn, personId, alignments);
  const { name } = await personOf(turn, personId);
  turn.forgotten = { ...here, as: formerId(dependencies.newId()), refs, texts, name, called: dependencies.prompts.words.plain('common.former') };
  for (const row of turn.forgotten.texts) turn.keptTexts.set(row.textId, row);
  for (const { state } of alignments) {
    const brief = state.status === 'new' ? undefined : standingBrief(state);
    if (state.status !== 'new' && brief) await showBriefAgain(dependencies, turn, state, brief);
  }
  return notice(dependencies, turn, { kind: 'forgotten' });
}

/** All that name them: a list of participants forgets whoever is no participant any more. */
async function alignmentsOf({ store, logger }: HandleDependencies, turn: Turn, person: PersonId, refs: readonly AggregateRef[]): Promise<WorkingAlignment[]> {
  const rows = await store.aggregates.list({ tenant: turn.tenant, kind: 'alignment', person, limit: mostAlignments });
  const ids = new Set([...rows.map(({ ref }) => ref.id), ...refs.filter(({ kind }) => kind === 'alignment').map(({ id }) => id)]);
  const alignments: WorkingAlignment[] = [];
  for (const id of ids) {
    const alignment = await ifReadable(logger, { kind: 'alignment', id }, () => workOnAlignment(turn, store, id));
    if (alignment && alignment.state.status !== 'new' && alignment.state.conversation.channel === turn.channel.name) alignments.push(alignment);
  }
  return alignments;
}

/** A programme that runs goes on without them, whatever they did in it; what they reported stays, without words and under no name. */
async function leaveProgramme(dependencies: HandleDependencies, turn: Turn, { ref }: WorkingAlignment, personId: PersonId): Promise<void> {
  const programme = await programmeOf(dependencies, turn, ref.id);
  if (programme.state.status !== 'running') return;
  const { owner, dataHolder, readers, ...content } = programme.state.content;
  commandProgramme(
    programme,
    {
      type: 'UpdateProgramme',
      content: {
        ...content,
        managers: content.managers.filter((id) => id !== personId),
        commitments: content.commitments.filter((commitment) => commitment.personId !== personId),
        ...(owner !== undefined && owner !== personId && { owner }),
        ...(dataHolder !== undefined && dataHolder !== personId && { dataHolder }),
        ...(readers && { readers: readers.filter((id) => id !== personId) }),
      },
    },
    turn.now,
  );
}

/** Words of others, without the name by which it was understood who is meant. */
async function namelessTexts({ store }: HandleDependencies, turn: Turn, personId: PersonId, alignments: readonly WorkingAlignment[]): Promise<TextRow[]> {
  const { name } = await personOf(turn, personId);
  const texts = new Map<string, TextRow>();
  for (const { state } of alignments) {
    if (state.status === 'new') continue;
    const rows = [...(await store.texts.load([...textIdsIn(state)])).values(), ...(await store.texts.ofConversation(state.conversation))];
    const known = new Map(rows.map((row) => [row.textId, row]));
    const names = [name, ...namesOf(state, personId, known), ...(await onlyTheirs(turn, personId, name, state.conversation.place))];
    for (const row of known.values()) {
      const kept = texts.get(row.textId) ?? row;
      const body = withoutNames(kept.body, names);
      if (body !== kept.body && row.author !== personId) texts.set(row.textId, { ...kept, body });
    }
  }
  return [...texts.values()].filter(({ messageRef }) => !turn.eraseTexts.has(messageRef));
}

/** As others wrote the name, wherever a state says who is meant by it. */
function namesOf(value: unknown, personId: PersonId, texts: ReadonlyMap<string, TextRow>): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => namesOf(item, personId, texts));
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap((item) => namesOf(item, personId, texts));
  const named = z.object({ personId: z.literal(personId), name: z.object({ textId: z.string(), start: z.number(), end: z.number() }) }).safeParse(value);
  if (!named.success) return inner;
  const { textId, start, end } = named.data.name;
  const written = texts.get(textId)?.body.slice(start, end).replace(/^@/, '');
  return written === undefined ? inner : [...inner, written];
}

/** A first name alone counts where nobody else there is called so. */
async function onlyTheirs({ channel, tenant }: Turn, personId: PersonId, name: string, place: string): Promise<string[]> {
  const [first, ...rest] = name.trim().split(/\s+/u);
  if (first === undefined || first.length < 3 || rest.length === 0) return [];
  const called = await channel.directory.resolve(tenant, first, place);
  return called.length === 1 && called[0]?.id === personId ? [first] : [];
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
  command(alignment, { type: 'ForgetPromises', ...by }, turn.now);
  switch (state.status) {
    case 'suggested':
      if (isRequester) command(alignment, { type: 'RemoveMessage', ...by, messageRef: state.requestMessage ?? '', forgotten: true }, turn.now);
      return;
    case 'clarifying':
    case 'reviewing':
    case 'paused':
      takeQuestionsBack(dependencies, turn, alignment, state, by);
      leaveFitness(dependencies, turn, alignment, state, by);
      if (state.partners.some(({ personId }) => personId === by.by)) command(alignment, { type: 'GiveBack', ...by }, turn.now);
      if (isRequester) command(alignment, { type: 'WithdrawRequest', ...by }, turn.now);
      else {
        leaveTasks(alignment, state, by, turn.now);
        const anew = (state.restated ?? []).flatMap((one) => (one.by === by.by ? [one.messageRef] : []));
        for (const messageRef of new Set([...answersBy(state.answers, by.by), ...heardBy(state, by.by), ...anew]))
          command(alignment, { type: 'RemoveMessage', ...by, messageRef, forgotten: true }, turn.now);
      }
      return;
    case 'aligned':
      leaveTasks(alignment, state, by, turn.now);
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

/** Nobody waits for a signature in somebody's place, or for something to be found out, that will not come. */
function leaveTasks(alignment: WorkingAlignment, state: StartedAlignment, by: By, now: number): void {
  if (state.status !== 'reviewing' && state.status !== 'aligned') return;
  for (const { point, owner } of waitingPoints(state))
    if (owner === by.by) command(alignment, { type: 'SettleOpenPoint', ...by, point, how: 'not-theirs' }, now);
  if (standIns(state).some(({ to }) => to === by.by)) command(alignment, { type: 'DeclineSignOff', ...by }, now);
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

/** The signed brief as it stands, also while a new version of it is under review. */
function standingBrief(state: StartedAlignment): Brief | undefined {
  if (state.status === 'aligned' || state.status === 'closed') return buildBrief(state);
  const signed = state.status === 'reviewing' ? signedBrief(state) : undefined;
  return signed && { ...signed, version: state.signedVersion, signOff: signOffBy(state.signedContent?.signatures ?? []) };
}

/** A signed brief stays where it stands and keeps what others said; whoever is forgotten has no name in it any more. */
async function showBriefAgain(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment, brief: Brief): Promise<void> {
  const gone = goneFrom(turn);
  const shown = new Map<string, Awaited<ReturnType<HandleDependencies['store']['posts']['quoting']>>[number]>();
  for (const ref of gone) {
    for (const post of await dependencies.store.posts.quoting(ref)) {
      if (post.post.startsWith(`${state.id}:brief:`) || post.post.startsWith(`${state.id}:review:`)) shown.set(post.post, post);
    }
  }
  const ctx = await contextOf(dependencies, turn, state);
  const quotes = quotedIn(state, state).filter((ref) => !turn.eraseTexts.has(ref));
  const own = `${state.id}:review:${state.signedVersion}`;
  for (const { post, message } of shown.values()) {
    if (isDraftOf(state, post)) continue;
    const closable = post === own && state.status === 'aligned';
    say(dependencies, turn, message, briefCard(ctx, brief, { closable }), { post, replaces: post, quotes });
  }
}
