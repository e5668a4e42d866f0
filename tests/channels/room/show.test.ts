import { describe, expect, it } from '@jest/globals';
import { createLateAnswers } from '../../../src/channels/room/late-answers.ts';
import { roomPeople } from '../../../src/channels/room/people.ts';
import { showResponse } from '../../../src/channels/room/show.ts';

describe('a file in the room', () => {
  const [viewer] = roomPeople;
  if (!viewer) throw new Error('Nobody is in the room.');

  const late = createLateAnswers();

  it('comes as it is when it is text, and as base64 when it is not, since JSON has no bytes', () => {
    const file = { kind: 'file' as const, name: 'brief', mediaType: 'text/markdown' };
    expect(showResponse({ ...file, content: '# größer' }, viewer, late)).toEqual({ ...file, content: '# größer' });
    const bytes = Uint8Array.from([0x25, 0x50, 0x00, 0xff]);
    expect(showResponse({ ...file, content: bytes, inWords: 'words' }, viewer, late)).toEqual({ ...file, content: 'JVAA/w==', encoding: 'base64' });
  });
});
