import { describe, expect, it } from '@jest/globals';
import type { IAdaptiveCard } from '@microsoft/teams.cards';
import { parseSubmitData, toAdaptiveCard, toAdaptiveForm } from '../../src/channels/adaptive-card.ts';
import type { Card, CardBlock, CardInput } from '../../src/views/card.ts';

const people = [
  { id: 'dana', name: 'Dana Whitfield' },
  { id: 'keiko', name: 'Keiko Mori' },
];
const teams = { target: 'teams', people } as const;
const room = { target: 'room', people, showMoment: () => 'Mon 23 Nov, 09:00' } as const;
const cardOf = (...blocks: CardBlock[]): Card => ({ summary: 'A card', blocks, actions: [] });
const text = (words: string): CardBlock => ({ type: 'text', text: words });
const input = (kind: CardInput['kind'], more: Partial<CardInput> = {}): CardInput => ({ type: 'input', id: 'field', label: 'Field', kind, ...more });
const apart = '\u200b';
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('text of people', () => {
  it.each([
    ['emphasis', '**bold** _it_', '\\*\\*bold\\*\\* \\_it\\_'],
    ['a link', '[here](https://x.example)', `\\[here\\](https:${apart}//x.example)`],
    ['a bare address', 'see https://x.example or tel:1', `see https:${apart}//x.example or tel:${apart}1`],
    ['an address in brackets', '<https://x.example>', `<${apart}https:${apart}//x.example>`],
    ['a picture', '![x](y)', '!\\[x\\](y)'],
    ['a mention', '<at>All</at>', `<${apart}at>All<${apart}/at>`],
    ['an entity', 'L&D &amp; &#42;', `L&D &${apart}amp; &${apart}#42;`],
    ['code', '`rm`', 'ˋrmˋ'],
    ['lists', '- one\n1. two\n+ three', `${apart}- one\n\n${apart}1. two\n\n${apart}+ three`],
    ['headings and quotes', '# one\n> two\n===', `${apart}# one\n\n${apart}> two\n\n${apart}===`],
    ['a backslash before a mark', 'a\\*b', `a\\${apart}\\*b`],
    ['struck words', '~~no~~', `~${apart}~no~${apart}~${apart}`],
  ])('keeps %s as it was written in Teams', (_, written, sent) => {
    expect(toAdaptiveCard(cardOf(text(written)), teams).body).toMatchObject([{ text: sent }]);
  });

  it('that is ordinary stays untouched in Teams', () => {
    const words = 'R&D needs 20% (or so) by Q3: "close > 5 deals", don’t wait! 1 < 2';
    expect(toAdaptiveCard(cardOf(text(words)), teams).body).toMatchObject([{ text: words }]);
  });

  it('is seen as a whole where it comes in pieces', () => {
    const card = toAdaptiveCard(cardOf({ type: 'text', text: ['{', '{DATE(2020-01-01T00:00:00Z)}} ht', 'tps://x.example'] }), teams);
    expect(card.body).toMatchObject([{ text: `{${apart}{DATE(2020-01-01T00:00:00Z)}} https:${apart}//x.example` }]);
  });

  it('stands as it is in the room, where no Markdown is read', () => {
    expect(toAdaptiveCard(cardOf(text('**bold** <b>')), room).body).toMatchObject([{ text: '**bold** <b>' }]);
  });

  it.each([teams, room])('cannot call functions of Adaptive Cards ($target)', (rendering) => {
    expect(JSON.stringify(toAdaptiveCard(cardOf(text('{{DATE(2020-01-01T00:00:00Z)}}')), rendering).body)).not.toContain('{{');
  });

  it.each([teams, room])('cannot bring a link that is not one ($target)', (rendering) => {
    const card = toAdaptiveCard(cardOf({ type: 'text', text: [{ link: 'javascript:alert(1)', label: 'press' }] }), rendering);
    expect(JSON.stringify(card)).not.toContain('javascript');
  });

  it('cannot leave the address of a link', () => {
    const card = toAdaptiveCard(cardOf({ type: 'text', text: [{ link: 'https://x.example/a)(b', label: 'a [b](c)' }] }), teams);
    expect(card.body).toMatchObject([{ text: '[a \\[b\\](c)](https://x.example/a%29%28b)' }]);
  });

  it('is never empty in Teams, where phones would refuse the card', () => {
    const card = toAdaptiveCard(cardOf(text(''), { type: 'facts', facts: [{ label: 'Owner', value: '' }] }), teams);
    expect(card.body).toMatchObject([{ text: '\u00a0' }, { facts: [{ value: '\u00a0' }] }]);
  });
});

describe('parts of a text', () => {
  const parts: CardBlock = { type: 'text', text: ['For ', { person: 'keiko', name: 'Keiko Mori' }, ' on ', { at: Date.UTC(2026, 10, 23, 9), as: 'date' }] };

  it('mention people and let Teams show moments in the reader’s zone', () => {
    expect(toAdaptiveCard(cardOf(parts), teams)).toMatchObject({
      body: [{ type: 'TextBlock', text: 'For <at>Keiko Mori</at> on {{DATE(2026-11-23T09:00:00Z,SHORT)}}' }],
      msteams: { entities: [{ type: 'mention', text: '<at>Keiko Mori</at>', mentioned: { id: 'keiko', name: 'Keiko Mori' } }] },
    });
  });

  it('mention everybody once, and nobody else by a name that looks like markup or is somebody else’s, too', () => {
    const names = [
      { person: 'a', name: 'Kim</at><at>All_' },
      { person: 'b', name: 'Kim Lee' },
      ' and ',
      { person: 'c', name: 'Kim  Lee' },
      ', ',
      { person: 'b', name: 'Kim Lee' },
    ];
    const card = toAdaptiveCard(cardOf({ type: 'text', text: names }), teams);
    expect(card.body).toMatchObject([{ text: '<at>Kim/atatAll</at><at>Kim Lee</at> and Kim  Lee, Kim Lee' }]);
    expect(card.msteams?.entities?.map(({ mentioned }) => mentioned?.id)).toEqual(['a', 'b']);
  });

  it('mention nobody where nobody else is', () => {
    const quiet = toAdaptiveCard(cardOf(parts), { ...teams, quiet: true });
    expect(quiet.body).toMatchObject([{ text: 'For Keiko Mori on {{DATE(2026-11-23T09:00:00Z,SHORT)}}' }]);
    const form = { id: 'f', title: 'T', submitLabel: 'Send', submit: 's', value: {}, blocks: [parts] };
    for (const card of [quiet, toAdaptiveForm(form, teams)]) expect(card.msteams).toEqual({ width: 'Full' });
  });

  it('become runs in the room', () => {
    expect(toAdaptiveCard(cardOf(parts), room).body).toMatchObject([
      { type: 'RichTextBlock', inlines: [{ text: 'For ' }, { text: 'Keiko Mori', weight: 'Bolder' }, { text: ' on ' }, { text: 'Mon 23 Nov, 09:00' }] },
    ]);
  });
});

describe('fields', () => {
  it.each([
    ['text', { type: 'Input.Text' }],
    ['multiline', { type: 'Input.Text', isMultiline: true }],
    [
      'person',
      {
        type: 'Input.ChoiceSet',
        style: 'compact',
        choices: [
          { value: 'dana', title: 'Dana Whitfield' },
          { value: 'keiko', title: 'Keiko Mori' },
        ],
      },
    ],
    ['time', { type: 'Input.Time' }],
    ['toggle', { type: 'Input.Toggle', title: 'Field', valueOn: 'true', valueOff: 'false' }],
  ] as const)('of kind %s have their counterpart', (kind, expected) => {
    expect(toAdaptiveCard(cardOf(input(kind)), teams).body).toMatchObject([{ id: 'field', ...expected }]);
  });

  it('offer the days of the week from Monday, named in the reader’s language', () => {
    const { choices } = Object(toAdaptiveCard(cardOf(input('weekday')), { ...teams, locale: 'es' }).body[0]);
    expect(choices[0]).toEqual({ value: 'mon', title: 'lunes' });
    expect(choices).toHaveLength(7);
  });

  it('show what was typed, unescaped, and the mistake beside it', () => {
    const body = toAdaptiveCard(cardOf(input('text', { value: 'a*b', error: 'Too short.' })), teams).body;
    expect(body).toMatchObject([{ value: 'a*b' }, { type: 'TextBlock', text: 'Too short.', color: 'Attention' }]);
  });

  it('find anybody in the organisation in Teams, unless the choice is narrowed', () => {
    const query = { 'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' } };
    expect(toAdaptiveCard(cardOf(input('person')), { target: 'teams', people: [] }).body).toMatchObject([{ type: 'Input.ChoiceSet', choices: [], ...query }]);
    const narrowed = toAdaptiveCard(cardOf(input('person', { options: [{ value: 'dana', label: 'Dana' }] })), teams).body;
    expect(narrowed).not.toMatchObject([query]);
    expect(toAdaptiveCard(cardOf(input('person')), room).body).not.toMatchObject([query]);
  });

  it('offer no more choices than a card takes, but always the one that is chosen', () => {
    const options = Array.from({ length: 300 }, (_, index) => ({ value: `c${index}`, label: 'a channel with a long name '.repeat(3) }));
    const { choices } = Object(toAdaptiveCard(cardOf(input('choice', { options, value: 'c250' })), teams).body[0]);
    expect(choices).toHaveLength(100);
    expect(choices.at(-1).value).toBe('c250');
  });

  it('can be searched when there are many choices', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ id: `p${index}`, name: `Person ${index}` }));
    expect(toAdaptiveCard(cardOf(input('person')), { ...teams, people: many }).body).toMatchObject([{ style: 'filtered' }]);
  });
});

describe('buttons', () => {
  const action = (index: number) => ({ action: `a${index}`, label: `Action ${index}` });

  const pressable: Card = { ...cardOf(), actions: [{ action: 'skip', label: 'Skip', style: 'danger', value: { alignment: 'a1' } }] };
  const opening: Card = { ...cardOf(), actions: [{ action: 'answer-in-form', label: 'Answer', style: 'primary', form: true, value: { alignment: 'a1' } }] };

  it('carry what they mean, and may bring the new card in Teams', () => {
    expect(toAdaptiveCard(pressable, teams).actions).toEqual([
      { type: 'Action.Execute', title: 'Skip', style: 'destructive', verb: 'skip', data: { action: 'skip', value: { alignment: 'a1' } } },
    ]);
    expect(toAdaptiveCard(pressable, room).actions).toEqual([
      { type: 'Action.Submit', title: 'Skip', style: 'destructive', data: { action: 'skip', value: { alignment: 'a1' } } },
    ]);
  });

  it('that open a form ask Teams for a dialog, whatever the fields of the card hold', () => {
    const look = { type: 'Action.Submit', title: 'Answer', style: 'positive', associatedInputs: 'none' };
    const data = { action: 'answer-in-form', value: { alignment: 'a1' }, form: true };
    expect(toAdaptiveCard(opening, teams).actions).toEqual([{ ...look, data: { ...data, msteams: { type: 'task/fetch' } } }]);
    expect(toAdaptiveCard(opening, room).actions).toEqual([{ ...look, data }]);
  });

  it('beyond six go into rows of their own, none is lost', () => {
    const card = toAdaptiveCard({ ...cardOf(text('x')), actions: Array.from({ length: 8 }, (_, index) => action(index)) }, teams);
    const sets = card.body.filter((element) => element.type === 'ActionSet');
    expect(card.actions).toBeUndefined();
    expect(sets.map((set) => set.actions.length)).toEqual([4, 4]);
  });

  it('of the second rank stand in the menu, but for one that would be alone there', () => {
    const further = (index: number) => ({ ...action(index), more: true as const });
    const modesOf = (...actions: Card['actions']) => toAdaptiveCard({ ...cardOf(), actions }, teams).actions?.map(({ mode }) => mode);
    expect(modesOf(action(0), further(1), further(2))).toEqual([undefined, 'secondary', 'secondary']);
    expect(modesOf(further(0), action(1))).toEqual([undefined, undefined]);
  });

  it('with an unsafe address are left out', () => {
    expect(toAdaptiveCard({ ...cardOf(), actions: [{ action: 'x', label: 'x', url: 'javascript:alert(1)' }] }, room).actions).toBeUndefined();
  });

  it('come back with the fields apart from their own data', () => {
    expect(parseSubmitData({ action: 'nudge-at-risk', value: { week: '2' }, note: 'Slow', other: 4 })).toEqual({
      action: 'nudge-at-risk',
      value: { week: '2' },
      form: false,
      inputs: { note: 'Slow' },
    });
    expect(parseSubmitData({ action: 'answer-in-form', value: {}, form: true, msteams: { type: 'task/fetch' } })).toEqual({
      action: 'answer-in-form',
      value: {},
      form: true,
      inputs: {},
    });
    expect(parseSubmitData({ text: 'hi' })).toBeUndefined();
    expect(parseSubmitData(null)).toBeUndefined();
  });
});

describe('limits', () => {
  it.each([
    ['one long text', cardOf(text('long '.repeat(20_000)))],
    ['many texts', cardOf(...Array.from({ length: 40 }, () => text('word '.repeat(400))))],
    ['too many blocks', cardOf(...Array.from({ length: 2_000 }, (_, index) => text(`line ${index}`)))],
    ['text that needs escaping', cardOf(text('**__**'.repeat(20_000)))],
    ['emoji', cardOf(text('👍🏽'.repeat(20_000)))],
    ['a long table', cardOf({ type: 'table', columns: ['a', 'b'], rows: Array.from({ length: 400 }, () => ['x'.repeat(50), 'y']) })],
  ])('keep a card with %s within 28 KB', (_, card) => {
    const adaptive = toAdaptiveCard(card, teams);
    expect(bytes(adaptive)).toBeLessThanOrEqual(28_000);
    expect(JSON.stringify(adaptive.body)).toContain('…');
    expect(JSON.stringify(adaptive).isWellFormed()).toBe(true);
  });
});

describe('a form', () => {
  const form = { id: 'f', title: 'All questions', submitLabel: 'Send', submit: 'submit-answers', value: { alignment: 'a1' }, blocks: [input('text')] };

  it('is a card with one submit button that carries the form’s value', () => {
    expect(toAdaptiveForm(form, teams).actions).toEqual([
      { type: 'Action.Submit', title: 'Send', style: 'positive', data: { action: 'submit-answers', value: { alignment: 'a1' } } },
    ]);
  });

  it('remembers what opened it, so that it can be shown again with its mistakes', () => {
    const opened = { action: 'answer-in-form', value: { alignment: 'a1' } };
    const [send] = toAdaptiveForm(form, teams, opened).actions ?? [];
    const data = send?.type === 'Action.Submit' ? { ...send.data, field: 'typed' } : undefined;
    expect(parseSubmitData(data)).toEqual({ action: 'submit-answers', value: { alignment: 'a1' }, form: false, inputs: { field: 'typed' }, opened });
  });
});

describe('progress', () => {
  const steps = ['Strategy', 'Roles', 'Metrics', 'Communication'].map((label, index) => ({ label, done: index, total: 3 }));
  const progress: CardBlock = { type: 'progress', label: '', steps };

  it('shows three labelled steps to a row', () => {
    const rows = toAdaptiveCard(cardOf(progress), teams).body;
    expect(rows).toMatchObject([
      { columns: [{}, {}, {}] },
      { columns: [{ items: [{ text: 'Communication' }, { inlines: [{ text: '●●●' }, { text: '  3/3' }] }] }] },
    ]);
  });

  it('repeats no id in Teams, where phones would refuse the card', () => {
    expect(JSON.stringify(toAdaptiveCard(cardOf(progress), teams))).not.toContain('"id"');
    expect(JSON.stringify(toAdaptiveCard(cardOf(progress), room))).toContain('"id":"progress-marks"');
  });
});

it('a table is made of columns in Teams, because phones show no tables', () => {
  const table: CardBlock = { type: 'table', columns: ['Who', 'How'], rows: [['Keiko', 'On track'], ['Sam']] };
  expect(toAdaptiveCard(cardOf(table), teams).body).toMatchObject([
    { type: 'ColumnSet', columns: [{ items: [{ text: 'Who', weight: 'Bolder' }] }, { items: [{ text: 'How' }] }] },
    { type: 'ColumnSet', separator: true, columns: [{ items: [{ text: 'Keiko' }] }, { items: [{ text: 'On track' }] }] },
    { type: 'ColumnSet', separator: true, columns: [{ items: [{ text: 'Sam' }] }, { items: [{ text: '\u00a0' }] }] },
  ]);
  expect(toAdaptiveCard(cardOf(table), room).body).toMatchObject([{ type: 'Table', rows: [{}, {}, {}] }]);
});

it.each([teams, room])('a table of many columns is a list, because a phone has no room for them: $target', (target) => {
  const table: CardBlock = { type: 'table', columns: ['What', 'Part', 'Weight', 'When', 'Who'], rows: [['Pay on margin', 'Systems', '5', 'next', 'Sam']] };
  expect(toAdaptiveCard(cardOf(table), target).body).toMatchObject([
    { type: 'TextBlock', text: 'Pay on margin' },
    { type: 'TextBlock', text: 'Part: Systems · Weight: 5 · When: next · Who: Sam', isSubtle: true },
  ]);
});

it('a picture without a link is its words, unless the card says them anyway', () => {
  const points = [{ label: 'Pay on margin', impact: 5, cost: 4, phase: 'next' as const }];
  const phases = { now: 'now', next: 'next', later: 'later' };
  const picture = { kind: 'impact-cost' as const, title: 'Impact', axes: { impact: 'Impact', cost: 'Cost' }, points, phases };
  const image: CardBlock = { type: 'image', picture, alt: 'Next: pay on margin' };
  expect(toAdaptiveCard(cardOf(image), teams).body).toMatchObject([{ text: 'Next: pay on margin' }]);
  expect(toAdaptiveCard(cardOf(text('x'), { ...image, told: true }), teams).body).toMatchObject([{ text: 'x' }]);
  expect(toAdaptiveCard(cardOf({ ...image, told: true, url: 'https://plumb.example/p' }), teams).body).toMatchObject([{ type: 'Image' }]);
});

it('a card is as wide as Teams allows, says what it is where it cannot be shown, and is what Microsoft calls a card', () => {
  const card: Omit<IAdaptiveCard, 'msteams'> = toAdaptiveCard(cardOf(text('x')), teams);
  expect(card).toMatchObject({ version: '1.5', msteams: { width: 'Full' }, fallbackText: 'A card', speak: 'A card' });
  expect(toAdaptiveCard(cardOf(text('x')), room)).not.toHaveProperty('msteams');
});

it('a divider is a line above the next block', () => {
  expect(toAdaptiveCard(cardOf(text('one'), { type: 'divider' }, text('two')), teams).body).toMatchObject([{ text: 'one' }, { text: 'two', separator: true }]);
});
