import { decide } from '../domain/alignment.ts';
import type { By, Command, Opening } from '../domain/command.ts';
import { evolve } from '../domain/evolve.ts';
import { newAlignment, type StartedAlignment } from '../domain/state.ts';
import type { Band, Language, SpottedRequest, TenantLanguage } from '../language/language.ts';
import { readAsOne } from './burst.ts';
import { peopleAround } from './people-around.ts';
import type { SaidMessage } from './ports.ts';
import { type MessageEvent, offerText, readInContext, refOf } from './read-message.ts';
import { betweenPeople, plainly } from './reply.ts';
import { answerCommands } from './reply-commands.ts';
import { standingOf } from './standing.ts';
import type { Store } from './store.ts';
import { taughtLanguage } from './tenant-language.ts';
import { boundTo, command, type Turn, type WorkingAlignment } from './turn.ts';

/** What people wrote in a thread before Plumb was called into it, oldest first, and which of it asks for training. */
export type Before = { messages: readonly SaidMessage[]; request?: { message: MessageEvent; spotted: SpottedRequest; at: number } };

// The newest ones: beyond that, what was said is seldom about the same thing, and each takes its time to be read.
const readClosely = 40;
const certainty: Readonly<Record<Band, number>> = { sure: 2, maybe: 1, no: 0 };

type Dependencies = { language: Language; store: Store };

/**
 * Reads a thread or a group chat once, where Plumb was called halfway down and has never been before; undefined where there is nothing to read. What is read
 * and not used is not kept.
 */
export async function requestBefore({ language, store }: Dependencies, turn: Turn, call: MessageEvent, own: SpottedRequest): Promise<Before | undefined> {
  const { conversation, messageId } = call;
  // In a 1:1 chat Plumb was told everything as it was said.
  if (conversation.thread === '' || conversation.thread === messageId || !turn.channel.earlier) return undefined;
  if (await boundTo(turn, store, conversation)) return undefined;
  const messages = await turn.channel.earlier(conversation, messageId);
  if (messages.length === 0) return undefined;
  const tenant = await taughtLanguage(turn, store);
  const around = peopleAround(turn, conversation.place);
  const looked = await Promise.all(
    messages.map(async (said, at) => {
      if (language.glance({ text: said.text, tenant }) === 'no') return undefined;
      const spotted = await language.spotRequest({ text: said.text, mentions: said.mentions, tenant, around });
      return spotted.band === 'no' ? undefined : { message: asPosted(call, said), spotted, at };
    }),
  );
  const candidates = looked.flatMap((one) => one ?? []);
  // Of equally sure ones the first asked, the others speak of it.
  const [best] = candidates.toSorted((one, other) => certainty[other.spotted.band] - certainty[one.spotted.band]);
  return best && !isAnother(call, own, best) ? { messages, request: best } : { messages };
}

function asPosted({ conversation }: MessageEvent, said: SaidMessage): MessageEvent {
  const { messageId } = said;
  return { ...said, type: 'MessagePosted', eventKey: messageId, conversation, addressed: false, topLevel: conversation.thread === messageId };
}

/** Whoever calls may ask for something else than what was asked before: then their own words are the request. */
function isAnother(call: MessageEvent, own: SpottedRequest, { message, spotted }: { message: MessageEvent; spotted: SpottedRequest }): boolean {
  if (certainty[own.band] > certainty[spotted.band]) return true;
  if (own.band !== 'sure' || !own.understood.topic || !spotted.understood.topic) return false;
  const topic = wordsAt(call.text, own.understood.topic);
  const earlier = wordsAt(message.text, spotted.understood.topic);
  return !topic.includes(earlier) && !earlier.includes(topic);
}

function wordsAt(text: string, { start, end }: { start: number; end: number }): string {
  return text.slice(start, end).trim().toLowerCase();
}

type Taking = { order: Opening; before: Before; call: MessageEvent };

/** Opens the alignment and takes the answers that people gave after the request, each with its author and message. */
export async function takeBefore(dependencies: Dependencies, turn: Turn, alignment: WorkingAlignment, { order, before, call }: Taking): Promise<void> {
  const later = before.request ? before.messages.slice(before.request.at + 1).slice(-readClosely) : [];
  const draft = decide(alignment.state, { type: 'OpenAlignment', ...order }, turn.now).reduce(evolve, newAlignment);
  if (draft.status === 'new') return;
  const tenant = beforeAnybodyStarted(turn.tenantLanguage);
  // At once: a model that takes its time takes it for all of them together.
  const read = await Promise.all(later.map((said) => answersIn(dependencies, { ...turn, tenantLanguage: tenant }, draft, asPosted(call, said))));
  const used = read.filter((orders) => orders.length > 0).length + (before.request ? 1 : 0);
  command(alignment, { type: 'OpenAlignment', ...order, readBefore: { messages: before.messages.length, used } }, turn.now);
  // The call itself was said to Plumb, and may answer something too.
  const called = before.request ? await answersIn(dependencies, turn, draft, call) : [];
  for (const each of [...read.flat(), ...called]) command(alignment, each, turn.now);
}

/** Nobody had started anything when these were written: an external model reads them only where it may hear. */
function beforeAnybodyStarted(tenant: TenantLanguage): TenantLanguage {
  return { ...tenant, model: { conversations: tenant.model.hearing, hearing: tenant.model.hearing } };
}

/** What a message says plainly, without being asked: a guess at people's talk would be presented as fact. */
async function answersIn(dependencies: Dependencies, turn: Turn, state: StartedAlignment, event: MessageEvent): Promise<Command[]> {
  const source = readAsOne([event], turn.channel.directory);
  const reading = betweenPeople(source, await readInContext(dependencies, turn, state, source));
  const answers = reading.answers.filter(({ confidence }) => confidence >= plainly);
  if (answers.length === 0) return [];
  offerText(turn, event);
  const by: By = { by: event.personId, act: refOf(event), standing: standingOf(turn.settings, event.personId) };
  return answerCommands(by, { ...reading, answers }, source);
}
