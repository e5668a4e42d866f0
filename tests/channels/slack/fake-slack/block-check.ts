import { checkElement } from './element-check.ts';
import type { Block } from './model.ts';
import { type Complain, checkText, isObject } from './text-check.ts';

export type Surface = 'message' | 'modal' | 'home';

// docs.slack.dev/reference/block-kit/blocks: 50 blocks in a message, 100 in a modal or Home.
const mostBlocks = { message: 50, modal: 100, home: 100 } as const;

/** What is wrong with blocks by the limits of docs.slack.dev/reference/block-kit; empty when nothing is. */
export function checkBlocks(blocks: unknown, surface: Surface): string[] {
  const complaints: string[] = [];
  const complain: Complain = (pointer, what) => complaints.push(`[ERROR] ${what} [json-pointer:${pointer}]`);
  if (!Array.isArray(blocks)) return ['[ERROR] must be an array [json-pointer:/blocks]'];
  if (blocks.length > mostBlocks[surface]) complain('/blocks', `no more than ${mostBlocks[surface]} items allowed`);
  const seenBlocks = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const at = `/blocks/${index}`;
    if (!isObject(block)) {
      complain(at, 'must be an object');
      continue;
    }
    const id = block['block_id'];
    if (id !== undefined) {
      if (typeof id !== 'string' || id.length > 255) complain(`${at}/block_id`, 'must be a string of no more than 255 characters');
      else if (seenBlocks.has(id)) complain(`${at}/block_id`, `\`block_id\` (${id}) already exists for another block`);
      else seenBlocks.add(id);
    }
    checkBlock(block, at, surface, complain, new Set());
  }
  if (surface === 'message') checkMessageTotals(blocks, complain);
  return complaints;
}

/** The sum of the texts above which Slack was seen to answer `msg_blocks_too_long` (github.com/slackapi/bolt-js/issues/2509). */
export function isTooLong(blocks: readonly Block[]): boolean {
  return textLength(blocks) > 13_200;
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((sum, [key, one]) => sum + (key === 'text' && typeof one === 'string' ? one.length : textLength(one)), 0);
}

function checkMessageTotals(blocks: readonly unknown[], complain: Complain) {
  const ofType = (type: string) => blocks.filter((one) => isObject(one) && one['type'] === type);
  // docs.slack.dev/reference/block-kit/blocks/markdown-block: 12,000 characters over all markdown blocks of a payload.
  if (ofType('markdown').reduce<number>((sum, one) => sum + textLength(one), 0) > 12_000)
    complain('/blocks', 'markdown blocks may have no more than 12000 characters together');
  // docs.slack.dev/reference/block-kit/blocks/table-block: one table in a message.
  if (ofType('table').length > 1) complain('/blocks', 'only_one_table_allowed');
}

function checkBlock(block: Record<string, unknown>, at: string, surface: Surface, complain: Complain, actions: Set<string>) {
  const elements = Array.isArray(block['elements']) ? block['elements'] : [];
  switch (block['type']) {
    case 'section':
      return checkSection(block, at, complain, actions);
    case 'header':
      return checkText(block['text'], `${at}/text`, 150, complain, 'plain_text');
    case 'divider':
      return;
    case 'context':
      if (elements.length < 1 || elements.length > 10) complain(`${at}/elements`, 'must have between 1 and 10 items');
      for (const [index, one] of elements.entries()) {
        if (isObject(one) && one['type'] === 'image') checkImage(one, `${at}/elements/${index}`, complain);
        else checkText(one, `${at}/elements/${index}`, 3_000, complain);
      }
      return;
    case 'actions':
      if (elements.length < 1 || elements.length > 25) complain(`${at}/elements`, 'must have between 1 and 25 items');
      for (const [index, one] of elements.entries()) checkElement(one, `${at}/elements/${index}`, complain, actions, 'actions');
      return;
    case 'input':
      checkText(block['label'], `${at}/label`, 2_000, complain, 'plain_text');
      if (block['hint'] !== undefined) checkText(block['hint'], `${at}/hint`, 2_000, complain, 'plain_text');
      return checkElement(block['element'], `${at}/element`, complain, actions, 'input');
    case 'image':
      checkImage(block, at, complain);
      if (block['title'] !== undefined) checkText(block['title'], `${at}/title`, 2_000, complain, 'plain_text');
      return;
    case 'markdown':
      if (surface !== 'message') complain(`${at}/type`, 'markdown blocks are not supported here');
      if (typeof block['text'] !== 'string' || block['text'] === '') complain(`${at}/text`, 'must be a string');
      return;
    case 'rich_text':
      if (!Array.isArray(block['elements'])) complain(`${at}/elements`, 'must be an array');
      return;
    case 'table':
      return checkTable(block, at, surface, complain);
    default:
      complain(`${at}/type`, `unsupported type: ${String(block['type'])}`);
  }
}

function checkSection(block: Record<string, unknown>, at: string, complain: Complain, actions: Set<string>) {
  const fields = block['fields'];
  if (block['text'] === undefined && fields === undefined) complain(at, 'must provide text or fields');
  if (block['text'] !== undefined) checkText(block['text'], `${at}/text`, 3_000, complain);
  if (fields !== undefined) {
    if (!Array.isArray(fields) || fields.length < 1 || fields.length > 10) complain(`${at}/fields`, 'must have between 1 and 10 items');
    else for (const [index, one] of fields.entries()) checkText(one, `${at}/fields/${index}`, 2_000, complain);
  }
  if (block['accessory'] !== undefined) checkElement(block['accessory'], `${at}/accessory`, complain, actions, 'accessory');
}

function checkTable(block: Record<string, unknown>, at: string, surface: Surface, complain: Complain) {
  if (surface !== 'message') complain(`${at}/type`, 'table blocks are not supported here');
  const rows = block['rows'];
  if (!Array.isArray(rows) || rows.length < 1 || rows.length > 100) return complain(`${at}/rows`, 'must have between 1 and 100 rows');
  for (const [index, row] of rows.entries()) {
    if (!Array.isArray(row) || row.length > 20) complain(`${at}/rows/${index}`, 'must have no more than 20 cells');
    else
      for (const [cell, one] of row.entries()) {
        if (!isObject(one) || !['raw_text', 'rich_text', 'raw_number'].includes(String(one['type'])))
          complain(`${at}/rows/${index}/${cell}`, 'unsupported cell');
        else if (one['type'] === 'raw_text' && (typeof one['text'] !== 'string' || one['text'] === ''))
          complain(`${at}/rows/${index}/${cell}/text`, 'must be more than 0 characters');
      }
  }
  // docs.slack.dev/reference/block-kit/blocks/table-block: 10,000 characters over all tables of a message.
  if (textLength(rows) > 10_000) complain(`${at}/rows`, 'table may have no more than 10000 characters');
}

function checkImage(image: Record<string, unknown>, at: string, complain: Complain) {
  if (typeof image['alt_text'] !== 'string' || image['alt_text'].length > 2_000) complain(`${at}/alt_text`, 'must be a string of no more than 2000 characters');
  const url = image['image_url'];
  if (url === undefined && image['slack_file'] === undefined) complain(at, 'must provide image_url or slack_file');
  if (url !== undefined && (typeof url !== 'string' || url.length > 3_000 || !/^https?:\/\//.test(url))) complain(`${at}/image_url`, 'must be a valid URL');
}
