import { DateTime } from 'luxon';
import type { By, Command } from '../domain/command.ts';
import type { Person } from '../domain/conversation.ts';
import { rolesOf } from '../domain/permissions.ts';
import type { HeardPromise } from '../domain/promise-command.ts';
import { isUnderWay } from '../domain/promises.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { takesPart } from '../domain/taking-part.ts';
import { markOf } from '../views/shown-answers.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent } from './ports.ts';
import { actOf, type MessageEvent, refOf, textIdOf } from './read-message.ts';
import { standingOf } from './standing.ts';
import { textIdsIn } from './text-ids.ts';
import { boundTo, changedAmong, command, personOf, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';

type Dependencies = Pick<HandleDependencies, 'store' | 'language'>;
type Source = { text: string; at: number; textId: string; messageRef: string; by: By };

// Whoever promises more in a day keeps a list of their own.
const proposalsADay = 3;

/**
 * What people said in this turn that they will do, in messages and in forms, noted to be proposed to each of them alone; what was edited or deleted
 * follows its message. Nothing where somebody has no private chat with Plumb. Only the words of the promise are kept, never the talk around it.
 */
export async function hearPromises(dependencies: Dependencies, turn: Turn): Promise<void> {
  // Whatever these rows belong to was looked at when they were taken.
  if (turn.alignments.size === 0) return;
  for (const { event } of turn.leased.rows) {
    if (isWritten(event) || event.type === 'MessageDeleted') await hearMessage(dependencies, turn, event);
    else if (event.type !== 'TimerDue') await hearAnswers(dependencies, turn, event);
  }
  for (const alignment of changedAmong(turn.alignments)) eraseWhatIsGone(turn, alignment);
}

function isWritten(event: InboundEvent): event is MessageEvent {
  return event.type === 'MessagePosted' || event.type === 'MessageEdited' || event.type === 'MessageRestored';
}

async function hearMessage(dependencies: Dependencies, turn: Turn, event: MessageEvent | Extract<InboundEvent, { type: 'MessageDeleted' }>): Promise<void> {
  const ref = await boundTo(turn, dependencies.store, event.conversation);
  if (ref?.kind !== 'alignment') return;
  const alignment = await workOnAlignment(turn, dependencies.store, ref.id);
  const { state } = alignment;
  if (state.status === 'new' || !isUnderWay(state)) return;
  const by = { by: event.personId, act: actOf(event), standing: standingOf(turn.settings, event.personId) };
  const messageRef = refOf(event);
  if (event.type === 'MessageDeleted') {
    note(turn, alignment, { type: 'HearPromises', ...by, messageRef, promises: [], deleted: true });
    return;
  }
  if (isOvertaken(state, event) || !isOneOfThem(state, event)) return;
  await hear(dependencies, turn, alignment, { text: event.text, at: event.at, textId: textIdOf(event), messageRef, by });
}

/** Whoever takes part, was named for the change, or speaks to Plumb. What a colleague promises another beside it is none of Plumb's business. */
function isOneOfThem(state: StartedAlignment, event: MessageEvent): boolean {
  const roles = rolesOf(state, event.personId);
  const addressed = 'addressed' in event && event.addressed;
  return addressed || takesPart(state, event.personId) || roles.includes('owner') || roles.includes('manager');
}

/** Platforms deliver out of order: a later edit or the deletion of a message may be known already. */
function isOvertaken({ seenActs }: StartedAlignment, event: MessageEvent): boolean {
  const ref = refOf(event);
  if (event.type !== 'MessageRestored' && seenActs.includes(`${ref}#deleted`)) return true;
  const edits = seenActs.filter((act) => act.startsWith(`${ref}@`)).map((act) => Number(act.slice(ref.length + 1)));
  if (event.type === 'MessageEdited') return edits.some((at) => at > event.editedAt);
  return event.type === 'MessagePosted' && edits.length > 0;
}

/** Answers that were typed into a form or a card: their words stand under an id of their own. */
async function hearAnswers(dependencies: Dependencies, turn: Turn, { eventKey, personId }: InboundEvent): Promise<void> {
  for (const alignment of changedAmong(turn.alignments)) {
    for (const event of [...alignment.events]) {
      if (event.type !== 'QuestionAnswered' || event.act !== eventKey || event.by !== personId || !event.answer.text) continue;
      const { textId, start, end } = event.answer.text;
      const text = turn.texts.get(textId)?.body.slice(start, end);
      const by = { by: personId, act: eventKey, standing: standingOf(turn.settings, personId) };
      if (text) await hear(dependencies, turn, alignment, { text, at: turn.now, textId, messageRef: textId, by });
    }
  }
}

async function hear(dependencies: Dependencies, turn: Turn, alignment: WorkingAlignment, source: Source): Promise<void> {
  const { state } = alignment;
  if (state.status === 'new') return;
  const { text, at, textId, messageRef, by } = source;
  const person = await personOf(turn, by.by);
  const read = dependencies.language.readPromises(text, { at, timeZone: person.timeZone });
  // Those that they said are none count, too: an edit does not propose them again.
  const known = [...(state.promises ?? []), ...(state.noPromises ?? [])].filter((one) => one.messageRef === messageRef && one.by === by.by).length;
  if (read.length === 0 && known === 0) return;
  const more = await allowed(dependencies, turn, person, read.length - known);
  const promises = read.slice(0, known + more).map(({ span, due }): HeardPromise => {
    const body = text.slice(span.start, span.end);
    const id = `${textId}#promise:${span.start}`;
    turn.texts.set(id, { textId: id, messageRef: id, author: by.by, body, at });
    const mark = promiseMark(body);
    return { words: { textId: id, start: 0, end: body.length }, ...(due !== undefined && { due }), ...(mark !== undefined && { mark }) };
  });
  note(turn, alignment, { type: 'HearPromises', ...by, messageRef, promises });
}

/** Days and months, which may change while it stays the same promise. */
const whenWords =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^(?:tomorrow|today|tonight|next|this|week|month|morning|afternoon|evening|noon)$|^(?:january|february|march|april|june|july|august|september|october|november|december)$/;

/** The same for what is promised in other small words, in another order or for another day; undefined where too little is said to tell. */
function promiseMark(body: string): string | undefined {
  const told = (body.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).filter((word) => !whenWords.test(word));
  return told.length === 0 ? undefined : markOf([...new Set(told)].sort().join(' '));
}

/** How many of so many new promises may still be proposed to somebody on this day of theirs; those are counted with the commit. */
async function allowed({ store }: Dependencies, turn: Turn, { id: personId, timeZone: zone }: Person, wanted: number): Promise<number> {
  if (wanted <= 0 || (await turn.channel.directory.privateConversation(turn.tenant, personId)) === undefined) return 0;
  const of = { personId, day: DateTime.fromMillis(turn.now, { zone }).toFormat('yyyy-MM-dd'), what: 'promise' };
  const before = await store.usage.add({ tenant: turn.tenant, ...of, amount: 0 });
  const inTurn = turn.usage.filter((counted) => counted.personId === personId && counted.what === of.what);
  const made = inTurn.reduce((sum, { amount }) => sum + amount, before);
  const amount = Math.max(Math.min(proposalsADay - made, wanted), 0);
  if (amount > 0) turn.usage.push({ ...of, amount });
  return amount;
}

/** Only where it changes something: talk that promises nothing leaves no trace. */
function note(turn: Turn, alignment: WorkingAlignment, order: Extract<Command, { type: 'HearPromises' }>): void {
  command(alignment, order, turn.now);
}

/** Words of promises that are no longer kept go for good. */
function eraseWhatIsGone(turn: Turn, { before, state }: WorkingAlignment): void {
  const was = before.status === 'new' ? [] : (before.promises ?? []);
  const kept = textIdsIn(state.status === 'new' ? [] : (state.promises ?? []));
  for (const textId of textIdsIn(was)) if (!kept.has(textId)) turn.eraseTexts.add(textId);
}
