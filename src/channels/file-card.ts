import type { InteractionResponse } from '../app/ports.ts';
import type { Card } from '../views/card.ts';

type File = Pick<Extract<InteractionResponse, { kind: 'file' }>, 'name' | 'content'>;

/** The text of a file as a card, for where it cannot be sent as a file. */
export function fileCard({ name, content }: File): Card {
  const paragraphs = content.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  return { summary: name, title: name, blocks: paragraphs.map((text) => ({ type: 'text', text })), actions: [] };
}
