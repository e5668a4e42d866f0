import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { titleTopic } from '../documents/brief-document-agreed.ts';
import type { PlainDocument } from '../documents/document.ts';
import { fileName } from '../documents/file-name.ts';
import { inFull } from '../documents/in-full.ts';
import { vendorDocument, vendorMessage } from '../documents/vendor-document.ts';
import { plainParagraphs, vendorMarkdown, vendorText } from '../documents/vendor-text.ts';
import { type Brief, signedBrief } from '../domain/brief.ts';
import type { PersonId, Quote } from '../domain/conversation.ts';
import { participants } from '../domain/participants.ts';
import { peopleNamed } from '../domain/permissions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { type VendorOffer, type VendorSending, vendorOffer, writtenBefore } from '../domain/vendor.ts';
import { vendorCleaner } from '../domain/vendor-words.ts';
import type { Card } from '../views/card.ts';
import type { ViewContext } from '../views/context.ts';
import { readVendorForm, type VendorKind, vendorForm, vendorGivenCard, vendorMessageCard } from '../views/vendor.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { keepWriting } from './keep-writing.ts';
import { peopleAround } from './people-around.ts';
import type { InteractionResponse } from './ports.ts';
import { belongingTo, privatelyTo, say } from './say.ts';
import type { Pressed } from './take-press.ts';
import { quotedIn } from './telling.ts';
import { personOf, type Turn } from './turn.ts';
import { contextOf } from './view-context.ts';

const word = { ending: 'docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' } as const;
const pdf = { ending: 'pdf', mediaType: 'application/pdf' } as const;
const markdown = { ending: 'md', mediaType: 'text/markdown' } as const;
const text = { ending: 'txt', mediaType: 'text/plain' } as const;
const files = {
  'document-word': word,
  'document-pdf': pdf,
  'document-markdown': markdown,
  'message-word': word,
  'message-markdown': markdown,
  'message-text': text,
} as const satisfies Record<Exclude<VendorKind, 'message-copy'>, { ending: string; mediaType: string }>;

type Offered = { ctx: ViewContext; brief: Brief; offer: VendorOffer; contacts: readonly PersonId[] };

/** The form that shows what would leave the house. Undefined where no version was signed. */
export async function openVendorForm(dependencies: HandleDependencies, turn: Turn, pressed: Pressed): Promise<InteractionResponse | undefined> {
  const offered = await offerOf(dependencies, turn, pressed);
  return offered && { kind: 'form', form: vendorForm(offered.ctx, pressed.state, { ...offered, before: writtenBefore(pressed.state, pressed.by.by) }) };
}

/**
 * What was chosen as the file that was asked for, or the message to copy. Undefined where no version was signed. `again`: the file of a form that was sent
 * before, which says nothing of what they write now, and may be from before they were forgotten.
 */
export async function makeVendorVersion(
  dependencies: HandleDependencies,
  turn: Turn,
  pressed: Pressed,
  { inputs, again }: { inputs: Readonly<Record<string, string>>; again: boolean },
): Promise<InteractionResponse | undefined> {
  const offered = await offerOf(dependencies, turn, pressed);
  if (!offered) return undefined;
  const { ctx, offer, contacts } = offered;
  const read = readVendorForm(ctx, offer, inputs, contacts);
  if ('errors' in read) return { kind: 'errors', errors: read.errors };
  const { as, sending } = read;
  if (!again) keepWriting(turn, pressed, offered, read);
  if (as === 'message-copy') return giveToCopy(dependencies, turn, pressed, offered, sending);
  const document = as.startsWith('message-') ? vendorMessage(ctx.words, offer, sending) : vendorDocument(ctx.words, offer, sending);
  const file = await fileOf(turn, pressed, { ctx, as, document, topic: offer.topic });
  // A platform that asks whether they want the file asks for it twice: what is said of it stays one post.
  await tellPrivately(dependencies, turn, pressed, vendorGivenCard(ctx, pressed.state, offer.topic), { once: `${pressed.state.id}:vendor-file` });
  return file;
}

async function offerOf(dependencies: HandleDependencies, turn: Turn, { state, by }: Pressed): Promise<Offered | undefined> {
  const brief = state.signedVersion === 0 ? undefined : signedBrief(state);
  if (!brief) return undefined;
  const ctx = await contextOf(dependencies, turn, state);
  const { timeZone } = await personOf(turn, by.by);
  const document = {
    ...ctx,
    name: (id: string) => turn.people.get(id)?.name ?? id,
    time: (at: number) => DateTime.fromMillis(at, { zone: timeZone }).toISODate() ?? '',
  };
  const { words } = ctx;
  const marks = {
    name: words.plain('vendor.mark-name'),
    names: words.plain('vendor.mark-names'),
    amount: words.plain('vendor.mark-amount'),
    contact: words.plain('vendor.mark-contact'),
    their: words.plain('vendor.mark-their'),
  };
  const clean = vendorCleaner(await namesIn(dependencies, turn, state, ctx, brief), marks);
  const offer = vendorOffer(brief, state, { words: ctx.quote, clean, topic: titleTopic(document, brief) });
  const known = [by.by, state.requester, ...peopleNamed(state, 'owner'), ...state.partners.map(({ personId }) => personId)];
  const contacts = [...new Set(known)];
  for (const personId of contacts) await personOf(turn, personId);
  return { ctx, brief, offer, contacts };
}

/** Everybody who may be named in people's words: who takes part, who is around, whom somebody named, and what looks like a name there. */
async function namesIn({ language }: HandleDependencies, turn: Turn, state: StartedAlignment, ctx: ViewContext, brief: Brief): Promise<string[]> {
  const around = await peopleAround(turn, state.conversation.place)();
  const taking = participants(state).flatMap((id) => turn.people.get(id)?.name ?? []);
  const named = Object.values(state.answers).flatMap((given) =>
    given.flatMap((answer) => answer.facts?.people?.flatMap(({ name }) => ctx.quote(name) ?? []) ?? []),
  );
  const said = new Set([...quotesIn([brief, state.coaching?.prompts ?? []]).values()].flatMap((quote) => ctx.quote(quote) ?? []));
  const seen = [...said].flatMap((words) => language.namesIn(words).map(({ start, end }) => words.slice(start, end)));
  return [...new Set([...around.map(({ name }) => name), ...taking, ...named, ...seen])].filter((name) => name.trim() !== '');
}

/** Every stretch of words that something refers to, each once. */
function quotesIn(value: unknown, found: Map<string, Quote> = new Map()): Map<string, Quote> {
  if (Array.isArray(value)) for (const item of value) quotesIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    if ('textId' in value && 'start' in value && 'end' in value) {
      const { textId, start, end } = value;
      if (typeof textId === 'string' && typeof start === 'number' && typeof end === 'number') found.set(`${textId} ${start} ${end}`, { textId, start, end });
    }
    for (const inner of Object.values(value)) quotesIn(inner, found);
  }
  return found;
}

/** Theirs alone, wherever they asked for it: they decide whom it goes to. */
async function fileOf(
  turn: Turn,
  { by }: Pressed,
  { ctx, as, document, topic }: { ctx: ViewContext; as: Exclude<VendorKind, 'message-copy'>; document: PlainDocument; topic: string },
): Promise<InteractionResponse> {
  const { timeZone } = await personOf(turn, by.by);
  const { ending, mediaType } = files[as];
  const date = DateTime.fromMillis(turn.now, { zone: timeZone }).toFormat('yyyy-MM-dd');
  const name = fileName(as.startsWith('message-') ? 'vendor-message' : 'vendor-brief', { topic, date, ending });
  const inWords = vendorMarkdown(document);
  // A link to it is a link to these words: what was erased or changed since is not given.
  const file = { kind: 'file' as const, name, mediaType, document: createHash('sha256').update(inWords).digest('base64url') };
  const pages = { ...document, lettersMissing: ctx.words.plain('brief.letters-missing'), blocks: inFull(ctx, document.blocks) };
  switch (ending) {
    case 'md':
      return { ...file, content: inWords };
    case 'txt':
      return { ...file, content: vendorText(document) };
    case 'docx':
      // Loaded with the first document: most conversations never need what writes Word and PDF files.
      return { ...file, content: await (await import('../documents/word.ts')).documentToWord(pages), inWords };
    case 'pdf':
      return { ...file, content: await (await import('../documents/pdf.ts')).documentToPdf(pages), inWords };
    default:
      return ending satisfies never;
  }
}

/** In the chat of whoever asked, where it can be found again; at once and here where there is no such chat. */
async function giveToCopy(
  dependencies: HandleDependencies,
  turn: Turn,
  pressed: Pressed,
  { ctx, offer }: Offered,
  sending: VendorSending,
): Promise<InteractionResponse> {
  const document = vendorMessage(ctx.words, offer, sending);
  const card = vendorMessageCard(ctx, pressed.state, { topic: offer.topic, subject: document.title, paragraphs: plainParagraphs(document) });
  const told = await tellPrivately(dependencies, turn, pressed, card);
  return told ? { kind: 'notice', text: ctx.words.plain('vendor.ready-notice') } : { kind: 'card', card };
}

/** Says something in the chat of whoever pressed; false where there is none. `once`: in the place of what was said before under that name. */
async function tellPrivately(
  dependencies: HandleDependencies,
  turn: Turn,
  { state, by }: Pressed,
  card: Card,
  { once }: { once?: string } = {},
): Promise<boolean> {
  if (!(await turn.channel.directory.privateConversation(turn.tenant, by.by))) return false;
  // Names and money are out of it, and still it repeats people's words: it goes when they do.
  const quotes = quotedIn(state, state);
  const post = once ?? `${state.id}:vendor:${by.act}`;
  say(dependencies, turn, privatelyTo(turn, by.by, belongingTo(state, 'answer')), card, { post, quotes, ...(once !== undefined && { replaces: once }) });
  return true;
}
