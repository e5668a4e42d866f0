import { describe, expect, it } from '@jest/globals';
import { readSaid } from '../../../src/channels/teams/said-message.ts';
import { readPayload } from '../../fixtures/teams/read-payload.ts';

const bot = '28:3f9c1b7e-52d4-4a86-8e0b-9d7a6c5b4e01';
const tomas = 'd0000000-1111-4222-8333-444444440002';
const asked = 'We need negotiation training for the Berlin team by March. Can somebody organise it?';
const payload = Object(readPayload('invokes/message-action-channel')).value.messagePayload;
const body = (content: string) => ({ ...payload, body: { contentType: 'html', content } });

describe('the message that somebody chose', () => {
  it('is read with its author and the people whom it names', () => {
    const text = `@Plumb - ${asked} Ask @Tomás Ferreira & @Sales leaders.`;
    expect(readSaid(payload, bot)).toEqual({
      messageId: '1700000000000',
      personId: tomas,
      text,
      mentions: [
        { start: 0, end: 6, personId: bot },
        { start: text.indexOf('@Tomás'), end: text.indexOf(' & '), personId: tomas },
      ],
      at: 1_700_000_000_000,
    });
  });

  it('names Plumb as an app where it does not know itself', () => {
    expect(readSaid(payload)).toMatchObject({ text: expect.stringMatching(/^@Plumb - /), mentions: [{ personId: tomas }] });
  });

  it('is read without its styles, or as it is', () => {
    expect(readSaid(body('<div>one</div><div><b>two</b> &lt;3&gt;</div>'))).toMatchObject({ text: 'one\ntwo <3>', mentions: [] });
    expect(readSaid({ ...payload, body: { contentType: 'text', content: ' a <b> &amp; c ' } })).toMatchObject({ text: 'a <b> &amp; c' });
  });

  it('was written when its id says so, where nothing else does', () => {
    expect(readSaid({ ...payload, createdDateTime: null })).toMatchObject({ at: 1_700_000_000_000 });
  });

  it.each([
    ['a deleted message', { ...payload, deleted: true }],
    ['a picture', body('<p><img src="https://example.com/1"></p>')],
    ['a card', body('<attachment id="1"></attachment>')],
    ['what an app said', { ...payload, from: { user: null, application: { id: 'x', displayName: 'Other App' } } }],
    ['what nobody said', { ...payload, from: null }],
    ['a message without an id', { ...payload, id: undefined }],
    ['a message without words', { ...payload, body: null }],
    ['nothing', undefined],
    ['a text', 'x'],
  ])('is nothing to start on: %s', (_what, said) => {
    expect(readSaid(said, bot)).toBeUndefined();
  });

  it('is read with mentions that are none', () => {
    expect(readSaid({ ...payload, mentions: [null, 7, { id: 0 }, { id: '1', mentioned: {} }] })).toMatchObject({
      text: `@Plumb - ${asked} Ask @Tomás @Ferreira & @Sales leaders.`,
      mentions: [],
    });
  });
});
