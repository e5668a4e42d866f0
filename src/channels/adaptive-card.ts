import { z } from 'zod';
import type { Card, CardAction, CardBlock, CardInput, Form } from '../views/card.ts';
import { asString, type CardRendering, cutText, plain, safeLink, textElement, type Writing } from './adaptive-card-text.ts';
import type { AdaptiveAction, AdaptiveCard, AdaptiveElement, AdaptiveInput, Column, SubmitData } from './adaptive-card-types.ts';

// Microsoft's advice for Teams is 28 KB per card and 6 actions shown (docs: Cards reference; Action set).
const maxBytes = 28_000;
const maxActionsPerRow = 6;
const maxSummary = 300;
const maxButtonLabel = 80;
/** Tried one after the other until the card fits: the longest text that one element may have. */
const textLimits = [10_000, 4_000, 2_000, 1_000, 500, 250, 120, 60] as const;
/** From this many choices on, typing part of a name is faster than scrolling. */
const filterFrom = 9;

/** The neutral card as Adaptive Card 1.5 JSON. Never larger than 28 KB: long text is cut with an ellipsis, blocks at the end are left out last. */
export function toAdaptiveCard(card: Card, rendering: CardRendering): AdaptiveCard {
  return fitting(
    card.blocks,
    (blocks, writing) => {
      const title: AdaptiveElement[] = card.title ? [textElement(card.title, { heading: true, size: 'large', weight: 'bolder' }, writing)] : [];
      const actions = card.actions.flatMap((action) => toAction(action, writing));
      const rows = Math.ceil(actions.length / maxActionsPerRow);
      const body = [...title, ...toElements(blocks, writing)];
      if (rows <= 1) return { card: assemble(card.summary, body, writing), actions };
      const sets = Array.from(
        { length: rows },
        (_, row): AdaptiveElement => ({ type: 'ActionSet', actions: actions.slice(row * maxActionsPerRow, (row + 1) * maxActionsPerRow), spacing: 'medium' }),
      );
      return { card: assemble(card.summary, [...body, ...sets], writing), actions: [] };
    },
    rendering,
  );
}

/** What opened a form, as FormRequested names it. */
export type Opened = { action: string; value: Readonly<Record<string, string>> };

/**
 * The neutral form as a card with one submit button, whose data carries `form.submit`, `form.value` and what opened it, so that a form with mistakes can be
 * made again. The title is the dialog's, not the card's.
 */
export function toAdaptiveForm(form: Form, rendering: CardRendering, opened?: Opened): AdaptiveCard {
  return fitting(
    form.blocks,
    (blocks, writing) => ({ card: assemble(form.title, toElements(blocks, writing), writing), actions: [toSubmit(form, opened)] }),
    rendering,
  );
}

const values = z.record(z.string(), z.string());
const Meant = z.object({ action: z.string().min(1).max(200), value: values.default({}) });
const Submitted = z.looseObject({ ...Meant.shape, form: z.literal(true).optional(), opened: Meant.optional() });

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

type Built = { card: AdaptiveCard; actions: AdaptiveAction[] };

function fitting(blocks: readonly CardBlock[], build: (blocks: readonly CardBlock[], writing: Writing) => Built, rendering: CardRendering): AdaptiveCard {
  const attempt = (kept: readonly CardBlock[], maxText: number): AdaptiveCard => {
    const writing: Writing = { ...rendering, maxText, mentions: [] };
    const { card, actions } = build(kept, writing);
    return { ...card, ...(actions.length > 0 && { actions }), ...(writing.mentions.length > 0 && { msteams: { entities: writing.mentions } }) };
  };
  for (const maxText of textLimits) {
    const card = attempt(blocks, maxText);
    if (sizeOf(card) <= maxBytes) return card;
  }
  for (let kept = blocks.length - 1; kept > 0; kept--) {
    const card = attempt([...blocks.slice(0, kept), { type: 'text', text: '…' }], textLimits[7]);
    if (sizeOf(card) <= maxBytes) return card;
  }
  return attempt([{ type: 'text', text: '…' }], textLimits[7]);
}

function sizeOf(card: AdaptiveCard): number {
  return Buffer.byteLength(JSON.stringify(card), 'utf8');
}

function assemble(summary: string, body: AdaptiveElement[], writing: Writing): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    speak: plain(cutText(summary, maxSummary), { ...writing, target: 'room' }),
    body,
  };
}

/** A divider has no element of its own: it is a line above the next one. */
function toElements(blocks: readonly CardBlock[], writing: Writing): AdaptiveElement[] {
  let separator = false;
  return blocks.flatMap((block) => {
    if (block.type === 'divider') {
      separator = true;
      return [];
    }
    const [first, ...rest] = toElement(block, writing);
    if (!first) return [];
    const placed: AdaptiveElement = separator ? { ...first, separator: true, spacing: 'medium' } : first;
    separator = false;
    return [placed, ...rest];
  });
}

function toElement(block: Exclude<CardBlock, { type: 'divider' }>, writing: Writing): AdaptiveElement[] {
  switch (block.type) {
    case 'text':
      return toText(block, writing);
    case 'facts':
      if (block.facts.length === 0) return [];
      return [{ type: 'FactSet', facts: block.facts.map((fact) => ({ title: plain(fact.label, writing), value: asString(fact.value, writing) })) }];
    case 'progress':
      return toProgress(block, writing);
    case 'list':
      return toList(block, writing);
    case 'table':
      return toTable(block, writing);
    case 'input':
      return toInput(block, writing);
    default:
      return block satisfies never;
  }
}

function toText(block: Extract<CardBlock, { type: 'text' }>, writing: Writing): AdaptiveElement[] {
  const style = block.style ?? 'plain';
  switch (style) {
    case 'plain':
      return [textElement(block.text, {}, writing)];
    case 'strong':
      return [textElement(block.text, { weight: 'bolder' }, writing)];
    case 'subtle':
      return [textElement(block.text, { isSubtle: true, size: 'small', spacing: 'small' }, writing)];
    case 'heading':
      return [textElement(block.text, { heading: true, weight: 'bolder', size: 'medium', spacing: 'medium' }, writing)];
    case 'quote':
      return [{ type: 'Container', style: 'emphasis', items: [textElement(block.text, {}, writing)] }];
    default:
      return style satisfies never;
  }
}

/** Three labelled steps to a row: six side by side would not fit on a phone, nor in Teams' thread pane. */
function toProgress(block: Extract<CardBlock, { type: 'progress' }>, writing: Writing): AdaptiveElement[] {
  const columns = block.steps.map((step): Column => {
    const done = Math.min(Math.max(step.done, 0), step.total);
    return {
      type: 'Column',
      width: 1,
      items: [
        textElement(step.label, { size: 'small', isSubtle: true }, writing),
        {
          type: 'RichTextBlock',
          // The room's page finds the marks by this id, to name them for screen readers.
          id: 'progress-marks',
          spacing: 'none',
          inlines: [
            ...(done > 0 ? [{ type: 'TextRun' as const, text: '●'.repeat(done), color: 'good' as const }] : []),
            ...(done < step.total ? [{ type: 'TextRun' as const, text: '○'.repeat(step.total - done), isSubtle: true }] : []),
          ],
        },
      ],
    };
  });
  const rows = Array.from({ length: Math.ceil(columns.length / 3) }, (_, row) => columns.slice(row * 3, row * 3 + 3));
  return [
    ...(block.label ? [textElement(block.label, { size: 'small', weight: 'bolder', spacing: 'medium' }, writing)] : []),
    ...rows.map((row): AdaptiveElement => ({ type: 'ColumnSet', columns: row, spacing: 'small' })),
  ];
}

function toList(block: Extract<CardBlock, { type: 'list' }>, writing: Writing): AdaptiveElement[] {
  return block.items.map((item, index) => ({
    type: 'ColumnSet',
    spacing: index === 0 ? 'default' : 'small',
    columns: [
      { type: 'Column', width: 'auto', items: [{ type: 'TextBlock', text: '•', wrap: true, isSubtle: true }] },
      {
        type: 'Column',
        width: 'stretch',
        spacing: 'small',
        items: [
          textElement(item.text, {}, writing),
          ...(item.note === undefined ? [] : [textElement(item.note, { size: 'small', isSubtle: true, spacing: 'none' }, writing)]),
        ],
      },
    ],
  }));
}

function toTable(block: Extract<CardBlock, { type: 'table' }>, writing: Writing): AdaptiveElement[] {
  const header = block.columns.map((column) => [textElement(column, { weight: 'bolder', size: 'small' }, writing)]);
  const rows = block.rows.map((row) => block.columns.map((_, index) => [textElement(row[index] ?? '', { size: 'small' }, writing)]));
  return [
    {
      type: 'Table',
      columns: block.columns.map(() => ({ width: 1 })),
      firstRowAsHeader: true,
      gridStyle: 'default',
      rows: [header, ...rows].map((cells) => ({ type: 'TableRow', cells: cells.map((items) => ({ type: 'TableCell', items })) })),
    },
  ];
}

function toInput(input: CardInput, writing: Writing): AdaptiveElement[] {
  return [
    toField(input, writing),
    ...(input.hint ? [textElement(input.hint, { size: 'small', isSubtle: true, spacing: 'small' }, writing)] : []),
    ...(input.error
      ? [{ type: 'TextBlock' as const, text: plain(input.error, writing), wrap: true as const, size: 'small' as const, color: 'attention' as const }]
      : []),
  ];
}

/** Fields show what a person typed before, so nothing in them is escaped: they are never read as Markdown. */
function toField(input: CardInput, writing: Writing): AdaptiveInput {
  const common = {
    id: input.id,
    ...(input.value !== undefined && { value: input.value }),
    ...(input.required && { isRequired: true, errorMessage: input.error ?? input.hint ?? input.label }),
  };
  const label = cutText(input.label, 500);
  const placeholder = input.placeholder === undefined ? {} : { placeholder: input.placeholder };
  switch (input.kind) {
    case 'text':
    case 'multiline':
      return {
        type: 'Input.Text',
        ...common,
        label,
        ...placeholder,
        ...(input.kind === 'multiline' && { isMultiline: true }),
        ...(input.maxLength && { maxLength: input.maxLength }),
      };
    case 'choice':
      return { type: 'Input.ChoiceSet', ...common, label, ...placeholder, ...choices(input.options ?? [], 4) };
    case 'person':
      return { type: 'Input.ChoiceSet', ...common, label, ...placeholder, ...choices(input.options ?? peopleAsOptions(writing), 0) };
    case 'weekday':
      return { type: 'Input.ChoiceSet', ...common, label, ...placeholder, ...choices(input.options ?? weekdays(writing.locale ?? 'en-GB'), 0) };
    case 'time':
      return { type: 'Input.Time', ...common, label, ...placeholder };
    case 'toggle':
      return { type: 'Input.Toggle', ...common, title: label, valueOn: 'true', valueOff: 'false' };
    default:
      return input.kind satisfies never;
  }
}

function choices(options: readonly { value: string; label: string }[], expandUpTo: number) {
  const style = options.length <= expandUpTo ? 'expanded' : options.length >= filterFrom ? 'filtered' : 'compact';
  return { style, choices: options.map((option) => ({ title: cutText(option.label, 200), value: option.value })) } as const;
}

function peopleAsOptions(writing: Writing) {
  return writing.people.map((person) => ({ value: person.id, label: person.name }));
}

/** Monday to Sunday under the ids that the domain uses, named in the reader's language. */
function weekdays(locale: string) {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // 5 January 1970 was a Monday.
  return (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).map((value, day) => ({ value, label: name.format((4 + day) * 86_400_000) }));
}

function toAction(action: CardAction, writing: Writing): AdaptiveAction[] {
  const title = cutText(action.label, maxButtonLabel);
  if (action.url !== undefined) {
    const url = safeLink(action.url, writing.target);
    return url ? [{ type: 'Action.OpenUrl', title, url }] : [];
  }
  const meant = { action: action.action, value: action.value ?? {} };
  const look = { title, ...(action.style && { style: action.style === 'primary' ? ('positive' as const) : ('destructive' as const) }) };
  // A button that opens a form must open it even while a required field of the card is empty.
  if (action.form) return [{ type: 'Action.Submit', ...look, associatedInputs: 'none', data: { ...meant, form: true, ...opensDialog(writing) } }];
  // In Teams the answer to an Action.Execute may bring the card's new state (Microsoft Learn: "Universal Actions for Adaptive Cards").
  return writing.target === 'teams'
    ? [{ type: 'Action.Execute', ...look, verb: action.action, data: meant }]
    : [{ type: 'Action.Submit', ...look, data: meant }];
}

/** Teams asks for a dialog where a button's data says so (Microsoft Learn: "Use dialogs with bots"). */
function opensDialog({ target }: Writing): Pick<SubmitData, 'msteams'> {
  return target === 'teams' ? { msteams: { type: 'task/fetch' } } : {};
}

function toSubmit(form: Form, opened: Opened | undefined): AdaptiveAction {
  const data = { action: form.submit, value: form.value, ...(opened && { opened }) };
  return { type: 'Action.Submit', title: cutText(form.submitLabel, maxButtonLabel), style: 'positive', data };
}
