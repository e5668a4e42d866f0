import type { DocumentBlock, DocumentItem, PlainDocument } from './document.ts';
import { escapeMarkdown } from './escape-markdown.ts';

// An address that somebody is to write to has to be the address; other signs that could name people stay broken.
const address = /([\p{L}\p{N}.+-])@\u2060(?=[\p{L}\p{N}-]+\.\p{L})/gu;

/** A document without pictures and tables as Markdown; all of its text is plain text there. */
export function vendorMarkdown({ title, blocks }: PlainDocument): string {
  return `${[`# ${escapeMarkdown(title)}`, ...blocks.map(markdownOf)].join('\n\n')}\n`.replace(address, '$1@');
}

/** The same as plain text, for a mail: each paragraph, heading or list by itself. */
export function plainParagraphs({ blocks }: PlainDocument): string[] {
  return blocks.map(textOf).filter((text) => text !== '');
}

/** The same as one plain text under its title. */
export function vendorText(document: PlainDocument): string {
  return `${[document.title, ...plainParagraphs(document)].join('\n\n')}\n`.replace(/\n\n(?=- )/g, '\n');
}

function markdownOf(block: DocumentBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return block.tone === 'quiet' ? `*${escapeMarkdown(block.text)}*` : escapeMarkdown(block.text);
    case 'quote':
      return `> ${escapeMarkdown(block.said.text)}`;
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(wordsOf(item))}`).join('\n');
    case 'table':
    case 'picture':
      return '';
    default:
      return block satisfies never;
  }
}

function textOf(block: DocumentBlock): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return block.text;
    case 'quote':
      return block.said.text;
    case 'list':
      return block.items.map((item) => `- ${wordsOf(item)}`).join('\n');
    case 'table':
    case 'picture':
      return '';
    default:
      return block satisfies never;
  }
}

function wordsOf({ said }: DocumentItem): string {
  return said.map(({ text }) => text).join('; ');
}
