import { z } from 'zod';

/**
 * What Slack accepts, as docs.slack.dev describes it, written apart from the renderer: nothing here is imported from it. Every object is strict, every
 * text has its shortest and longest length.
 */
const wellFormed = z.string().refine((text) => text.isWellFormed(), 'half of a character');
const text = (max: number) =>
  wellFormed
    .min(1)
    .max(max)
    .refine((words) => /[^\s\u200b]/.test(words), 'nothing to be seen');
const plain = (max: number) => z.strictObject({ type: z.literal('plain_text'), text: text(max), emoji: z.boolean().optional() });
const mrkdwn = (max: number) => z.strictObject({ type: z.literal('mrkdwn'), text: text(max), verbatim: z.literal(true) });
const blockId = z.string().min(1).max(255).optional();
const actionId = z.string().min(1).max(255);

const url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^https?:\/\/[^\s<>|]+$/);
const style = z.strictObject({ bold: z.literal(true).optional(), italic: z.literal(true).optional() }).optional();
const richElement = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: wellFormed.min(1), style }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]+$/), style }),
  z.strictObject({ type: z.literal('link'), url: url(3_000), text: wellFormed.min(1), style }),
  z.strictObject({ type: z.literal('date'), timestamp: z.number().int().nonnegative(), format: z.string().min(1), fallback: z.string().min(1), style }),
]);
const elements = z.array(richElement).min(1);
const section = z.strictObject({ type: z.literal('rich_text_section'), elements });
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        section,
        z.strictObject({ type: z.literal('rich_text_quote'), elements }),
        z.strictObject({ type: z.literal('rich_text_list'), style: z.enum(['bullet', 'ordered']), elements: z.array(section).min(1) }),
      ]),
    )
    .min(1),
});

const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plain(75),
  value: z.string().max(2_000).optional(),
  url: url(3_000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});
const unique =
  <T>(of: (item: T) => string) =>
  (items: readonly T[]) =>
    new Set(items.map(of)).size === items.length;

const option = z.strictObject({ text: plain(75), value: z.string().min(1).max(150) });
const options = (max: number, each: typeof option | typeof entry = option) =>
  z
    .array(each)
    .min(1)
    .max(max)
    .refine(
      unique<{ value: string }>(({ value }) => value),
      'an option twice',
    );
// Entries of this menu alone may lead elsewhere.
const entry = option.extend({ url: url(3_000).optional() });
const overflow = z.strictObject({ type: z.literal('overflow'), action_id: actionId, options: options(5, entry) });
const placeholder = plain(150).optional();
const menu = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: actionId,
    placeholder,
    initial_option: option.optional(),
    options: options(100).optional(),
    option_groups: z
      .array(z.strictObject({ label: plain(75), options: options(100) }))
      .min(1)
      .max(100)
      .optional(),
  })
  .refine((select) => (select.options === undefined) !== (select.option_groups === undefined), 'either options or groups')
  .refine(({ initial_option: chosen, options: all, option_groups: groups }) => {
    const offered = [...(all ?? []), ...(groups ?? []).flatMap((group) => group.options)];
    return !chosen || offered.some((one) => JSON.stringify(one) === JSON.stringify(chosen));
  }, 'the chosen option is not offered');
const textInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    placeholder,
    multiline: z.boolean().optional(),
    max_length: z.number().int().min(1).max(3_000).optional(),
    initial_value: wellFormed.max(3_000).optional(),
  })
  .refine(({ initial_value: value = '', max_length: max = 3_000 }) => value.length <= max, 'longer than the field');
const field = z.union([
  menu,
  textInput,
  z.strictObject({ type: z.literal('radio_buttons'), action_id: actionId, options: options(10), initial_option: option.optional() }),
  z.strictObject({ type: z.literal('checkboxes'), action_id: actionId, options: options(10), initial_options: options(10).optional() }),
  z.strictObject({
    type: z.literal('users_select'),
    action_id: actionId,
    placeholder,
    initial_user: z
      .string()
      .regex(/^[UW][A-Z0-9]+$/)
      .optional(),
  }),
  z.strictObject({
    type: z.literal('timepicker'),
    action_id: actionId,
    placeholder,
    initial_time: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .optional(),
  }),
]);

const cells = z
  .array(z.union([richText, z.strictObject({ type: z.literal('raw_text'), text: text(10_000) })]))
  .min(1)
  .max(20);
const common = [
  z.strictObject({ type: z.literal('header'), block_id: blockId, text: plain(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      block_id: blockId,
      text: z.union([mrkdwn(3_000), plain(3_000)]).optional(),
      fields: z.array(mrkdwn(2_000)).min(1).max(10).optional(),
    })
    .refine(({ text: words, fields }) => words !== undefined || fields !== undefined, 'a section with nothing in it'),
  z.strictObject({
    type: z.literal('context'),
    block_id: blockId,
    elements: z
      .array(z.union([mrkdwn(2_000), plain(2_000)]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('divider'), block_id: blockId }),
  z.strictObject({ type: z.literal('image'), block_id: blockId, image_url: url(3_000), alt_text: text(2_000) }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: blockId,
    elements: z
      .array(z.union([button, overflow]))
      .min(1)
      .max(25)
      .refine(
        unique<{ action_id: string }>((one) => one.action_id),
        'an action_id twice',
      ),
  }),
  richText,
] as const;
const messageBlock = z.discriminatedUnion('type', [
  ...common,
  z.strictObject({
    type: z.literal('table'),
    column_settings: z.array(z.strictObject({ is_wrapped: z.boolean() })).max(20),
    rows: z.array(cells).min(1).max(100),
  }),
]);
const homeBlock = z.discriminatedUnion('type', [...common]);
const modalBlock = z.discriminatedUnion('type', [
  ...common,
  z.strictObject({
    type: z.literal('input'),
    block_id: z.string().min(1).max(255),
    label: plain(2_000),
    hint: plain(2_000).optional(),
    optional: z.boolean(),
    element: field,
  }),
]);

const callback = z.string().min(1).max(255);
const metadata = z.string().max(3_000).optional();
const message = z.strictObject({ text: text(40_000), blocks: z.array(messageBlock).min(1).max(50) });
const home = z.strictObject({
  type: z.literal('home'),
  callback_id: callback.optional(),
  private_metadata: metadata,
  blocks: z.array(homeBlock).min(1).max(100),
});
const modal = z
  .strictObject({
    type: z.literal('modal'),
    callback_id: callback,
    title: plain(24),
    close: plain(24).optional(),
    submit: plain(24).optional(),
    private_metadata: metadata,
    blocks: z.array(modalBlock).min(1).max(100),
  })
  .refine(({ blocks, submit }) => submit !== undefined || !blocks.some(({ type }) => type === 'input'), 'fields without a button to send them')
  .refine(({ blocks }) => unique<string>((id) => id)(blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : []))), 'a field twice');

/** What Slack would say against a message: nothing when it is fine. */
export function problemsOfMessage(sent: { text: string; blocks: readonly unknown[] }): string[] {
  const size = JSON.stringify(sent.blocks).length;
  const tables = sent.blocks.filter((block) => typeof block === 'object' && block !== null && 'type' in block && block.type === 'table');
  return [...problemsIn(message, sent), ...(size > 13_000 ? [`msg_blocks_too_long: ${size}`] : []), ...(tables.length > 1 ? ['only_one_table_allowed'] : [])];
}

/** The same for a modal or Home. */
export function problemsOfView(view: { type: string }): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(view));
  return [...problemsIn(view.type === 'home' ? home : modal, view), ...(bytes > 250_000 ? [`view_too_large: ${bytes}`] : [])];
}

function problemsIn(schema: z.ZodType, value: unknown): string[] {
  const read = schema.safeParse(value);
  return read.success ? [] : read.error.issues.map(({ path, message: problem }) => `${path.join('/')}: ${problem}`);
}
