import { describe, expect, it } from '@jest/globals';
import { readAlignment } from '../../src/app/snapshots.ts';
import { decide } from '../../src/domain/alignment.ts';
import type { Command } from '../../src/domain/command.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { type AlignmentState, newAlignment, type OtherRequest } from '../../src/domain/state.ts';
import { conversation, MONDAY_9_UTC, opening } from './given.ts';
import { givenFor } from './given-events.ts';

const given = givenFor<AlignmentState, Command, DomainEvent>({ decide, evolve, initial: newAlignment });
const quote = (start: number) => ({ textId: 'm1', start, end: start + 5 });
const others: OtherRequest[] = [
  { request: quote(30), understood: { topic: quote(31) } },
  { request: quote(60), understood: {} },
];
const opened = decide(newAlignment, opening({ others }), MONDAY_9_UTC);
const start = (over: Partial<Extract<Command, { type: 'StartOther' }>> = {}): Command => ({
  type: 'StartOther',
  by: 'leader',
  act: 'p1',
  other: 0,
  as: 'a2',
  ...over,
});
const started: DomainEvent = { type: 'OtherRequestStarted', at: MONDAY_9_UTC, by: 'leader', act: 'p1', other: 0, startedAs: 'a2' };
const state = (...events: DomainEvent[]) => events.reduce(evolve, newAlignment);

describe('a further request of the same message', () => {
  it('is started by the requester, once', () => {
    given(...opened)
      .when(start(), MONDAY_9_UTC)
      .happens(started);
    given(...opened, started)
      .when(start({ act: 'p2', as: 'a3' }), MONDAY_9_UTC)
      .happens();
    expect(state(...opened, started)).toMatchObject({ others: [{ ...others[0], startedAs: 'a2' }, others[1]] });
  });

  it('is started by an L&D partner too, and by nobody else', () => {
    given(...opened)
      .when(start({ by: 'partner', standing: ['listed-partner'] }), MONDAY_9_UTC)
      .happens({ ...started, by: 'partner' });
    given(...opened)
      .when(start({ by: 'colleague' }), MONDAY_9_UTC)
      .isRefused('not_allowed');
    given(...opened)
      .when(start({ by: 'admin', standing: ['admin'] }), MONDAY_9_UTC)
      .isRefused('not_allowed');
  });

  it('is not started where there is none, nor in a 1:1 chat, nor after the message was no request', () => {
    given(...opened)
      .when(start({ other: 2 }), MONDAY_9_UTC)
      .happens();
    given(...decide(newAlignment, opening(), MONDAY_9_UTC))
      .when(start(), MONDAY_9_UTC)
      .happens();
    const chat = decide(newAlignment, opening({ others, conversation: { ...conversation, thread: '' } }), MONDAY_9_UTC);
    given(...chat)
      .when(start(), MONDAY_9_UTC)
      .happens();
    given(...opened, { type: 'RequestRejected', at: MONDAY_9_UTC, by: 'leader', act: 'p0' })
      .when(start(), MONDAY_9_UTC)
      .happens();
  });

  it('follows an edit of the message, and what was started stays so', () => {
    const edited = { request: { ...quote(90), textId: 'm1@2' }, understood: {} };
    const revise: Command = {
      type: 'ReviseMessage',
      by: 'leader',
      act: 'm1@2',
      messageRef: 'm1',
      answers: [],
      understood: {},
      request: quote(0),
      others: [edited],
    };
    const events = decide(state(...opened, started), revise, MONDAY_9_UTC);
    expect(state(...opened, started, ...events)).toMatchObject({ others: [{ ...edited, startedAs: 'a2' }] });
    const nothing = decide(state(...opened, started), { ...revise, others: [] }, MONDAY_9_UTC);
    expect(state(...opened, started, ...nothing)).toMatchObject({ others: [{ startedAs: 'a2' }] });
  });

  it('survives being kept, and what was kept before there were any is read as before', () => {
    const kept = state(...opened, started);
    expect(readAlignment(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    const before = state(...decide(newAlignment, opening(), MONDAY_9_UTC));
    expect(readAlignment(JSON.parse(JSON.stringify(before)))).toEqual(before);
    expect(before).not.toHaveProperty('others');
  });
});
