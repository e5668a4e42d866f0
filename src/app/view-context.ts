import { type PersonId, wholeChat } from '../domain/conversation.ts';
import type { DomainEvent } from '../domain/event.ts';
import { isFormer, readable } from '../domain/former.ts';
import { knowledgeOf } from '../domain/knowledge-of.ts';
import { mentionedIn, participants } from '../domain/participants.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { ViewContext } from '../views/context.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { Store, TextRow } from './store.ts';
import { textIdsIn } from './text-ids.ts';
import { personOf, type Turn } from './turn.ts';

/** What views need for things that refer to these states and events: people's words, names, names of places. Erased words are missing. */
export async function contextFor(
  { store, prompts }: Pick<HandleDependencies, 'store' | 'prompts'>,
  turn: Turn,
  about: { refersTo: unknown; people: readonly PersonId[]; places?: readonly string[] },
): Promise<ViewContext> {
  const ids = [...textIdsIn(about.refersTo)].filter((id) => !turn.texts.has(id));
  const stored = await keptTexts(store, turn, ids);
  const former = prompts.words.plain('common.former');
  const isGone = (id: PersonId) => isFormer(id) || id === turn.forgotten?.personId;
  for (const personId of about.people) {
    const person = await personOf(turn, personId);
    if (isGone(personId)) turn.people.set(personId, { ...person, name: former });
  }
  const places = new Map<string, string>();
  for (const place of new Set(about.places ?? [])) places.set(place, await turn.channel.directory.placeName(turn.tenant, place));
  return {
    ...prompts,
    knowledge: knowledgeOf(prompts.knowledge, turn.settings.causes),
    quote: ({ textId, start, end }) => {
      const row = turn.texts.get(textId) ?? stored.get(textId);
      const erased = row && turn.eraseTexts.has(row.messageRef) && !turn.texts.has(textId);
      return row && !erased ? readable(row.body.slice(start, end), former) : undefined;
    },
    // No mention: nobody is told, and no name is looked up by the platform.
    person: (id) => (isGone(id) ? former : { person: id, name: turn.people.get(id)?.name ?? id }),
    placeName: (place) => places.get(place) ?? place,
  };
}

/** Words that are kept, each read once a turn: the coach, the cards of every reader and the draft quote the same ones. */
async function keptTexts(
  { texts }: Pick<Store, 'texts'>,
  { keptTexts: kept }: Turn,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TextRow | undefined>> {
  const unread = ids.filter((id) => !kept.has(id));
  if (unread.length === 0) return kept;
  const found = await texts.load(unread);
  for (const id of unread) kept.set(id, found.get(id));
  return kept;
}

/** The messages whose words stand in what refers to them: when one is deleted, what repeats it has to go. */
export async function messagesQuoted({ store }: Pick<HandleDependencies, 'store'>, turn: Turn, refersTo: unknown): Promise<string[]> {
  const ids = [...textIdsIn(refersTo)];
  const stored = await keptTexts(store, turn, ids);
  const refs = ids.flatMap((id) => turn.texts.get(id)?.messageRef ?? stored.get(id)?.messageRef ?? []);
  return [...new Set(refs)].filter((ref) => !turn.eraseTexts.has(ref));
}

/** The same for one alignment and what just happened to it. */
export async function contextOf(
  dependencies: Pick<HandleDependencies, 'store' | 'prompts'>,
  turn: Turn,
  state: StartedAlignment,
  events: readonly DomainEvent[] = [],
): Promise<ViewContext> {
  const places = [state.conversation.place, ...(state.audience.kind === 'channel' ? [state.audience.place] : [])];
  const ctx = await contextFor(dependencies, turn, { refersTo: [state, events], people: [...participants(state), ...events.flatMap(mentionedIn)], places });
  return { ...ctx, ...(!(await hearsAll(turn, state)) && { onlyMentions: true }), ...(state.conversation.thread === wholeChat && { inGroupChat: true }) };
}

/** Whether Plumb is given the answers where the conversation goes on. */
async function hearsAll({ channel, tenant }: Turn, { conversation, privately }: StartedAlignment): Promise<boolean> {
  if (privately || conversation.thread === '') return true;
  return (await channel.directory.hearsAll?.(tenant, conversation.place)) ?? true;
}
