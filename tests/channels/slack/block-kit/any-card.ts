import fc from 'fast-check';
import type { Card, CardAction, CardBlock, CardInput, Form, Text, TextPart } from '../../../../src/views/card.ts';

const nasty = fc.constantFrom(
  '',
  ' \n\t',
  '<!channel> <!here> <@U1> <#C1> <https://evil.example|x>',
  '*bold* _it_ ~no~ `code` ```block```',
  '&lt;b&gt; & < >'.repeat(400),
  '> quote\n> quote\n'.repeat(500),
  'a'.repeat(40_000),
  '👩‍👩‍👧‍👦'.repeat(3_000),
  '🇫🇷é'.repeat(2_000),
  '\u202eright to left\u202c שלום',
  'one line\n'.repeat(4_000),
  ':smile: a:100:b',
  'e\u0301'.repeat(2_500),
  '\ud83d broken \udc69',
  '\u0000\u0007 control',
  'https://evil.example/?a=1&b=<2>|x mail@evil.example',
);
/** Words as anybody might write them, and as nobody should. */
export const words: fc.Arbitrary<string> = fc.oneof({ weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 80 }) }, { weight: 2, arbitrary: nasty });

const part: fc.Arbitrary<TextPart> = fc.oneof(
  { weight: 4, arbitrary: words },
  { weight: 1, arbitrary: fc.record({ person: fc.constantFrom('U0DANA', 'W0ORG', 'dana', '!channel', ''), name: words }) },
  {
    weight: 1,
    arbitrary: fc.record({
      at: fc.constantFrom(0, Date.UTC(2026, 10, 23, 9), -1, Number.NaN, 8.64e15, 1.5),
      as: fc.constantFrom('date' as const, 'time' as const, 'date-time' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      link: fc.constantFrom('https://a.example/x|y>z', 'javascript:alert(1)', `https://a.example/${'x'.repeat(5_000)}`, '', 'http://'),
      label: words,
    }),
  },
);
const text: fc.Arbitrary<Text> = fc.oneof(words, fc.array(part, { maxLength: 6 }));

const id = fc.oneof(
  fc.constantFrom('driver', 'owner', 'note-p1', 'win-p1', 'note-p2', 'person', 'plumb-choice'),
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constant('i'.repeat(300)),
);
const options = fc.array(fc.record({ value: fc.oneof(fc.string({ maxLength: 20 }), fc.constant('v'.repeat(200))), label: words }), { maxLength: 12 });
const manyOptions = fc.constant(Array.from({ length: 1_300 }, (_, at) => ({ value: `C${at}`, label: `#channel-${at}` })));
/** fast-check leaves keys out; exactOptionalPropertyTypes wants just that. */
const input: fc.Arbitrary<CardInput> = fc.record(
  {
    type: fc.constant('input' as const),
    id,
    label: words,
    kind: fc.constantFrom('text' as const, 'multiline' as const, 'choice' as const, 'person' as const, 'weekday' as const, 'time' as const, 'toggle' as const),
    value: fc.oneof(words, fc.constantFrom('true', '09:00', 'mon', 'U0DANA', 'C7')),
    required: fc.boolean(),
    maxLength: fc.constantFrom(1, 10, 500, 3_000, 10_000),
    placeholder: words,
    hint: words,
    options: fc.oneof({ weight: 9, arbitrary: options }, { weight: 1, arbitrary: manyOptions }),
    error: words,
  },
  { requiredKeys: ['type', 'id', 'label', 'kind'] },
);

const block: fc.Arbitrary<CardBlock> = fc.oneof(
  fc.record({
    type: fc.constant('text' as const),
    text,
    style: fc.constantFrom('plain' as const, 'strong' as const, 'subtle' as const, 'quote' as const, 'heading' as const),
  }),
  fc.record({ type: fc.constant('facts' as const), facts: fc.array(fc.record({ label: words, value: text }), { maxLength: 14 }) }),
  fc.record({
    type: fc.constant('progress' as const),
    label: words,
    steps: fc.array(fc.record({ label: words, done: fc.integer({ min: -1, max: 5 }), total: fc.integer({ min: 0, max: 4 }) }), { maxLength: 7 }),
  }),
  fc.record({ type: fc.constant('list' as const), items: fc.array(fc.record({ text, note: text }, { requiredKeys: ['text'] }), { maxLength: 30 }) }),
  fc.record({
    type: fc.constant('table' as const),
    columns: fc.array(words, { maxLength: 22 }),
    rows: fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 8 }),
  }),
  fc.constant({ type: 'divider' as const }),
  fc.record(
    {
      type: fc.constant('image' as const),
      picture: fc.record({
        kind: fc.constant('impact-cost' as const),
        title: words,
        axes: fc.constant({ impact: 'Impact', cost: 'Cost' }),
        points: fc.constant([]),
        phases: fc.constant({ now: 'now', next: 'next', later: 'later' }),
      }),
      alt: words,
      told: fc.constant(true as const),
      url: fc.constantFrom('https://a.example/p.png', 'http://127.0.0.1:3978/p', '/pictures/x', 'not an address', `https://a.example/${'x'.repeat(4_000)}`),
    },
    { requiredKeys: ['type', 'picture', 'alt'] },
  ),
  input,
);

const value = fc.oneof(
  { weight: 9, arbitrary: fc.dictionary(fc.constantFrom('alignment', 'programme', 'week'), fc.constantFrom('p1', 'p2', 'al-1', '2026-W48')) },
  { weight: 1, arbitrary: fc.constant({ text: 'x'.repeat(3_000) }) },
);
const action: fc.Arbitrary<CardAction> = fc.record(
  {
    action: fc.oneof(fc.constantFrom('later', 'nudge-on-track', 'answer-delegated', 'resolve-person', 'odd:one'), fc.constant('a'.repeat(300))),
    label: words,
    value,
    style: fc.constantFrom('primary' as const, 'danger' as const),
    form: fc.boolean(),
    more: fc.constant(true as const),
    url: fc.constantFrom('https://a.example/', 'javascript:alert(1)', `https://a.example/${'x'.repeat(4_000)}`),
  },
  { requiredKeys: ['action', 'label'] },
);

/** Any card at all, with nothing spared. */
export const anyCard: fc.Arbitrary<Card> = fc.record(
  {
    summary: words,
    title: text,
    blocks: fc.oneof(
      { weight: 9, arbitrary: fc.array(block, { maxLength: 10 }) },
      { weight: 1, arbitrary: fc.array(block, { minLength: 60, maxLength: 120 }) },
    ),
    actions: fc.array(action, { maxLength: 30 }),
  },
  { requiredKeys: ['summary', 'blocks', 'actions'] },
);

/** Any form at all. */
export const anyForm: fc.Arbitrary<Form> = fc.record({
  id: words,
  title: words,
  submitLabel: words,
  submit: fc.constantFrom('submit-answers', 's'.repeat(400)),
  value,
  blocks: fc.array(block, { maxLength: 20 }),
});
