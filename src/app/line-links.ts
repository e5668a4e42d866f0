import { buildBrief } from '../domain/brief.ts';
import { statementsOf } from '../domain/brief-evidence.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Sources } from '../views/who-said.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { Turn } from './turn.ts';
import { type Viewer, viewerOf } from './viewer.ts';

// A platform may have to be asked for each: a brief with more lines than this shows the rest without a link.
const mostLinks = 40;

/**
 * Where the lines of a brief come from: links to their messages, only to places that the person who looks may read, and whose words the texts are that no
 * answer says it of.
 */
export async function lineSources(
  { store }: Pick<HandleDependencies, 'store'>,
  turn: Turn,
  personId: string,
  state: StartedAlignment,
): Promise<Required<Sources>> {
  const brief = buildBrief(state);
  const unsourced = statementsOf(brief).flatMap(({ origin, quote }) => (origin ? [] : [quote.textId]));
  const rows = await store.texts.load(unsourced);
  const originOf = (textId: string) => {
    const row = rows.get(textId);
    return row && { by: row.author, at: row.at, messageRef: row.messageRef };
  };
  const refs = new Set(statementsOf(brief, originOf).flatMap(({ origin }) => origin?.messageRef ?? []));
  // Words behind a command are no message that anybody could be shown.
  if (state.requestMessage !== undefined && state.reasons.includes('command')) refs.delete(state.requestMessage);
  const viewer = viewerOf(turn, personId);
  const links = await Promise.all([...refs].slice(0, mostLinks).map(async (ref) => [ref, await linkTo(turn, viewer, state, ref)] as const));
  return { originOf, links: new Map(links.flatMap(([ref, link]) => (link === undefined ? [] : [[ref, link] as const]))) };
}

/** A link to one message, for somebody who may read where it was written. */
export async function messageLink(turn: Turn, personId: string, state: StartedAlignment, ref: string): Promise<string | undefined> {
  // Words behind a command are no message that anybody could be shown.
  if (ref === state.requestMessage && state.reasons.includes('command')) return undefined;
  return linkTo(turn, viewerOf(turn, personId), state, ref);
}

async function linkTo(turn: Turn, viewer: Viewer, { conversation }: StartedAlignment, ref: string): Promise<string | undefined> {
  const [channel, tenant, place, messageId, ...rest] = ref.split('/').map(decoded);
  // Answers typed into a form or a card have a reference of another shape.
  if (channel !== conversation.channel || tenant !== turn.tenant || !place || !messageId || rest.length > 0) return undefined;
  if (!(await viewer.isMember(place))) return undefined;
  return turn.channel.directory.permalink({ ...conversation, place, thread: place === conversation.place ? conversation.thread : '' }, messageId);
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not one of ours: references are encoded part by part.
    return undefined;
  }
}
