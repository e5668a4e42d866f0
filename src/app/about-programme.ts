import type { StartedProgramme } from '../domain/programme-state.ts';
import type { ProgrammeAbout, SeenBy } from '../views/programme.ts';
import type { PrivateKind } from './ports.ts';
import { type Belonging, belongingTo, privatelyTo, type Where } from './say.ts';
import { personOf, type Turn } from './turn.ts';

/** What a private message about a programme belongs to. */
export function partOf(id: string, { content: { conversation } }: StartedProgramme, kind: PrivateKind): Belonging {
  return belongingTo({ id, conversation }, kind);
}

/** What cards need to know of a programme. */
export function aboutOf(programme: string, { content }: StartedProgramme): ProgrammeAbout {
  const { topic, focus, outcome, kpis } = content;
  return { programme, ...(topic && { topic }), ...(focus && { focus }), outcome, kpis };
}

/** Who reads what managers answer. */
export async function seenByOf(turn: Turn, { content }: StartedProgramme): Promise<SeenBy> {
  if (content.readers) {
    // The owner gets no digest, but is told when somebody is stuck: a promise to show it to nobody else has to name them.
    const readers = [...new Set([...content.readers, ...(content.owner ? [content.owner] : [])])];
    for (const personId of readers) await personOf(turn, personId);
    return { readers };
  }
  const { place } = content.conversation;
  return { place, count: (await turn.channel.directory.members(turn.tenant, place)).length };
}

/** Where a programme is read: its thread, or the chats of those whom its brief stays with. `name` tells their posts apart. */
export function readersOf(turn: Turn, id: string, state: StartedProgramme): { to: Where; name: string }[] {
  const { content } = state;
  if (content.readers) return content.readers.map((personId) => ({ to: privatelyTo(turn, personId, partOf(id, state, 'message')), name: `:${personId}` }));
  return [{ to: { to: { kind: 'conversation', conversation: content.conversation }, audience: 'thread' }, name: '' }];
}
