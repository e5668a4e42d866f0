import { z } from 'zod';
import type { Card, CardBlock, Form } from '../views/card.ts';
import { inRows, toActions, toSubmit } from './adaptive-card-actions.ts';
import { toElements } from './adaptive-card-elements.ts';
import { type CardRendering, cutText, plain, textElement, type Writing } from './adaptive-card-text.ts';
import type { AdaptiveAction, AdaptiveCard, AdaptiveElement, Meant } from './adaptive-card-types.ts';

// Microsoft's advice for Teams is 28 KB per card (docs: Format your bot messages).
const maxBytes = 28_000;
const maxSummary = 300;
/** Tried one after the other until the card fits: the longest text that one element may have. */
const textLimits = [10_000, 4_000, 2_000, 1_000, 500, 250, 120, 60] as const;

/** The neutral card as Adaptive Card 1.5 JSON. Never larger than 28 KB: long text is cut with an ellipsis, blocks at the end are left out last. */
export function toAdaptiveCard(card: Card, rendering: CardRendering): AdaptiveCard {
  return fitting(
    card.blocks,
    (blocks, writing) => {
      const title = card.title ? [textElement(card.title, { heading: true, size: 'Large', weight: 'Bolder' }, writing)] : [];
      const { rows, below } = inRows(toActions(card.actions, writing));
      return { summary: card.summary, body: [...title, ...toElements(blocks, writing), ...rows], actions: below };
    },
    rendering,
  );
}

/** What opened a form, as FormRequested names it. */
export type Opened = Meant;

/**
 * The neutral form as a card with one submit button, whose data carries `form.submit`, `form.value` and what opened it, so that a form with mistakes can be
 * made again. The title is the dialog's, not the card's.
 */
export function toAdaptiveForm(form: Form, rendering: CardRendering, opened?: Opened): AdaptiveCard {
  return fitting(
    form.blocks,
    (blocks, writing) => ({ summary: form.title, body: toElements(blocks, writing), actions: [toSubmit(form, opened)] }),
    // Dialogs show mentions as marks (microsoft/AdaptiveCards#8961).
    { ...rendering, quiet: true },
  );
}

const Told = z.object({ action: z.string().min(1).max(200), value: z.record(z.string(), z.string()).default({}) });
const Submitted = z.looseObject({ ...Told.shape, form: z.literal(true).optional(), opened: Told.optional() });

/**
 * What a pressed button or a sent form brought back, with the fields apart from what the button itself carried; undefined when it was not written by us.
 * Whoever sent it may have forged all of it.
 */
export function parseSubmitData(data: unknown) {
  const parsed = Submitted.safeParse(data);
  if (!parsed.success) return undefined;
  const { action, value, form, opened, ...fields } = parsed.data;
  const inputs = Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  return { action, value, form: form === true, inputs, ...(opened && { opened }) };
}

type Built = { summary: string; body: AdaptiveElement[]; actions: AdaptiveAction[] };
type Build = (blocks: readonly CardBlock[], writing: Writing) => Built;

function fitting(blocks: readonly CardBlock[], build: Build, rendering: CardRendering): AdaptiveCard {
  const attempt = (kept: readonly CardBlock[], maxText: number): AdaptiveCard | undefined => {
    const card = assemble(build, kept, { ...rendering, maxText, mentions: [] });
    return sizeOf(card) <= maxBytes ? card : undefined;
  };
  for (const maxText of textLimits) {
    const card = attempt(blocks, maxText);
    if (card) return card;
  }
  const shortest = textLimits[7];
  const beginning = (kept: number): readonly CardBlock[] => [...blocks.slice(0, kept), { type: 'text', text: '…' }];
  let [fits, tooMany] = [0, blocks.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (attempt(beginning(middle), shortest)) fits = middle;
    else tooMany = middle;
  }
  return assemble(build, beginning(fits), { ...rendering, maxText: shortest, mentions: [] });
}

function assemble(build: Build, blocks: readonly CardBlock[], writing: Writing): AdaptiveCard {
  const { summary, body, actions } = build(blocks, writing);
  const spoken = plain(cutText(summary, maxSummary), { ...writing, target: 'room' });
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    // What Teams supports for cards of bots (Microsoft Learn: "Types of cards"), and Microsoft's own SDK writes.
    version: '1.5',
    ...inTeams(writing, spoken),
    speak: spoken,
    body,
    ...(actions.length > 0 && { actions }),
  };
}

/** Without the full width a card in Teams is as narrow as on a phone (Microsoft Learn: "Format cards in Teams"). */
function inTeams({ target, mentions }: Writing, fallbackText: string): Pick<AdaptiveCard, 'msteams' | 'fallbackText'> {
  if (target === 'room') return {};
  return { msteams: { width: 'Full', ...(mentions.length > 0 && { entities: mentions }) }, fallbackText };
}

function sizeOf(card: AdaptiveCard): number {
  return Buffer.byteLength(JSON.stringify(card), 'utf8');
}
