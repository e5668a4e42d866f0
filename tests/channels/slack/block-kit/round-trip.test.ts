import { describe, expect, it } from '@jest/globals';
import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { inputsModal } from '../../../../src/channels/slack/block-kit/inputs-modal.ts';
import { readPress } from '../../../../src/channels/slack/block-kit/read-press.ts';
import { readSubmission } from '../../../../src/channels/slack/block-kit/read-submission.ts';
import type { Pressed } from '../../../../src/channels/slack/block-kit/rendering.ts';
import { toMessage } from '../../../../src/channels/slack/block-kit/to-message.ts';
import { toModal } from '../../../../src/channels/slack/block-kit/to-modal.ts';
import type { Card, CardAction, CardInput, Form } from '../../../../src/views/card.ts';
import { realCards, realContext, realForms } from './real-cards.ts';
import { slackWords } from './words.ts';

const rendering = { words: slackWords };
const context = { place: 'C0SALES', thread: '1795424400.000100', postId: '1795424400.000200' };
const cards = realCards(realContext());
const forms = realForms(realContext());

type Button = { label: string; element: unknown; pressed: Pressed | undefined };
function buttonsOf(card: Card | undefined): Button[] {
  const blocks = card ? toMessage(card, rendering).blocks : [];
  return blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.map((element) => ({ label: element.type === 'button' ? element.text.text : '', element, pressed: readPress(element) }))
      : [],
  );
}
const withActions = (...actions: CardAction[]): Card => ({ summary: 's', blocks: [], actions });
const labelsOf = (card: Card | undefined) => buttonsOf(card).map(({ label }) => label);
const dialogOf = (card: Card | undefined, label: string): ModalView | undefined => {
  const pressed = buttonsOf(card).find((button) => button.label === label)?.pressed;
  return pressed?.kind === 'inputs' ? inputsModal(pressed, slackWords, context) : undefined;
};

/** A dialog as Slack sends it back, with what was filled in by field. */
function sent(view: ModalView | undefined, filled: Readonly<Record<string, object>> = {}) {
  const blocks = (view?.blocks ?? []).flatMap((block) => ('element' in block && 'block_id' in block ? [block] : []));
  const values = Object.fromEntries(
    blocks.map((block) => {
      const element = block.element as {
        type: string;
        action_id: string;
        initial_value?: string;
        initial_option?: unknown;
        initial_options?: unknown;
        initial_time?: string;
      };
      const left = {
        value: element.initial_value ?? null,
        selected_option: element.initial_option ?? null,
        selected_options: element.initial_options ?? [],
        selected_time: element.initial_time ?? null,
      };
      return [String(block.block_id), { [element.action_id]: { type: element.type, ...left, ...filled[String(block.block_id)] } }];
    }),
  );
  return { ...view, state: { values } };
}

describe('a button', () => {
  it('brings back what it was made with', () => {
    // Names of values are Plumb's own; this one is dropped by whatever reads foreign JSON with care.
    const name = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text !== '__proto__');
    const value = fc.dictionary(name, fc.string({ maxLength: 50 }), { maxKeys: 5 });
    fc.assert(
      fc.property(fc.constantFrom('later', 'not-a-request', 'odd:one'), value, fc.boolean(), (action, given, form) => {
        const [button] = buttonsOf(withActions({ action, label: 'Press', value: given, form }));
        expect(button?.pressed).toEqual({ kind: form ? 'form' : 'act', action, value: given });
      }),
    );
  });

  it('with an address only opens it', () => {
    const [button] = buttonsOf(withActions({ action: 'open-home', label: 'Open', url: 'https://acme.slack.com/archives/C1/p1' }));
    expect(button?.element).toMatchObject({ url: 'https://acme.slack.com/archives/C1/p1' });
    expect(button?.pressed).toBeUndefined();
  });

  it('of the second rank is an entry of a menu, which brings back the same', () => {
    const further = (label: string): CardAction => ({ action: 'export-pdf', label, value: { alignment: 'a1' }, more: true });
    const sets = toMessage(withActions({ action: 'later', label: 'Later' }, further('A'), { ...further('B'), form: true }), rendering).blocks;
    const elements = sets.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(elements.map(({ type }) => type)).toEqual(['button', 'overflow']);
    const options = elements.flatMap((element) => (element.type === 'overflow' ? element.options : []));
    expect(options.map((chosen) => readPress({ type: 'overflow', action_id: 'more:0', selected_option: chosen }))).toEqual([
      { kind: 'act', action: 'export-pdf', value: { alignment: 'a1' } },
      { kind: 'form', action: 'export-pdf', value: { alignment: 'a1' } },
    ]);
  });

  it('of the second rank with an address only opens it', () => {
    const link: CardAction = { action: 'open-home', label: 'Open', url: 'https://acme.slack.com/archives/C1/p1', more: true };
    const [menu] = buttonsOf(withActions(link, { action: 'later', label: 'Later', more: true }));
    expect(menu?.element).toMatchObject({ type: 'overflow', options: [{ url: 'https://acme.slack.com/archives/C1/p1' }, { text: { text: 'Later' } }] });
    expect(readPress({ type: 'overflow', action_id: 'more:0', selected_option: { value: 'link:0' } })).toBeUndefined();
  });

  it('of the second rank is shown as it is where it stands alone or carries too much for a menu, and fills a second menu after five', () => {
    const further = (size: number): CardAction => ({ action: 'export-pdf', label: 'Press', value: { alignment: 'x'.repeat(size) }, more: true });
    const typesOf = (...actions: CardAction[]) => buttonsOf(withActions(...actions)).map(({ element }) => element);
    expect(typesOf(further(1))).toMatchObject([{ type: 'button' }]);
    expect(typesOf(further(1), further(1), further(200))).toMatchObject([{ type: 'button' }, { type: 'overflow' }]);
    expect(typesOf(...Array.from({ length: 6 }, () => further(1)))).toMatchObject([{ options: { length: 3 } }, { options: { length: 3 } }]);
  });

  it('of a forged menu means nothing', () => {
    const forged = ['', 'act:0:later', 'inputs:0:later:{}', 'act:0:later:[1]', 'act:0:later:{"a":1}', `act:0:later:{"a":"${'x'.repeat(200)}"}`];
    for (const value of forged) expect(readPress({ type: 'overflow', action_id: 'more:0', selected_option: { value } })).toBeUndefined();
  });

  it('stands in one block with the others, so that they flow with the window, in the order of the card', () => {
    const { blocks } = toMessage(cards['intake'] ?? withActions(), rendering);
    expect(blocks.flatMap((block) => (block.type === 'actions' ? [block.elements.length] : []))).toEqual([5]);
    expect(labelsOf(cards['intake'])).toEqual(['Answer in a form', 'Continue privately', 'I take this', 'Not a request', '']);
  });

  it('is one of few: no card but Home has more than six things to press', () => {
    const many = Object.entries(cards).flatMap(([name, card]) => (name !== 'home' && buttonsOf(card).length > 6 ? [name] : []));
    expect(many).toEqual([]);
  });

  it.each([
    ['a menu', { type: 'static_select', action_id: 'act:0:later', selected_option: null }],
    ['something of another app', { type: 'button', action_id: 'approve', value: '{}' }],
    ['no JSON', { type: 'button', action_id: 'act:0:later', value: '{"alignment":' }],
    ['a value that is no text', { type: 'button', action_id: 'act:0:later', value: '{"alignment":{"id":1}}' }],
    ['fields that are none', { type: 'button', action_id: 'inputs:0:later', value: '{"c":[],"i":[]}' }],
    ['nothing', undefined],
  ])('that is forged or not ours (%s) means nothing', (_, element) => {
    expect(readPress(element)).toBeUndefined();
  });

  it('cannot smuggle in what is no text of its own', () => {
    expect(readPress({ type: 'button', action_id: 'act:0:later', value: '{"__proto__":"x","alignment":"al-1"}' })).toMatchObject({
      value: { alignment: 'al-1' },
    });
  });
});

describe('fields of a message', () => {
  it('that are optional leave every button as it is and add one behind those that they go with', () => {
    expect(labelsOf(cards['nudge'])).toEqual(['On track', 'At risk', 'No progress', slackWords.addNote, 'Stop asking me', '']);
    expect(buttonsOf(cards['nudge'])[0]?.pressed).toMatchObject({ kind: 'act', action: 'nudge-on-track', value: { week: '2026-W48' } });
  });

  it('open with a choice among those buttons, and come back with the one that was chosen', () => {
    const view = dialogOf(cards['nudge'], slackWords.addNote);
    const submission = readSubmission(sent(view, { 'plumb-choice': { selected_option: { value: '1' } }, note: { value: 'two are ill' } }));
    expect(submission).toEqual({
      kind: 'act',
      action: 'nudge-at-risk',
      value: { programme: '0c6f6b9e-5a8e-4d6b-9a39-2a8a8a9a3c11', week: '2026-W48' },
      inputs: { note: 'two are ill', win: '' },
      context,
    });
  });

  it('begin with what was chosen before', () => {
    expect(readSubmission(sent(dialogOf(cards['nudge-again'], slackWords.addNote)))).toMatchObject({ action: 'nudge-at-risk' });
  });

  it('of several programmes are asked for in one form', () => {
    const [answer, ...others] = buttonsOf(cards['nudge-for-three']);
    expect(answer?.pressed).toMatchObject({ kind: 'form', action: 'nudge-answer', value: { programme: 'p-1', week: '2026-W48' } });
    expect(others).toHaveLength(3);
  });

  it.each([
    ['delegated-privately', 'Send answer', { answer: { value: 'Karin Voss' } }, 'answer-delegated', { answer: 'Karin Voss' }],
    ['who-is-meant', "That's the one", { person: { selected_user: 'U0TOM' } }, 'resolve-person', { person: 'U0TOM' }],
  ] as const)('without which an action means nothing are asked for by its own button (%s)', (name, label, filled, action, inputs) => {
    const view = dialogOf(cards[name], label);
    expect(JSON.stringify(view?.blocks)).toContain('"optional":false');
    expect(readSubmission(sent(view, filled))).toMatchObject({ kind: 'act', action, inputs, value: { alignment: 'al-1' } });
    expect(
      buttonsOf(cards[name])
        .slice(1)
        .every(({ pressed }) => pressed?.kind === 'act'),
    ).toBe(true);
  });

  it('for figures are asked for by the button that sends them, and any one of several is enough', () => {
    const figure = (id: string): CardInput => ({ type: 'input', id, label: id, kind: 'text' });
    const send = { action: 'nudge-reading', label: 'Send the figures', value: { programme: 'p-1', week: '2026-W48' } } as const;
    const card = { ...withActions(send, { action: 'nudge-snooze', label: 'Ask me tomorrow' }), blocks: [figure('reading-a'), figure('reading-b')] };
    expect(labelsOf(card)).toEqual(['Send the figures', 'Ask me tomorrow']);
    const view = dialogOf(card, 'Send the figures');
    expect(JSON.stringify(view?.blocks)).not.toContain('"optional":false');
    expect(readSubmission(sent(view, { 'reading-b': { value: '4' } }))).toMatchObject({
      action: 'nudge-reading',
      inputs: { 'reading-a': '', 'reading-b': '4' },
    });
  });

  it('say what they are about', () => {
    const view = dialogOf(cards['delegated-privately'], 'Send answer');
    expect(view?.title.text).toBe('A question for you');
    expect(JSON.stringify(view?.blocks[0])).toContain('Who in the business answers for this change?');
  });

  it('are never lost for being too many: then the buttons act as they are', () => {
    const input: CardInput = { type: 'input', id: 'note', label: 'x'.repeat(1_990), kind: 'text' };
    expect(labelsOf({ ...withActions({ action: 'later', label: 'Later' }), blocks: [input] })).toEqual(['Later']);
  });
});

const form = (...blocks: CardInput[]): Form => ({
  id: 'f',
  title: 'A form',
  submitLabel: 'Save',
  submit: 'submit-answers',
  value: { alignment: 'al-1' },
  blocks,
});
const field = (kind: CardInput['kind'], more: Partial<CardInput> = {}): CardInput => ({ type: 'input', id: 'field', label: 'Field', kind, ...more });
const back = (input: CardInput, filled?: object) => readSubmission(sent(toModal(form(input), rendering, context), filled && { field: filled }));

describe('a form', () => {
  it('comes back with what it is about and where it was opened', () => {
    expect(back(field('text'), { value: 'words' })).toEqual({
      kind: 'form',
      submit: 'submit-answers',
      value: { alignment: 'al-1' },
      inputs: { field: 'words' },
      context,
    });
  });

  it.each(Object.entries(forms))('%s, left alone, comes back with what it showed', (_, shown) => {
    const submission = readSubmission(sent(toModal(shown, rendering, context)));
    const texts = shown.blocks.flatMap((block) =>
      block.type === 'input' && (block.kind === 'text' || block.kind === 'multiline') ? [[block.id, block.value ?? '']] : [],
    );
    expect(submission).toMatchObject({ kind: 'form', submit: shown.submit, value: shown.value, inputs: Object.fromEntries(texts) });
  });

  it.each([
    ['text', field('text', { value: 'before' }), { value: 'after' }, 'after'],
    ['emptied text', field('text', { value: 'before' }), { value: null }, ''],
    ['a choice', field('choice', { options: [{ value: 'a', label: 'A' }] }), { selected_option: { value: 'a' } }, 'a'],
    ['no choice', field('choice', { options: [{ value: 'a', label: 'A' }] }), { selected_option: null }, ''],
    ['a person', field('person'), { selected_user: 'U0TOM' }, 'U0TOM'],
    ['a weekday', field('weekday'), { selected_option: { value: 'mon' } }, 'mon'],
    ['a time', field('time'), { selected_time: '09:30' }, '09:30'],
    ['no time', field('time'), { selected_time: null }, ''],
    ['a toggle that is on', field('toggle'), { selected_options: [{ value: 'true' }] }, 'true'],
    ['a toggle that is off', field('toggle', { value: 'true' }), { selected_options: [] }, 'false'],
  ])('brings back %s', (_, input, filled, expected) => {
    expect(back(input, filled)?.inputs).toEqual({ field: expected });
  });

  it('shows what was there before as it was typed, line breaks and marks and all', () => {
    const value = 'one *line* <&>\nanother';
    expect(back(field('text', { value, maxLength: 5 }))?.inputs).toEqual({ field: value });
  });

  it('shows a text above its field when it is too long for it, and changes nothing when that stays empty', () => {
    const view = toModal(form(field('multiline', { value: 'long '.repeat(700), required: true })), rendering, context);
    expect(view.blocks.length).toBeGreaterThan(1);
    expect(readSubmission(sent(view))?.inputs).toEqual({});
    expect(readSubmission(sent(view, { field: { value: 'short' } }))?.inputs).toEqual({ field: 'short' });
  });

  it('offers every place where there are hundreds, the chosen one chosen', () => {
    const options = Array.from({ length: 350 }, (_, at) => ({ value: `C${at}`, label: `#channel-${at}` }));
    expect(back(field('choice', { options, value: 'C349' }))?.inputs).toEqual({ field: 'C349' });
  });

  it('that is read only can be closed and nothing else; one that asks for a yes can be sent', () => {
    const view = toModal(forms['who-said-this'] ?? form(), rendering, context);
    expect([view.submit, view.close?.text]).toEqual([undefined, slackWords.close]);
    expect(toModal({ ...form(), submitLabel: 'Forget me' }, rendering, context).submit?.text).toBe('Forget me');
  });

  it('shows a mistake at its field', () => {
    const [block] = toModal(form(field('text', { error: 'Please write something.', hint: 'A number.' })), rendering, context).blocks;
    expect(block).toMatchObject({ block_id: 'field', hint: { text: 'Please write something. A number.' } });
  });

  it.each([
    ['another app', { callback_id: 'else', private_metadata: '{}', state: { values: {} } }],
    ['no JSON', { callback_id: 'plumb-form', private_metadata: '{', state: { values: {} } }],
    ['no context', { callback_id: 'plumb-form', private_metadata: '{"submit":"x","value":{}}', state: { values: {} } }],
    ['a value that is no text', { callback_id: 'plumb-form', private_metadata: '{"submit":"x","value":{"a":1},"context":{"place":"C","thread":""}}' }],
    [
      'a choice out of reach',
      { callback_id: 'plumb-act', private_metadata: '{"actions":["a","b"],"value":{},"context":{"place":"C","thread":""}}', state: { values: {} } },
    ],
    ['nothing', undefined],
  ])('that is forged or not ours (%s) means nothing', (_, view) => {
    expect(readSubmission(view)).toBeUndefined();
  });
});
