import type { Card, CardBlock, Text, TextPart } from '../../views/card.ts';
import { cutText } from '../adaptive-card-text.ts';

// "Format your bot messages" (Microsoft Learn): about 100 KB in all, counted in UTF-16.
const maxText = 20_000;

/** A card as words alone, for where Teams does not take it as a card. What it asks for can then be answered in words. `more` stands where it was cut. */
export function cardText({ title, summary, blocks }: Card, more: string): string {
  const lines = [...(title === undefined ? [] : [words(title)]), ...blocks.flatMap(linesOf)];
  const text = lines.join('\n') || summary;
  return text.length > maxText ? `${cutText(text, maxText)} ${more}` : text;
}

function linesOf(block: CardBlock): string[] {
  switch (block.type) {
    case 'text':
      return [words(block.text)];
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${words(value)}`);
    case 'progress':
      return block.steps.map(({ label, done, total }) => `${label}: ${done}/${total}`);
    case 'list':
      return block.items.map(({ text, note }) => `• ${words(text)}${note === undefined ? '' : ` (${words(note)})`}`);
    case 'table':
      return [block.columns.join(' | '), ...block.rows.map((row) => row.map(words).join(' | '))];
    case 'input':
      return [block.label];
    case 'image':
      return [block.alt];
    case 'divider':
      return [''];
    default:
      return block satisfies never;
  }
}

function words(text: Text): string {
  return typeof text === 'string' ? text : text.map(word).join('');
}

function word(part: TextPart): string {
  if (typeof part === 'string') return part;
  if ('person' in part) return part.name;
  if ('at' in part) return momentOf(part.at, part.as);
  return `${part.label} (${part.link})`;
}

function momentOf(at: number, as: 'date' | 'time' | 'date-time'): string {
  const [date = '', rest = ''] = new Date(at).toISOString().split('T');
  const time = `${rest.slice(0, 5)} UTC`;
  switch (as) {
    case 'date':
      return date;
    case 'time':
      return time;
    case 'date-time':
      return `${date} ${time}`;
    default:
      return as satisfies never;
  }
}
