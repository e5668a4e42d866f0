import type { InteractionResponse } from '../app/ports.ts';
import type { Card } from '../views/card.ts';

type File = Pick<Extract<InteractionResponse, { kind: 'file' }>, 'name' | 'content' | 'inWords'>;

/** The text of a file as a card, for where it cannot be sent as a file. */
export function fileCard({ name, content, inWords = '' }: File): Card {
  const text = typeof content === 'string' ? content : inWords;
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  return { summary: name, title: name, blocks: paragraphs.map((paragraph) => ({ type: 'text', text: paragraph })), actions: [] };
}
