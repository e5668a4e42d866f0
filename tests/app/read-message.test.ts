import { describe, expect, it } from '@jest/globals';
import { isOutdated, type MessageEvent, refOf } from '../../src/app/read-message.ts';
import type { Command } from '../../src/domain/command.ts';
import { answer, conversation, said, stateAfter } from '../domain/given.ts';

const posted: Extract<MessageEvent, { type: 'MessagePosted' }> = {
  type: 'MessagePosted',
  eventKey: 'm2',
  conversation,
  personId: 'leader',
  at: 1,
  messageId: 'm2',
  text: 'The pipeline is too thin.',
  mentions: [],
  addressed: false,
  topLevel: false,
};
const edited = (editedAt: number): MessageEvent => ({ ...posted, type: 'MessageEdited', eventKey: `m2:${editedAt}`, editedAt });
const restored: MessageEvent = { ...posted, type: 'MessageRestored', eventKey: 'm2:restored' };
const ref = refOf(posted);
/** The conversation in which these acts of the message were taken in. */
const afterActs = (...acts: string[]) => stateAfter(...acts.map((act): Command => answer('leader', said('driver'), { act, messageRef: ref })));

describe('a message', () => {
  it('is news when nothing of it was taken in', () => {
    expect(isOutdated(afterActs(), posted)).toBe(false);
  });

  it('is no news a second time, nor once its edit or its deletion came', () => {
    expect(isOutdated(afterActs(ref), posted)).toBe(true);
    expect(isOutdated(afterActs(`${ref}@5`), posted)).toBe(true);
    expect(isOutdated(afterActs(`${ref}#deleted`), posted)).toBe(true);
  });

  it('that is restored is news although it was deleted', () => {
    expect(isOutdated(afterActs(`${ref}#deleted`), restored)).toBe(false);
  });
});

describe('an edit', () => {
  it('is news after its message and after an earlier edit', () => {
    expect(isOutdated(afterActs(ref, `${ref}@5`), edited(6))).toBe(false);
  });

  it('is no news a second time, nor once a later edit came', () => {
    expect(isOutdated(afterActs(ref, `${ref}@5`), edited(5))).toBe(true);
    expect(isOutdated(afterActs(ref, `${ref}@6`), edited(5))).toBe(true);
  });

  it('is not held to be one of a message whose id only begins alike', () => {
    expect(isOutdated(afterActs(`${ref}0@9`), edited(5))).toBe(false);
  });
});
