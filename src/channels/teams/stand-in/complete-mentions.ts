import { nameIn, ownName } from '../read-text.ts';
import { type ThinActivity, ThinMention } from './thin-activity.ts';

const marked = /<at(?:\s[^<>]*)?>([^<>]*)<\/at>/giu;
const written = /^\s*@([\p{L}\p{N}_.-]+)/u;

/** Who is mentioned, also where only the text says it: "<at>Plumb</at>", or "@Plumb" at its beginning. */
export function completeMentions(given: ThinActivity, bot: string): { text?: string; entities?: unknown[] } {
  if (given.type !== 'message' && given.type !== 'messageUpdate') return {};
  const names = new Set([ownName, given.recipient?.name ?? ownName].map((name) => nameIn(name).toLowerCase()));
  const isPlumb = (name: string): boolean => names.has(nameIn(name).toLowerCase());
  const told = (given.entities ?? []).map((entity) => {
    const mention = ThinMention.safeParse(entity).data;
    if (!mention) return entity;
    const name = mention.mentioned?.name ?? nameIn(mention.text?.replaceAll(/<[^<>]*>/gu, '') ?? '');
    const id = isPlumb(name) ? bot : mention.mentioned?.id;
    return { ...mention, mentioned: { ...mention.mentioned, id, name } };
  });
  const text = given.text ?? '';
  const mention = { type: 'mention', mentioned: { id: bot, name: ownName } };
  if (told.some((entity) => ThinMention.safeParse(entity).data?.mentioned?.id === bot)) return { entities: told };
  for (const [whole, name = ''] of text.matchAll(marked)) if (isPlumb(name)) return { entities: [...told, { ...mention, text: whole }] };
  const [begun, name = ''] = written.exec(text) ?? [];
  if (begun === undefined || !isPlumb(name)) return { entities: told };
  const tag = `<at>${ownName}</at>`;
  return { text: `${tag}${text.slice(begun.length)}`, entities: [...told, { ...mention, text: tag }] };
}
