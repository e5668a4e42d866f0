import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { briefDocument } from '../../../src/documents/brief-document.ts';
import type { PlainDocument, Said as SaidInDocument } from '../../../src/documents/document.ts';
import { briefToMarkdown, type DocumentContext } from '../../../src/documents/markdown.ts';
import { type Brief, buildBrief } from '../../../src/domain/brief.ts';
import { type Statement, statementsOf } from '../../../src/domain/brief-evidence.ts';
import { messageRef } from '../../../src/domain/conversation.ts';
import { briefBlocks } from '../../../src/views/brief-blocks.ts';
import type { Text } from '../../../src/views/card.ts';
import type { ViewContext } from '../../../src/views/context.ts';
import { partsOf, plainText } from '../../../src/views/text.ts';
import type { Words } from '../../../src/views/wording.ts';
import type { Said as Written } from './actor.ts';
import { openPlay, type Play } from './play.ts';
import { prompts } from './stage.ts';

const Turn = z.looseObject({ by: z.string(), text: z.string() });
const Thread = z.looseObject({ id: z.string(), people: z.array(z.looseObject({ id: z.string(), role: z.string() })), turns: z.array(Turn) });
const training = join(import.meta.dirname, '..', '..', '..', 'src', 'language', 'local', 'training');

function thread(file: string, at: number) {
  const line = readFileSync(join(training, file), 'utf8').split('\n')[at];
  return Thread.parse(JSON.parse(line ?? '{}'));
}

const actorOf: Readonly<Record<string, 'dana' | 'priya' | 'tomas' | 'keiko'>> = { 'sales-leader': 'dana', 'ld-partner': 'priya', manager: 'tomas' };

const slotsOnly = (slots: Readonly<Record<string, Text>>) => Object.values(slots).flatMap((slot) => [' ', ...partsOf(slot)]);
/** Only what does not come from Plumb's own words: quotes as ⟦text id⟧, people as ⟨id⟩. */
const words: Words = {
  say: (_key, ...[slots]) => slotsOnly(slots ?? {}),
  plain: (_key, ...[slots]) => plainText(slotsOnly(slots ?? {})),
};
function silent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (key, inner) => (typeof inner === 'string' && key !== 'id' ? '' : inner));
}
const marked: ViewContext & DocumentContext = {
  ...prompts,
  words,
  questions: silent(prompts.questions),
  factors: silent(prompts.factors),
  fitness: silent(prompts.fitness),
  knowledge: silent(prompts.knowledge),
  quote: ({ textId, start, end }) => `⟦${textId.replaceAll(/[^a-z0-9]/gi, 'x')}x${start}x${end}⟧`,
  person: (id) => `⟨${id}⟩`,
  name: (id) => `⟨${id}⟩`,
  time: () => '',
  placeName: (place) => place,
};
const tokenOf = ({ quote }: Statement) => marked.quote(quote) ?? '';

/** Every text of a card, without the names of its parts; a picture says nothing that the table beside it does not. */
function shownIn(value: unknown, key = ''): string {
  if (typeof value === 'string') return ['type', 'style', 'as'].includes(key) ? '' : `${value}\n`;
  if (Array.isArray(value)) return value.map((inner) => shownIn(inner)).join('');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([name, inner]) => (name === 'picture' ? '' : shownIn(inner, name)))
    .join('');
}

function textsOf({ blocks }: PlainDocument): string {
  const said = ({ text, mark = '', source = '' }: SaidInDocument) => `${text} ${mark} ${source}`;
  return blocks
    .map((block) => {
      switch (block.kind) {
        case 'heading':
        case 'paragraph':
          return block.text;
        case 'quote':
          return said(block.said);
        case 'list':
          return block.items.map((item) => `${item.label ?? ''} ${item.said.map(said).join(' ')}`).join('\n');
        case 'table':
          return block.rows.flat().join('\n');
        case 'picture':
          return block.alt;
        default:
          return block satisfies never;
      }
    })
    .join('\n');
}

/** What a shown text says besides quotes that have evidence, people, moments and figures. */
function unproved(shown: string, brief: Brief, proved: ReadonlySet<string>): string[] {
  const quotes = shown.match(/⟦[^⟧]*⟧/gu) ?? [];
  const zones = brief.weekly.flatMap(({ when }) => when.timeZone?.split('/').at(-1)?.replaceAll('_', ' ') ?? []);
  const rest = zones
    .reduce((text, zone) => text.replaceAll(zone, ''), shown)
    .replaceAll(/⟦[^⟧]*⟧|⟨[^⟩]*⟩/gu, '')
    .replaceAll(/\w{3} \d{1,2} \w{3} \d{4}(?:, \d\d:\d\d \w+)?/gu, '');
  return [...quotes.filter((quote) => !proved.has(quote)), ...(rest.match(/\p{L}{2,}/gu) ?? [])];
}

let play: Play;
beforeEach(async () => {
  play = await openPlay();
});
afterEach(() => play.ends());

describe('what nobody said', () => {
  it.each([
    ['threads-a.jsonl', 0],
    ['threads-c.jsonl', 0],
    ['threads-d.jsonl', 0],
  ])('stands in no brief: %s, line %i', async (file, at) => {
    const { people, turns } = thread(file, at);
    const said: (Written['event'] & { by: string })[] = [];
    for (const [index, { by, text }] of turns.entries()) {
      const role = people.find(({ id }) => id === by)?.role ?? '';
      const id = actorOf[role] ?? 'keiko';
      const { event } = index === 0 ? await play[id].asks(text) : await play[id].says(text);
      said.push({ ...event, by: id });
    }
    await play.dana.says('@Plumb Tuesdays at 09:30, we look at second meetings, from 2 to 5 a week');
    const state = await play.alignment();
    const brief = buildBrief(state);
    const statements = statementsOf(brief);
    const rows = await play.store().texts.load(statements.map(({ quote }) => quote.textId));
    expect(statements.length).toBeGreaterThan(3);
    for (const { quote, origin } of statements) {
      const row = rows.get(quote.textId);
      expect({ author: row?.author, ref: row?.messageRef }).toEqual({ author: origin?.by, ref: origin?.messageRef });
      const message = said.find(({ conversation, messageId }) => messageRef({ ...conversation, messageId }) === origin?.messageRef);
      if (message) expect([message.by, message.text]).toEqual([origin?.by, expect.stringContaining(row?.body.slice(quote.start, quote.end) ?? '?')]);
    }
    const proved = new Set(statements.map(tokenOf));
    const card = shownIn(briefBlocks(marked, brief));
    for (const shown of [card, briefToMarkdown(brief, marked), textsOf(briefDocument(brief, marked))]) expect(unproved(shown, brief, proved)).toEqual([]);
  });
});
