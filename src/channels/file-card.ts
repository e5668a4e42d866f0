import type { InteractionResponse } from '../app/ports.ts';
import type { Card } from '../views/card.ts';

type File = Pick<Extract<InteractionResponse, { kind: 'file' }>, 'name' | 'content' | 'inWords' | 'link'>;

/** `note` stands above the text: why it is no file. `open` labels the link to the file, where there is one. */
type Labels = { note?: string; open: string };

/** The text of a file as a card, for where it cannot be sent as a file. */
export function fileCard({ name, content, inWords, link }: File, { note, open }: Labels): Card {
  const text = inWords ?? (typeof content === 'string' ? content : '');
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  const said = [...(note === undefined ? [] : [note]), ...paragraphs];
  return { summary: name, title: name, blocks: said.map((paragraph) => ({ type: 'text', text: paragraph })), actions: linkTo(link, open) };
}

/** A file that is given under a link alone, with `note` below its name. */
export function linkCard({ name, link }: Pick<File, 'name' | 'link'>, { note, open }: Required<Labels>): Card {
  return { summary: name, title: name, blocks: [{ type: 'text', text: note, style: 'subtle' }], actions: linkTo(link, open) };
}

function linkTo(link: File['link'], label: string): Card['actions'] {
  return link ? [{ action: 'open-file', label, url: link.url }] : [];
}
