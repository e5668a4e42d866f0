import { chosenLines, type VendorKpi, type VendorLineId, type VendorOffer, type VendorSending } from '../domain/vendor.ts';
import type { Prompts } from '../prompts.ts';
import { type DocumentBlock, type PlainDocument, tidy } from './document.ts';

type Words = Prompts['words'];

type Part = 'achieve' | 'definition' | 'audience' | 'first' | 'measure' | 'context' | 'after' | 'scope';
type VendorPart = { part: Part; texts: readonly string[] };

/** What a vendor gets to know, as a document: what it is for, never whose idea it was. */
export function vendorDocument(words: Words, offer: VendorOffer, sending: VendorSending): PlainDocument {
  const next = [
    words.plain('vendor.next-meet'),
    ...(sending.joins === '' ? [] : [words.plain('vendor.next-joins', { people: sending.joins })]),
    ...(sending.time === '' ? [] : [words.plain('vendor.next-time', { time: sending.time })]),
    ...contactLine(words, sending),
    words.plain('vendor.next-answer'),
  ];
  const parts = partsOf(words, offer, sending);
  const blocks: DocumentBlock[] = [
    paragraph(words.plain('vendor.intro'), 'quiet'),
    ...parts.flatMap(({ part, texts }) => [heading(words.plain(`vendor.part-${part}`)), list(texts)]),
    heading(words.plain('vendor.part-next')),
    list(next),
    ...bracketsLine(words, parts).map(({ text }) => paragraph(text, 'quiet')),
  ];
  return written(words.plain('vendor.title', { topic: offer.topic }), blocks);
}

/** The same as a message that whoever leads can send as it stands: what they want, what comes first, what is not part of it, and when to meet. */
export function vendorMessage(words: Words, offer: VendorOffer, sending: VendorSending): PlainDocument {
  const meet = [
    words.plain('vendor.message-meet'),
    ...(sending.time === '' ? [] : [words.plain('vendor.message-time', { time: sending.time })]),
    ...(sending.joins === '' ? [] : [words.plain('vendor.message-joins', { people: sending.joins })]),
  ];
  const parts = partsOf(words, offer, sending);
  const blocks: DocumentBlock[] = [
    paragraph(words.plain('vendor.message-hello')),
    paragraph(words.plain('vendor.message-opening', { topic: offer.topic })),
    ...parts.flatMap(({ part, texts }) => [heading(words.plain(`vendor.part-${part}`), 3), list(texts)]),
    paragraph(meet.join(' ')),
    paragraph(words.plain('vendor.next-answer')),
    ...bracketsLine(words, parts),
    ...contactLine(words, sending).map((line) => paragraph(line)),
    paragraph(words.plain('vendor.message-close')),
  ];
  return written(words.plain('vendor.message-subject', { topic: offer.topic }), blocks);
}

/** Nothing names a person in it but what whoever sends it wrote there, not even its properties. */
function written(title: string, blocks: readonly DocumentBlock[]): PlainDocument {
  return { title: tidy(title), language: 'en-GB', author: 'Plumb', blocks };
}

/** What the marks mean, where there are any. */
function bracketsLine(words: Words, parts: readonly VendorPart[]): { kind: 'paragraph'; text: string; tone: 'plain' }[] {
  const texts = parts.flatMap((part) => part.texts).join(' ');
  const hasMarks = (['name', 'names', 'amount', 'contact'] as const).some((mark) => texts.includes(words.plain(`vendor.mark-${mark}`)));
  return hasMarks ? [{ kind: 'paragraph', text: words.plain('vendor.brackets'), tone: 'plain' }] : [];
}

function partsOf(words: Words, offer: VendorOffer, sending: VendorSending): VendorPart[] {
  const chosen = new Map(chosenLines(offer, sending).map(({ id, texts }) => [id, texts]));
  const of = (...ids: readonly VendorLineId[]) => ids.flatMap((id) => chosen.get(id) ?? []);
  const deadline = of('deadline').map((when) => words.plain('vendor.deadline', { when }));
  const format = of('format').map((asked) => words.plain('vendor.format', { format: asked }));
  const parts: VendorPart[] = [
    { part: 'achieve', texts: of('contribution', 'driver') },
    { part: 'definition', texts: of('definition', 'competencies') },
    { part: 'audience', texts: of('audience') },
    { part: 'first', texts: [...of('pilot'), ...deadline, ...format] },
    { part: 'measure', texts: kpiLines(words, offer.kpis, { targets: chosen.has('kpis'), baselines: chosen.has('baselines') }) },
    { part: 'context', texts: of('context') },
    { part: 'after', texts: of('reinforcement', 'manager-role') },
    { part: 'scope', texts: sending.scope },
  ];
  return parts.filter(({ texts }) => texts.length > 0);
}

function kpiLines(words: Words, kpis: readonly VendorKpi[], shown: { targets: boolean; baselines: boolean }): string[] {
  return kpis.flatMap(({ name, baseline, target }) => {
    const today = shown.baselines ? baseline : undefined;
    const aim = shown.targets ? target : undefined;
    if (today !== undefined && aim !== undefined) return [words.plain('vendor.kpi-both', { name, today, target: aim })];
    if (aim !== undefined) return [words.plain('vendor.kpi-target', { name, target: aim })];
    if (today !== undefined) return [words.plain('vendor.kpi-today', { name, today })];
    return shown.targets ? [name] : [];
  });
}

function contactLine(words: Words, { contact, reach }: VendorSending): string[] {
  if (contact === '') return [];
  return [reach === '' ? words.plain('vendor.contact', { person: contact }) : words.plain('vendor.contact-reach', { person: contact, reach })];
}

function heading(text: string, level: 2 | 3 = 2): DocumentBlock {
  return { kind: 'heading', level, text };
}

function paragraph(text: string, tone: 'plain' | 'quiet' = 'plain'): DocumentBlock {
  return { kind: 'paragraph', text: tidy(text), tone };
}

function list(texts: readonly string[]): DocumentBlock {
  return { kind: 'list', items: texts.map((text) => ({ said: [{ text: tidy(text) }] })) };
}
