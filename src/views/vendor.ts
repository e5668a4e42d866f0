import type { PersonId, Quote } from '../domain/conversation.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { type VendorLine, type VendorLineId, type VendorOffer, type VendorSending, type VendorWrittenBefore, vendorLineIds } from '../domain/vendor.ts';
import type { LeftOut } from '../domain/vendor-words.ts';
import type { Card, CardBlock, CardInput, Form } from './card.ts';
import { listed, type ViewContext } from './context.ts';
import { button, present, textBlock } from './parts.ts';

/** As what it leaves: a document, or a message to copy or take as a file. */
export const vendorKinds = ['document-word', 'document-pdf', 'document-markdown', 'message-copy', 'message-word', 'message-markdown', 'message-text'] as const;
export type VendorKind = (typeof vendorKinds)[number];

/** Nobody is named: the value of the choice whom a vendor writes to. */
const noContact = 'nobody';

// Two lines of a mail; more would be a text of its own.
const shortest = 200;
const scopeLimit = 1_000;

/**
 * What would go out, line by line, before it does. Inputs: the ids of the lines ("true" or "false"), scope, joins, time, contact (a person or
 * `noContact`), reach and as (a `VendorKind`). `before`: what stands in it already.
 */
export function vendorForm(
  ctx: ViewContext,
  state: StartedAlignment,
  { offer, contacts, before }: { offer: VendorOffer; contacts: readonly PersonId[]; before: VendorWrittenBefore },
): Form {
  const { words } = ctx;
  const isTicked = ({ id, kept }: VendorLine) => before.own?.ticked.includes(id) || (kept && !before.own?.unticked.includes(id));
  const usual = offer.lines.filter(({ kept }) => kept);
  const internal = offer.lines.filter(({ kept }) => !kept);
  const blocksOf = (line: VendorLine) => lineBlocks(ctx, line, isTicked(line));
  return {
    id: 'for-vendor',
    title: words.plain('vendor.form-title'),
    submitLabel: words.plain('vendor.form-submit'),
    submit: 'submit-vendor',
    value: { alignment: state.id },
    blocks: present<CardBlock>(
      textBlock(words.say('vendor.form-intro'), 'subtle'),
      leftBlock(ctx, offer.left),
      ...usual.flatMap(blocksOf),
      ...(internal.length === 0 ? [] : [textBlock(words.say('vendor.form-internal'), 'heading'), ...internal.flatMap(blocksOf)]),
      textBlock(words.say('vendor.form-never'), 'subtle'),
      ...nextInputs(ctx, offer, contacts, before),
    ),
  };
}

function leftBlock(ctx: ViewContext, left: LeftOut): CardBlock | undefined {
  const counted = (['names', 'amounts', 'contacts', 'clauses'] as const).filter((kind) => left[kind] > 0);
  if (counted.length === 0) return undefined;
  const what = counted.map((kind) => ctx.words.plain(`vendor.form-left-${kind}`, { count: String(left[kind]) }));
  return textBlock(ctx.words.say('vendor.form-left', { what: listed(ctx, what) }), 'subtle');
}

function lineBlocks({ words }: ViewContext, { id, texts }: VendorLine, ticked: boolean): CardBlock[] {
  const toggle: CardInput = { type: 'input', id, label: words.plain(`vendor.line-${id}`), kind: 'toggle', value: String(ticked) };
  return [toggle, ...texts.map((text) => textBlock(text, 'quote'))];
}

function nextInputs(ctx: ViewContext, offer: VendorOffer, contacts: readonly PersonId[], { own, scope: written }: VendorWrittenBefore): CardBlock[] {
  const { words } = ctx;
  const prefilled = (quote: Quote | undefined) => {
    const value = quote && ctx.quote(quote);
    return value === undefined ? {} : { value };
  };
  const scope = (written?.flatMap((quote) => ctx.quote(quote) ?? []) ?? offer.scope).join('\n');
  const line = (id: string, label: string) => ({ type: 'input', id, label, kind: 'text', maxLength: shortest }) as const satisfies CardInput;
  return [
    textBlock(words.say('vendor.form-next'), 'heading'),
    {
      ...line('scope', words.plain('vendor.form-scope')),
      kind: 'multiline',
      maxLength: scopeLimit,
      hint: words.plain('vendor.form-scope-hint'),
      ...(scope !== '' && { value: scope }),
    },
    { ...line('joins', words.plain('vendor.form-joins')), ...(own ? prefilled(own.joins) : { value: words.plain('vendor.form-joins-usual') }) },
    { ...line('time', words.plain('vendor.form-time')), hint: words.plain('vendor.form-time-hint'), ...prefilled(own?.time) },
    {
      type: 'input',
      id: 'contact',
      label: words.plain('vendor.form-contact'),
      kind: 'choice',
      required: true,
      value: contactIn(own, contacts),
      options: [...contacts.map((id) => ({ value: id, label: nameOf(ctx, id) })), { value: noContact, label: words.plain('vendor.form-contact-nobody') }],
    },
    { ...line('reach', words.plain('vendor.form-reach')), hint: words.plain('vendor.form-reach-hint'), ...prefilled(own?.reach) },
    {
      type: 'input',
      id: 'as',
      label: words.plain('vendor.form-as'),
      kind: 'choice',
      required: true,
      value: 'document-word',
      options: vendorKinds.map((kind) => ({ value: kind, label: words.plain(`vendor.as-${kind}`) })),
    },
  ];
}

function contactIn(own: VendorWrittenBefore['own'], contacts: readonly PersonId[]): string {
  if (own && own.contact === undefined) return noContact;
  return contacts.find((id) => id === own?.contact) ?? contacts[0] ?? noContact;
}

function nameOf(ctx: ViewContext, id: PersonId): string {
  const part = ctx.person(id);
  return typeof part === 'object' && 'person' in part ? part.name : id;
}

/** `contact`: whom the vendor writes to; absent where they name nobody. */
export type ReadVendorForm = { sending: VendorSending; as: VendorKind; contact?: PersonId };
export type VendorInputs = Readonly<Record<string, string>>;

/** What came back: what goes out and as what, or what is wrong beside which field. Only offered contacts are taken. */
export function readVendorForm(
  ctx: ViewContext,
  offer: VendorOffer,
  inputs: VendorInputs,
  contacts: readonly PersonId[],
): ReadVendorForm | { errors: Readonly<Record<string, string>> } {
  const { words } = ctx;
  const lines = new Set<VendorLineId>(vendorLineIds.filter((id) => inputs[id] === 'true' && offer.lines.some((line) => line.id === id)));
  const as = vendorKinds.find((kind) => kind === inputs['as']);
  const contact = contacts.find((id) => id === inputs['contact']);
  const isChosen = contact !== undefined || inputs['contact'] === noContact;
  const errors = {
    ...(lines.size === 0 && { [offer.lines[0]?.id ?? 'as']: words.plain('vendor.error-nothing') }),
    ...(!as && { as: words.plain('form-error.choice') }),
    ...(!isChosen && { contact: words.plain('form-error.choice') }),
  };
  if (!as || Object.keys(errors).length > 0) return { errors };
  const written = (field: string, limit: number) => inputs[field]?.trim().slice(0, limit) ?? '';
  const scope = written('scope', scopeLimit).split(/\r?\n/u);
  const sending = {
    lines,
    scope: scope.map((line) => line.replace(/^\s*[-•*]\s*/u, '').trim()).filter((line) => line !== ''),
    joins: written('joins', shortest),
    time: written('time', shortest),
    contact: contact === undefined ? '' : nameOf(ctx, contact),
    reach: contact === undefined ? '' : written('reach', shortest),
  };
  return { sending, as, ...(contact !== undefined && { contact }) };
}

/** The message, ready to copy, for whoever asked for it alone. */
export function vendorMessageCard(
  ctx: ViewContext,
  { id }: Pick<StartedAlignment, 'id'>,
  { topic, subject, paragraphs }: { topic: string; subject: string; paragraphs: readonly string[] },
): Card {
  const { words } = ctx;
  return {
    summary: words.plain('vendor.ready-summary', { topic }),
    title: words.say('vendor.ready-title'),
    blocks: [
      textBlock(words.say('vendor.ready-copy'), 'subtle'),
      textBlock(words.say('vendor.ready-subject', { subject }), 'strong'),
      ...paragraphs.map((paragraph) => textBlock(paragraph)),
    ],
    actions: [button(ctx, 'vendor-answer', 'button.vendor-answer', { alignment: id }, { form: true })],
  };
}

/** That there is a file, and what to do when the vendor answers. */
export function vendorGivenCard(ctx: ViewContext, { id }: Pick<StartedAlignment, 'id'>, topic: string): Card {
  const { words } = ctx;
  return {
    summary: words.plain('vendor.given-summary', { topic }),
    title: words.say('vendor.given-title', { topic }),
    blocks: [textBlock(words.say('vendor.given-text'))],
    actions: [
      button(ctx, 'vendor-answer', 'button.vendor-answer', { alignment: id }, { form: true, style: 'primary' }),
      button(ctx, 'for-vendor', 'button.for-vendor', { alignment: id }, { form: true }),
    ],
  };
}
