import type { Quote } from '../domain/conversation.ts';
import type { VendorOffer } from '../domain/vendor.ts';
import type { VendorWriting } from '../domain/vendor-writing.ts';
import type { ViewContext } from '../views/context.ts';
import type { ReadVendorForm } from '../views/vendor.ts';
import type { Pressed } from './take-press.ts';
import { command, type Turn } from './turn.ts';

/** What they chose and wrote, for the next time; the same once more adds nothing. */
export function keepWriting(
  turn: Turn,
  { alignment, state, by }: Pressed,
  { ctx, offer }: { ctx: ViewContext; offer: VendorOffer },
  { sending, contact }: ReadVendorForm,
): void {
  const ticked = offer.lines.flatMap(({ id }) => (sending.lines.has(id) ? [id] : []));
  const unticked = offer.lines.flatMap(({ id }) => (sending.lines.has(id) ? [] : [id]));
  const textId = `${turn.tenant}:${by.act}:vendor-form`;
  const quoted = quotesOf(textId, [...sending.scope, sending.joins, sending.time, sending.reach]);
  const scope = quoted.spans.slice(0, sending.scope.length).flatMap((quote) => quote ?? []);
  const [joins, time, reach] = quoted.spans.slice(sending.scope.length);
  const written = { ...(joins && { joins }), ...(time && { time }), ...(reach && { reach }), ...(contact !== undefined && { contact }) };
  const writing = { ticked, unticked, scope, ...written };
  const known = state.vendorWritings?.find((each) => each.by === by.by);
  const inWords = (each: Omit<VendorWriting, 'by' | 'at'>, words: ViewContext['quote']) =>
    JSON.stringify([
      each.ticked,
      each.unticked,
      each.scope.map(words),
      each.contact,
      ...[each.joins, each.time, each.reach].map((quote) => quote && words(quote)),
    ]);
  if (known && inWords(known, ctx.quote) === inWords(writing, ({ start, end }) => quoted.body.slice(start, end))) return;
  if (command(alignment, { type: 'WriteToVendor', ...by, ...writing }, turn.now).length > 0 && quoted.body !== '')
    turn.texts.set(textId, { textId, messageRef: textId, author: by.by, body: quoted.body, at: turn.now });
}

/** One text of several fields, and where each stands in it; nothing stands where nothing was written. */
function quotesOf(textId: string, fields: readonly string[]): { body: string; spans: readonly (Quote | undefined)[] } {
  let body = '';
  const spans = fields.map((field): Quote | undefined => {
    if (field === '') return undefined;
    const start = body === '' ? 0 : body.length + 1;
    body = body === '' ? field : `${body}\n${field}`;
    return { textId, start, end: body.length };
  });
  return { body, spans };
}
