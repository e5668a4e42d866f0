import { afterEach, describe, expect, it } from '@jest/globals';
import { NotStoredError } from '../../../src/app/errors.ts';
import type { InboundEvent, InteractionResponse } from '../../../src/app/ports.ts';
import type { Form } from '../../../src/views/card.ts';
import { type Answered, dana, dealDesk, openWaysIn, saidTo, tenant, type WaysIn } from './ways-in.ts';

let open: WaysIn;
afterEach(() => open.close());

type Loose = Record<string, unknown>;

const form: Form = {
  id: 'answers',
  title: 'All questions',
  submitLabel: 'Save',
  submit: 'submit-answers',
  value: { alignment: 'al_1' },
  blocks: [
    { type: 'input', id: 'driver', label: 'What drives it?', kind: 'multiline', value: 'Growth' },
    { type: 'input', id: 'owner', label: 'Who answers for it?', kind: 'text' },
  ],
};

/** The dialog that an answer shows: its title, its card as text, and what its button would send with these fields. */
function shownIn({ json }: Answered) {
  const task = json['task'] as { type: string; value: { title: string; card: { contentType: string; content: { actions: { data: Loose }[] } } } };
  const { title, card } = task.value;
  return {
    type: task.type,
    title,
    contentType: card.contentType,
    text: JSON.stringify(card.content),
    sent: (inputs: Loose) => ({ value: { data: { ...card.content.actions[0]?.data, ...inputs }, context: { theme: 'default' } } }),
  };
}

const said = (value: string) => ({ task: { type: 'message', value } });

/** Gives the form, and answers what is sent with one response after the other. */
function formThen(...responses: (InteractionResponse | Error)[]) {
  return async (event: InboundEvent, onStored?: () => void): Promise<InteractionResponse> => {
    const next = event.type === 'FormRequested' ? { kind: 'form' as const, form } : (responses.shift() ?? { kind: 'nothing' as const });
    if (next instanceof Error) throw next;
    onStored?.();
    return next;
  };
}

describe('a button that opens a form', () => {
  it('opens it as a dialog', async () => {
    open = await openWaysIn({ answer: { kind: 'form', form } });
    const shown = shownIn(await open.invoke('task-fetch'));
    expect(shown).toMatchObject({ type: 'continue', title: 'All questions', contentType: 'application/vnd.microsoft.card.adaptive' });
    expect(shown.text).toContain('What drives it?');
    expect(open.received).toMatchObject([
      {
        type: 'FormRequested',
        action: 'answer-in-form',
        value: { alignment: 'al_1' },
        personId: dana,
        conversation: { tenant, place: dealDesk },
        postId: '1700000000001',
      },
    ]);
  });

  it.each<[string, InteractionResponse, string]>([
    ['somebody may not', { kind: 'notice', text: 'Ask Priya.' }, 'Ask Priya.'],
    ['it took too long', { kind: 'nothing' }, 'notKept'],
  ])('says why there is none when %s', async (_, answer, text) => {
    open = await openWaysIn({ answer });
    expect((await open.invoke('task-fetch')).json).toEqual(said(text));
  });

  it('says so when the press cannot be kept, or cannot be read', async () => {
    open = await openWaysIn({ answer: () => Promise.reject(new NotStoredError()) });
    expect((await open.invoke('task-fetch')).json).toEqual(said('notKept'));
    expect((await open.invoke('task-fetch', { value: undefined })).json).toEqual(said('notKept'));
    expect((await open.invoke('task-fetch', { value: { data: 'x' } })).json).toEqual(said('notKept'));
    expect(open.received).toHaveLength(1);
  });

  it('may show a card, without buttons that would lead nowhere', async () => {
    const card = { summary: 'Who said it', blocks: [{ type: 'text' as const, text: 'Dana did' }], actions: [{ action: 'later', label: 'Later' }] };
    open = await openWaysIn({ answer: { kind: 'card', card } });
    const { text } = shownIn(await open.invoke('task-fetch'));
    expect(text).toContain('Dana did');
    expect(text).not.toContain('Later');
  });
});

describe('a dialog that was sent', () => {
  it('goes to the conversation that it was opened in, as said by whoever sent it', async () => {
    open = await openWaysIn({ answer: formThen() });
    const shown = shownIn(await open.invoke('task-fetch'));
    expect(await open.invoke('task-submit', shown.sent({ driver: 'Margin', owner: 'Tomás' }))).toMatchObject({ status: 200, body: '' });
    expect(open.received.at(-1)).toMatchObject({
      type: 'FormSubmitted',
      submit: 'submit-answers',
      value: { alignment: 'al_1' },
      inputs: { driver: 'Margin', owner: 'Tomás' },
      personId: dana,
      conversation: { tenant, place: dealDesk, thread: '1700000000000' },
    });
  });

  it('says what there is to say, unless the card below it does', async () => {
    open = await openWaysIn({ answer: { kind: 'notice', text: 'Handed over.' } });
    expect((await open.invoke('task-submit')).json).toEqual(said('Handed over.'));
    open.answers({ kind: 'notice', text: 'Saved.', alsoOn: 'home' });
    expect((await open.invoke('task-submit')).json).toEqual(said('Saved.'));
    open.answers({ kind: 'notice', text: 'On track.', alsoOn: 'card' });
    expect(await open.invoke('task-submit')).toMatchObject({ status: 200, body: '' });
  });

  it('comes back with mistakes beside their fields and everything that was typed', async () => {
    open = await openWaysIn({ answer: formThen({ kind: 'errors', errors: { owner: 'Name one person.' } }) });
    const shown = shownIn(await open.invoke('task-fetch'));
    const again = shownIn(await open.invoke('task-submit', shown.sent({ driver: 'Margin is falling', owner: 'The committee' })));
    expect(again.title).toBe('All questions');
    for (const part of ['Margin is falling', 'The committee', 'Name one person.']) expect(again.text).toContain(part);
    expect(again.text).not.toContain('Growth');
    expect(open.received.map(({ type }) => type)).toEqual(['FormRequested', 'FormSubmitted']);
  });

  it('comes back the same from a process that did not open it', async () => {
    open = await openWaysIn({ answer: formThen({ kind: 'errors', errors: { driver: 'Too short.' } }) });
    const again = shownIn(await open.invoke('task-submit'));
    for (const part of ['Margin', 'Too short.']) expect(again.text).toContain(part);
    expect(open.received).toMatchObject([{ type: 'FormSubmitted' }, { type: 'FormRequested', action: 'answer-in-form', value: { alignment: 'al_1' } }]);
  });

  it('stays open with what was typed when it cannot be kept, and can be sent again', async () => {
    open = await openWaysIn({ answer: formThen(new NotStoredError(), { kind: 'nothing' }) });
    const shown = shownIn(await open.invoke('task-fetch'));
    const again = shownIn(await open.invoke('task-submit', shown.sent({ driver: 'A long answer' })));
    expect(again.text).toContain('notKept');
    expect(again.text).toContain('A long answer');
    expect(await open.invoke('task-submit', again.sent({ driver: 'A long answer' }))).toMatchObject({ status: 200, body: '' });
    const [, first, second] = open.received.map(({ eventKey }) => eventKey);
    expect(second).toBe(first);
  });

  it('stays open when it takes too long to keep it, and sending it again changes nothing', async () => {
    const { promise: slow, resolve: finish } = Promise.withResolvers<InteractionResponse>();
    open = await openWaysIn({ patienceMs: 50, answer: async (event) => (event.type === 'FormRequested' ? { kind: 'form', form } : slow) });
    const shown = shownIn(await open.invoke('task-fetch'));
    const again = shownIn(await open.invoke('task-submit', shown.sent({ driver: 'A long answer' })));
    for (const part of ['A long answer', 'notKept']) expect(again.text).toContain(part);
    finish({ kind: 'nothing' });
    await open.invoke('task-submit', again.sent({ driver: 'A long answer' }));
    const [, first, second] = open.received.map(({ eventKey }) => eventKey);
    expect(second).toBe(first);
  });

  it('is left as it stands by Teams itself when not even the form can be had', async () => {
    open = await openWaysIn({ answer: () => Promise.reject(new NotStoredError()) });
    expect(await open.invoke('task-submit')).toMatchObject({ status: 503, body: '' });
  });

  it('sent twice with the same words is one deed; with others, or after mistakes, another', async () => {
    open = await openWaysIn({
      answer: formThen({ kind: 'nothing' }, { kind: 'nothing' }, { kind: 'errors', errors: { owner: 'Name one.' } }, { kind: 'nothing' }),
    });
    const shown = shownIn(await open.invoke('task-fetch'));
    await open.invoke('task-submit', shown.sent({ owner: 'Priya' }));
    await open.invoke('task-submit', { id: 'f:second', ...shown.sent({ owner: 'Priya' }) });
    const again = shownIn(await open.invoke('task-submit', { id: 'f:third', ...shown.sent({ owner: 'Sam' }) }));
    await open.invoke('task-submit', { id: 'f:fourth', ...again.sent({ owner: 'Sam' }) });
    const [, first, second, third, fourth] = open.received.map(({ eventKey }) => eventKey);
    expect(second).toBe(first);
    expect(new Set([first, third, fourth]).size).toBe(3);
  });

  it('shows nobody a form that stood before somebody else', async () => {
    open = await openWaysIn({ answer: formThen({ kind: 'errors', errors: { owner: 'Name one.' } }) });
    const shown = shownIn(await open.invoke('task-fetch'));
    const from = { id: '29:1tomas', aadObjectId: 'd0000000-1111-4222-8333-444444440002', name: 'Tomás' };
    await open.invoke('task-submit', { from, ...shown.sent({ owner: 'x' }) });
    expect(open.received.at(-1)).toMatchObject({ type: 'FormRequested', personId: from.aadObjectId });
  });

  it.each([
    ['carries nothing', { value: undefined }],
    ['carries no data', { value: { context: { theme: 'dark' } } }],
    ['was not made by Plumb', { value: { data: { driver: 'Margin' } } }],
  ])('that %s is answered calmly', async (_, change) => {
    open = await openWaysIn();
    expect(await open.invoke('task-submit', change)).toMatchObject({ status: 200, json: said('notKept') });
    expect(open.received).toEqual([]);
  });

  it('may ask for a file, which is offered in the 1:1 chat', async () => {
    open = await openWaysIn({ answer: { kind: 'file', name: 'brief.md', mediaType: 'text/markdown', content: '# Brief' } });
    expect((await open.invoke('task-submit')).json).toEqual(said('toldPrivately'));
    expect(saidTo(open, dana)).toContain('fileOffered');
  });
});
