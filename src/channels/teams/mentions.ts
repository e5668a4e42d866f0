import type { z } from 'zod';
import { MentionEntity, ofKind } from './activities.ts';
import { isBot } from './envelope.ts';
import type { Known } from './read-activity.ts';
import type { NumberedMention } from './read-html.ts';
import { type Mentioned, type MentionedBy, nameIn, ownName } from './read-text.ts';

type Entity = z.infer<typeof MentionEntity>;

/** The mentions of a message: by the name that stands in its text, or by the number in its HTML. */
type Mentions = { includePlumb: boolean; written: MentionedBy; numbered: NumberedMention };

/**
 * Who is mentioned, by what Teams says beside the text: whoever writes may change the names in it (Microsoft Learn: "Channel and group chat conversations
 * with a bot", Retrieve mentions).
 */
export function createMentions(entities: readonly unknown[] | null | undefined, botId: string, known: Known): Mentions {
  const all = ofKind(MentionEntity, 'type', 'mention', entities);
  // By the name in the text, in order: two people may have the same.
  const waiting = new Map<string, Entity[]>();
  for (const entity of all) {
    const name = writtenName(entity);
    const others = waiting.get(name);
    if (others) others.push(entity);
    else waiting.set(name, [entity]);
  }
  return {
    includePlumb: all.some(({ mentioned }) => mentioned.id === botId),
    written: (written) => {
      const found = waiting.get(written) ?? [];
      const entity = found.length > 1 ? found.shift() : found[0];
      return entity && mentionedBy(entity, written, botId, known);
    },
    numbered: (number, written) => {
      const entity = /^\d{1,6}$/.test(number) ? all[Number(number)] : undefined;
      return entity && mentionedBy(entity, written, botId, known);
    },
  };
}

function writtenName({ text, mentioned }: Entity): string {
  const inside = text?.replace(/^<at[^<>]*>/iu, '').replace(/<\/at>$/iu, '');
  return nameIn(inside ?? mentioned.name ?? '');
}

function mentionedBy({ mentioned }: Entity, written: string, botId: string, known: Known): Mentioned {
  const { id, aadObjectId, name } = mentioned;
  if (id === botId) return { personId: botId, name: ownName };
  const shown = nameIn(name ?? '') || written;
  if (!id || !isPerson(mentioned, botId)) return { name: shown };
  const personId = aadObjectId ?? known.personOf(id) ?? id;
  return { personId, name: known.nameOf(personId) ?? shown };
}

// A channel or team has the id of a conversation, an app that of a bot; a tag says that it is one.
const groups: readonly unknown[] = ['tag', 'channel', 'team', 'conversation', 'everyone'];

function isPerson({ id, type }: Entity['mentioned'], botId: string): boolean {
  return typeof id === 'string' && !isBot({ id }, botId) && !id.startsWith('19:') && !groups.includes(type?.toLowerCase());
}
