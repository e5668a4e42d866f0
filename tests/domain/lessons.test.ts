import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/domain/alignment.ts';
import type { Command } from '../../src/domain/command.ts';
import { conversationKey } from '../../src/domain/conversation.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { type LessonChange, lessonsFrom } from '../../src/domain/lessons.ts';
import { type AlignmentState, newAlignment } from '../../src/domain/state.ts';
import { conversation, MONDAY_9_UTC, opening, said } from './given.ts';

const features = ['ask+solution', 'topic:crm'];
const heard = (band: 'sure' | 'maybe' | 'no') => ({ heard: { band, features } });
const thread = conversationKey(conversation);

/** What the last of these commands taught. */
function taughtBy(...commands: Command[]): LessonChange[] {
  let state: AlignmentState = newAlignment;
  let events: DomainEvent[] = [];
  for (const command of commands) {
    events = decide(state, command, MONDAY_9_UTC);
    state = events.reduce(evolve, state);
  }
  return state.status === 'new' ? [] : lessonsFrom(state, events);
}

const suggestion: Command = { ...opening(heard('maybe')), type: 'SuggestAlignment', expiresAt: MONDAY_9_UTC + 1 };
const start: Command = { type: 'AcceptSuggestion', by: 'leader', act: 'p1' };
const reject: Command = { type: 'RejectRequest', by: 'leader', act: 'p2' };
const lesson = (over: object) => ({
  type: 'taught',
  lesson: { id: 'a1:leader', verdict: 'request', features, by: 'leader', at: MONDAY_9_UTC, act: 'p1', thread, ...over },
});
const outdated = { type: 'outdated', thread };

describe('what people do teaches', () => {
  it('that a suggestion which is taken up is a request', () => {
    expect(taughtBy(suggestion)).toEqual([]);
    expect(taughtBy(suggestion, start)).toEqual([outdated, lesson({})]);
  });

  it('that what somebody starts although Plumb was not sure is a request', () => {
    expect(taughtBy(opening(heard('no')))).toEqual([outdated, lesson({ act: 'm1' })]);
    expect(taughtBy(opening(heard('maybe')))).toEqual([outdated, lesson({ act: 'm1' })]);
  });

  it('nothing about what Plumb was sure of, or where there were no words', () => {
    expect(taughtBy(opening(heard('sure')))).toEqual([outdated]);
    expect(taughtBy(opening())).toEqual([outdated]);
  });

  it('that what is rejected is none, in the name of whoever pressed', () => {
    const rejected = lesson({ verdict: 'not-request', act: 'p2' });
    expect(taughtBy(suggestion, reject)).toEqual([rejected]);
    expect(taughtBy(opening(heard('sure')), reject)).toEqual([rejected]);
    expect(taughtBy(opening(heard('sure')), { ...reject, by: 'partner', standing: ['listed-partner'] })).toEqual([
      lesson({ id: 'a1:partner', by: 'partner', verdict: 'not-request', act: 'p2' }),
    ]);
  });

  it('nothing twice', () => {
    expect(taughtBy(suggestion, start, start)).toEqual([]);
    expect(taughtBy(suggestion, reject, reject)).toEqual([]);
  });

  it('nothing once it is undone', () => {
    const answered = opening({ ...heard('no'), answers: [said('driver')] });
    expect(taughtBy(answered, { type: 'UndoLastAct', by: 'leader', act: 'p3' })).toEqual([{ type: 'undone', id: 'a1:leader', act: 'm1' }]);
  });

  it('only names of what was recognised: whatever else came along is left out', () => {
    const odd = { heard: { band: 'no' as const, features: ['topic:crm', 'x'.repeat(200), ...Array.from({ length: 300 }, (_, at) => `f${at}`)] } };
    const [, taught] = taughtBy(opening(odd));
    expect(taught).toMatchObject({ lesson: { features: expect.not.arrayContaining(['x'.repeat(200)]) } });
    expect(taught?.type === 'taught' && taught.lesson.features).toHaveLength(80);
  });

  it('nothing where nothing was recognised', () => {
    expect(taughtBy(opening({ heard: { band: 'no', features: [] } }), reject)).toEqual([]);
  });
});
