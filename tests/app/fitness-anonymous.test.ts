import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fitness } from '../../src/domain/fitness-state.ts';
import { said } from './ask-plumb.ts';
import { request } from './conversation/answers.ts';
import { openPlay, type Play } from './conversation/play.ts';
import { hour } from './conversation/stage.ts';

type Name = 'dana' | 'priya' | 'tomas' | 'keiko' | 'sam';
type Row = Readonly<Record<string, unknown>>;

let play: Play;
beforeEach(async () => {
  play = await openPlay();
  await play.dana.asks(request);
});
afterEach(async () => {
  expect(play.platform.failures).toEqual([]);
  await play.ends();
});

const words = (key: string) => (play.prompts.words.plain as (key: string) => string)(key);
const asked: readonly Name[] = ['priya', 'tomas', 'keiko', 'sam'];
const notes: Readonly<Record<string, string>> = { tomas: 'Zebra: the CRM is slow', keiko: 'Apple: territories overlap', sam: 'Mango: pay rewards volume' };

async function opensAnonymously(): Promise<void> {
  const { id } = await play.alignment();
  const response = await play.dana.requests('open-fitness', { alignment: id });
  if (response.kind !== 'form') throw new Error('No form');
  const people = Object.fromEntries(asked.map((name, at) => [`person-${at + 1}`, name]));
  await play.dana.submits(response.form, { ...people, anonymous: 'true', values: 'false', days: '3' });
  // Morning in Tokyo, where one of them is.
  await play.passes(12 * hour);
}

async function answers(name: Name, rating = '2'): Promise<string> {
  return said(await play[name].submits(await play[name].opens('answer-fitness'), { systems: rating, 'note-systems': notes[name] ?? '' }));
}

async function fitness(): Promise<Fitness> {
  const { fitness: check } = await play.alignment();
  if (!check) throw new Error('There is no check.');
  return check;
}

/** Every row of every table. */
async function tables(): Promise<Map<string, Row[]>> {
  const found = new Map<string, Row[]>();
  await play.repairs((database) => {
    const names = database.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").all();
    for (const { name } of names) found.set(String(name), rowsOf(database, String(name)));
  });
  return found;
}

function rowsOf(database: DatabaseSync, table: string): Row[] {
  return database.prepare(`select * from "${table}"`).all();
}

/** The play counts its ids: one begins as another does. */
function isNamed(keys: readonly string[], text: string): boolean {
  return keys.some((key) => new RegExp(`${key}(?![0-9])`).test(text));
}

describe('an anonymous fitness check', () => {
  it('shows what came out once three have answered, with notes in an order that tells nothing', async () => {
    await opensAnonymously();
    expect(play.chatOf('tomas')).toContain('anonymous');
    for (const name of ['tomas', 'keiko', 'sam'] as const) expect(await answers(name)).toBe(words('fitness.thanks'));
    expect(play.thread()).toContain('3 of 4 have answered');
    for (const note of Object.values(notes)) expect(play.thread()).not.toContain(note);
    await play.dana.presses('close-fitness');
    const shown = play.thread();
    expect(shown).toContain('Systems | 2.0 | 2 to 2');
    const at = ['Apple', 'Mango', 'Zebra'].map((start) => shown.indexOf(start));
    expect(at).toEqual(at.toSorted((one, other) => one - other));
    expect(at[0]).toBeGreaterThan(0);
    for (const note of Object.values(notes)) expect(shown).toContain(`“${note}”`);
    expect(shown).not.toMatch(/“ ?\((?:Tomas|Keiko|Sam)/);
  });

  it('shows nothing of two answers, and nothing of an element that only two have rated', async () => {
    await opensAnonymously();
    await answers('tomas');
    await answers('keiko');
    await play.dana.presses('close-fitness');
    expect(play.thread()).toContain('Too few to show: 2 answered');
    for (const note of Object.values(notes)) expect(play.thread()).not.toContain(note);
    for (const low of [play.prompts.fitness.systems.low, 'Systems |']) expect(play.thread()).not.toContain(low);
  });

  it('takes an answer again instead of a second one, none from another token, and none after its end', async () => {
    await opensAnonymously();
    await answers('tomas', '1');
    await answers('tomas', '5');
    expect((await fitness()).answers.map(({ ratings }) => ratings.systems)).toEqual([5]);
    const { id } = await play.alignment();
    const forged = { submit: 'submit-fitness-answer', value: { alignment: id, key: 'made up' } };
    expect(said(await play.tomas.submits(forged, { systems: '1' }))).toBe(words('fitness.old-card'));
    const { keys = [] } = await fitness();
    const taken = { submit: 'submit-fitness-answer', value: { alignment: id, key: keys[0] ?? '' } };
    expect(said(await play.dana.submits(taken, { systems: '1' }))).toBe(words('fitness.not-asked'));
    expect((await fitness()).answers).toHaveLength(1);
    const late = await play.keiko.opens('answer-fitness');
    await play.dana.presses('close-fitness');
    expect(said(await play.keiko.submits(late, { systems: '1' }))).toBe(words('fitness.closed-already'));
    expect((await fitness()).answers).toHaveLength(1);
  });

  it('leaves nothing in any table by which an answer could be led back to a person, nor in the log', async () => {
    await opensAnonymously();
    for (const name of ['tomas', 'keiko', 'sam', 'tomas'] as const) await answers(name);
    await play.dana.presses('close-fitness');
    const { keys = [], answers: given, openedAt } = await fitness();
    const rows = await tables();
    const isAnswer = (row: Row) => isNamed(keys, JSON.stringify(row)) || Object.values(notes).some((note) => JSON.stringify(row).includes(note));
    const names = (text: unknown) => asked.filter((name) => JSON.stringify(text).includes(name));
    const holding = [...rows].filter(([, all]) => all.some(isAnswer)).map(([table]) => table);
    expect(holding.sort()).toEqual(['aggregates', 'events', 'quotes', 'texts']);

    expect(given.map(({ key }) => key)).toEqual(given.map(({ key }) => key).toSorted());
    expect(names(given)).toEqual([]);
    const answered = (rows.get('events') ?? []).filter((row) => row['type'] === 'FitnessAnswered');
    expect(answered).toHaveLength(4);
    for (const row of answered) expect([names(row), row['at'], JSON.parse(String(row['body'])).at]).toEqual([[], openedAt, openedAt]);
    const texts = (rows.get('texts') ?? []).filter(isAnswer);
    expect(texts).toHaveLength(3);
    for (const row of texts) expect([names(row), row['author'], row['conversation'], row['at']]).toEqual([[], '', null, openedAt]);
    for (const row of (rows.get('quotes') ?? []).filter(isAnswer)) expect(names(row)).toEqual([]);

    // What was pressed and sent is known as pressed and sent, not by whom: the order of answers would say the rest.
    const forms = (rows.get('inbox') ?? []).filter((row) => row['type'] === 'FormSubmitted' || row['type'] === 'FormRequested');
    const nameless = forms.filter((row) => row['person_id'] === '');
    expect(nameless).toHaveLength(8);
    for (const row of nameless) expect([names(row), row['body'], row['conversation'], row['stream']]).toEqual([[], null, '', '']);
    expect(forms.filter((row) => row['person_id'] !== '').map((row) => row['person_id'])).toEqual(['dana', 'dana']);
    // Nothing was sent to one of them because they answered, or at a moment of their own.
    const sentTo = (name: Name) =>
      (rows.get('outbox') ?? [])
        .filter((row) => row['destination'] === `person/room/room/${name}` && String(row['post']).includes(':fitness:'))
        .map((row) => row['stored_at']);
    expect(new Set(asked.map((name) => String(sentTo(name))))).toHaveProperty('size', 1);
    expect(play.stage.posts().filter((post) => isNamed(keys, JSON.stringify(post.card)))).toEqual([]);
    for (const line of play.log.lines) expect(isNamed(keys, line) || Object.values(notes).some((note) => line.includes(note))).toBe(false);
  });
});
