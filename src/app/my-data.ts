import { DateTime } from 'luxon';
import { myDataToMarkdown } from '../documents/my-data-markdown.ts';
import type { PersonId } from '../domain/conversation.ts';
import type { MyData } from '../domain/my-data.ts';
import { forgetCard } from '../views/forget.ts';
import { myDataCard, myDataForm } from '../views/my-data.ts';
import { plainText } from '../views/text.ts';
import { collectMyData } from './collect-my-data.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import type { MessageEvent } from './read-message.ts';
import { privatelyTo, say } from './say.ts';
import { personOf, type Turn } from './turn.ts';
import { contextFor } from './view-context.ts';

/** What Plumb keeps of whoever asks, for them alone. */
export async function showMyData(dependencies: HandleDependencies, turn: Turn, personId: PersonId): Promise<InteractionResponse> {
  const { data, ctx } = await dataOf(dependencies, turn, personId);
  return { kind: 'card', card: myDataCard(ctx, data) };
}

/** The same as a message in their chat: what it repeats is taken back where that is erased later. */
export async function sayMyData(dependencies: HandleDependencies, turn: Turn, personId: PersonId): Promise<void> {
  const { data, ctx } = await dataOf(dependencies, turn, personId);
  const quotes = [...new Set(data.words.map(({ ref }) => ref))];
  say(dependencies, turn, privatelyTo(turn, personId), myDataCard(ctx, data), { post: `my-data:${turn.now}`, quotes });
}

/** The same as a form, for a button that stands beside others: the file can be had in it at once. */
export async function openMyData(dependencies: HandleDependencies, turn: Turn, personId: PersonId): Promise<InteractionResponse> {
  const { data, ctx } = await dataOf(dependencies, turn, personId);
  return { kind: 'form', form: myDataForm(ctx, data) };
}

async function dataOf(dependencies: HandleDependencies, turn: Turn, personId: PersonId) {
  const data = await collectMyData(dependencies, turn, personId, 'summary');
  return { data, ctx: await contextFor(dependencies, turn, { refersTo: [], people: [] }) };
}

/** All of it as a file that goes to nobody else: to be read, or as data. */
export async function exportMyData(
  dependencies: HandleDependencies,
  turn: Turn,
  event: Extract<InboundEvent, { type: 'ActionTaken' | 'FormSubmitted' }>,
): Promise<InteractionResponse> {
  const format = event.inputs['format'] ?? event.value['format'];
  const data = await collectMyData(dependencies, turn, event.personId, 'all');
  const date = DateTime.fromMillis(turn.now, { zone: data.person.timeZone }).toFormat('yyyy-MM-dd');
  const markdown = await toMarkdown(dependencies, turn, data);
  return format === 'data'
    ? {
        kind: 'file',
        name: `plumb-my-data-${date}.json`,
        mediaType: 'application/json',
        content: `${JSON.stringify(inWords(data), null, 2)}\n`,
        inWords: markdown,
      }
    : { kind: 'file', name: `plumb-my-data-${date}.md`, mediaType: 'text/markdown', content: markdown };
}

async function toMarkdown(dependencies: HandleDependencies, turn: Turn, data: MyData): Promise<string> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const { timeZone } = await personOf(turn, data.person.id);
  return myDataToMarkdown(data, { ...ctx, time: (at) => plainText([{ at, as: 'date-time' }], timeZone) });
}

/** Moments as people and programs read them. */
function inWords(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => inWords(item));
  if (typeof value === 'number' && /(?:^at|At|Until)$/.test(key)) return new Date(value).toISOString();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inWords(inner, name)]));
}

const asked: readonly { words: RegExp; wants: 'my-data' | 'forget-me' }[] = [
  { words: /^(?:(?:show|give|send) me )?(?:all )?my data$/iu, wants: 'my-data' },
  { words: /^what (?:do|did) you (?:know|keep|store|have|save) (?:about|on|of) me$/iu, wants: 'my-data' },
  { words: /^(?:export|download) my data$/iu, wants: 'my-data' },
  { words: /^(?:forget me|(?:delete|erase|remove) (?:all )?my data)$/iu, wants: 'forget-me' },
];

/**
 * Somebody asks Plumb alone what it keeps of them, or to be forgotten, in these very words: answered in that chat. Whether it was that; a sentence with
 * more in it means what it says.
 */
export async function answerOwnData(dependencies: HandleDependencies, turn: Turn, event: MessageEvent): Promise<boolean> {
  const { conversation, personId, text } = event;
  if (event.type !== 'MessagePosted' || conversation.thread !== '' || text.length > 80) return false;
  const bare = text.replace(/^\W*(?:@?plumb\W+)?(?:(?:please|can you|could you)\s+)?/iu, '').replace(/(?:,?\s*please)?\W*$/iu, '');
  const wants = asked.find(({ words }) => words.test(bare.replaceAll(/\s+/gu, ' ')))?.wants;
  const chat = wants && (await turn.channel.directory.privateConversation(turn.tenant, personId));
  if (!wants || chat?.place !== conversation.place) return false;
  if (wants === 'my-data') {
    await sayMyData(dependencies, turn, personId);
  } else {
    say(dependencies, turn, privatelyTo(turn, personId), forgetCard(await contextFor(dependencies, turn, { refersTo: [], people: [] })));
  }
  return true;
}
