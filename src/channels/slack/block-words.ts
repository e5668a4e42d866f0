import { z } from 'zod';
import { isRecord } from './is-record.ts';

// A message of Slack's has 50 blocks at most (docs.slack.dev, "Blocks"), lists within lists are a few levels deep.
const DEEPEST = 8;
const Inline = z.object({ type: z.string(), text: z.string().optional(), user_id: z.string().optional(), url: z.string().optional() });

/**
 * The words of a message that says nothing but in its blocks: Slack always gives them as text too, other servers may not. What was said is read from rich
 * text and sections; mentions come out as they stand in text. Empty when there is nothing to read.
 */
export function wordsOfBlocks(blocks: unknown): string {
  return Array.isArray(blocks)
    ? blocks
        .map((block) => wordsOf(block, 0))
        .join('\n')
        .trim()
    : '';
}

function wordsOf(given: unknown, depth: number): string {
  if (!isRecord(given) || depth > DEEPEST) return '';
  switch (given['type']) {
    case 'rich_text':
    case 'rich_text_list':
      return each(given['elements'], depth, '\n');
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_preformatted':
      return each(given['elements'], depth, '');
    case 'section':
      return isRecord(given['text']) && typeof given['text']['text'] === 'string' ? given['text']['text'] : '';
    default:
      return inlineWords(given);
  }
}

function each(elements: unknown, depth: number, between: string): string {
  return Array.isArray(elements) ? elements.map((element) => wordsOf(element, depth + 1)).join(between) : '';
}

function inlineWords(given: Record<string, unknown>): string {
  const read = Inline.safeParse(given);
  if (!read.success) return '';
  const { type, text, user_id: personId, url } = read.data;
  if (type === 'user') return personId === undefined ? '' : `<@${personId}>`;
  // Of what people type only markup stands between angle brackets.
  const shown = (text ?? url ?? '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return type === 'text' || type === 'link' ? shown : '';
}
