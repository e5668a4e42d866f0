import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RoomPerson, roomPeople } from '../../../src/channels/room/people.ts';
import { answers, keepRequest, request } from './answers.ts';
import { cardText } from './card-text.ts';
import { openPlay, type Play } from './play.ts';
import { hour } from './stage.ts';

let play: Play;
const people: RoomPerson[] = roomPeople.map((person) => ({ ...person }));
beforeEach(async () => {
  for (const person of people) delete person.left;
  play = await openPlay({ people });
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

/** A signed brief in which that stands about where the numbers come from. */
async function signed(dataSource: string): Promise<void> {
  await play.dana.asks(request);
  const form = await play.dana.opens('answer-in-form', play.threadPosts()[0]);
  await play.dana.submits(form, {
    ...answers,
    owner: 'Dana Whitfield owns this.',
    'owner-role': 'I open every review with one story.',
    'data-source': dataSource,
  });
  await keepRequest(play);
  await play.dana.presses('looks-right');
  await play.passes(18 * hour);
}

const questions = (person: string) => play.chatPosts(person).filter(({ shown }) => shown[0]?.actions.some(({ action }) => action === 'nudge-snooze'));

async function untilAsked(person: string): Promise<void> {
  const before = questions(person).length;
  for (let timers = 0; timers < 15 && questions(person).length === before; timers += 1) await play.nextTimer();
  expect(questions(person).length).toBe(before + 1);
}

function fields(person: string): string[] {
  return (questions(person).at(-1)?.card.blocks ?? []).flatMap((block) => (block.type === 'input' ? [block.id.replace(/-k.*/, '')] : []));
}

function readingField(person: string): string {
  return (
    (questions(person).at(-1)?.card.blocks ?? []).flatMap((block) => (block.type === 'input' && block.id.startsWith('reading-') ? [block.id] : []))[0] ?? ''
  );
}

describe('the figures of a KPI', () => {
  it('are asked for from whoever has the data, who is introduced like the others and asked for nothing else', async () => {
    await signed('Sam Okafor pulls it from the CRM dashboard every Friday.');
    expect(play.chatOf('sam')).toContain('the person who has the numbers');
    expect(play.chatOf('sam')).toContain('I ask you once a week what the numbers say');
    await play.sam.presses('accept-introduction');
    await play.tomas.presses('accept-introduction');
    await untilAsked('sam');
    expect(fields('sam')).toEqual(['reading']);
    expect(fields('tomas')).toEqual(['note', 'win']);
    const field = readingField('sam');
    expect(await play.sam.presses('nudge-reading')).toMatchObject({ kind: 'errors', errors: { [field]: expect.any(String) } });
    expect(await play.sam.presses('nudge-reading', { inputs: { [field]: 'going well' } })).toMatchObject({
      kind: 'errors',
      errors: { [field]: expect.stringContaining('figure') },
    });
    await play.sam.presses('nudge-reading', { inputs: { [field]: '1.5' } });
    expect(cardText(questions('sam').at(-1)?.card ?? never())).toContain('1.5');
    // Whoever was not asked is refused, and nothing of what they sent is kept.
    const { value = {} } = play.sam.find('nudge-reading').button;
    expect(await play.dana.forges('nudge-reading', value, { [field]: '99' })).toMatchObject({ kind: 'notice' });
    const state = await play.programme();
    expect(state?.status === 'running' && state.readings).toMatchObject([{ value: 1.5, by: 'sam' }]);
  });

  it('go along with a manager’s tap where nobody is known to have them; a word instead keeps everything as it was typed', async () => {
    await signed('The dashboard of the CRM.');
    await play.tomas.presses('accept-introduction');
    await untilAsked('tomas');
    const field = readingField('tomas');
    const wrong = { note: 'Two reps are away', [field]: 'about the same' };
    expect(await play.tomas.presses('nudge-on-track', { inputs: wrong })).toMatchObject({ kind: 'errors' });
    expect(play.chatOf('tomas')).not.toContain('Noted for this week');
    await play.tomas.presses('nudge-on-track', { inputs: { ...wrong, [field]: '2' } });
    await play.tomas.presses('nudge-at-risk', { inputs: { [field]: '2' } });
    const state = await play.programme();
    expect(state?.status === 'running' && [state.readings.length, state.statuses.map(({ report }) => report.status)]).toEqual([1, ['at-risk']]);
  });
});

describe('a manager who has left', () => {
  it('is not asked any more and shown as such, and whoever leads is told once', async () => {
    await signed('The dashboard of the CRM.');
    await play.tomas.presses('accept-introduction');
    await play.keiko.presses('accept-introduction');
    const gone = people.find(({ id }) => id === 'tomas');
    if (gone) gone.left = true;
    for (let timers = 0; timers < 10; timers += 1) await play.nextTimer();
    expect(questions('tomas')).toEqual([]);
    expect(questions('keiko').length).toBeGreaterThan(0);
    expect(play.thread()).toContain('Tomas Herrera: has left');
    await play.passes(18 * hour);
    expect(play.chatOf('dana').split('is no longer in the directory')).toHaveLength(2);
  });
});

function never(): never {
  throw new Error('There is no post.');
}
