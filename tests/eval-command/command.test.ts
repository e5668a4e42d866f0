import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runEval } from '../eval/command.ts';

// Each run loads the language engine anew.
jest.setTimeout(30_000);

let folder: string;
let out: string[];
let err: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-eval-'));
  out = [];
  err = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const request = 'My 80 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop before March?';
const chat = { text: 'Lunch at noon, anyone?', label: 'none' };
const asked = { text: request, label: 'request', kind: 'plain' };
const reply = {
  asked: 'weekly-call',
  text: 'Tuesdays at 9:00 Berlin',
  acts: ['answer'],
  answers: { 'weekly-call': 'x' },
  entities: { when: { weekday: 'tue', time: '09:00', tz: 'CET' } },
};
const dialogue = {
  id: 'd1',
  people: [{ id: 'ann', name: 'Ann Archer', role: 'sales-leader', tz: 'Europe/London' }],
  turns: [{ by: 'ann', text: request }],
  expect: { answers: { driver: null } },
};

function file(name: string, ...lines: (object | string)[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
}

const run = (...args: string[]) => runEval(args, { out: (line) => out.push(line), err: (line) => err.push(line), sets: folder });
const json = (): Record<string, unknown> => JSON.parse(out.at(-1) ?? '');

describe('npm run eval', () => {
  it('measures hearing over several files, with one JSON object on the last line', async () => {
    expect(await run('detect', file('a.jsonl', asked, ''), file('b.jsonl', chat, chat), '--json')).toBe(0);
    expect(json()).toMatchObject({ n: 3, sure_or_maybe: { precision: 1, recall: 1 }, alarms_per_10k: { sure: 0 }, by_kind: { plain: { n: 1, recall: 1 } } });
    expect(out[0]).toMatch(/^a\.jsonl +1 +1 .*\nb\.jsonl +2 +0 .*\nall +3 +1 /m);
  });

  it('measures replies', async () => {
    expect(await run('replies', file('r.jsonl', reply), '--json')).toBe(0);
    expect(json()).toMatchObject({ n: 1, act_accuracy: 1, question_f1: 1, time_accuracy: 1, question_other_f1: null, side_talk_as_answer: null });
  });

  it('plays dialogues and writes what Plumb did', async () => {
    const written = join(folder, 'played.jsonl');
    expect(await run('dialogues', file('d.jsonl', dialogue), '--out', written, '--json')).toBe(0);
    expect(json()).toMatchObject({ n: 1, posts_at_channel_level: 0, faults: 0 });
    const [played = '', rest] = readFileSync(written, 'utf8').split('\n');
    expect(rest).toBe('');
    expect(Object.keys(JSON.parse(played))).toEqual(expect.arrayContaining(['id', 'answers', 'livePrompts', 'challenges', 'posts', 'brief']));
  });

  it('shows as many of the worst misses as wanted', async () => {
    await run('detect', file('a.jsonl', { ...chat, label: 'request' }, { ...chat, label: 'request' }), '--errors', '1');
    expect(out.join('\n')).toMatch(/The worst 1 of 2 misses:\na\.jsonl:1: expected request, got no from \w+\n {2}Lunch/);
  });
});

describe('an order or a file that is not as it should be', () => {
  it.each([
    [['guess', 'x.jsonl'], '"guess" is none of detect, replies, dialogues'],
    [['detect'], 'Say which files'],
    [['detect', 'x.jsonl', '--engine', 'magic'], '"magic" is no engine'],
    [['detect', 'x.jsonl', '--errors', 'many'], '--errors takes a whole number'],
    [['detect', 'x.jsonl', '--out', 'y'], '--out goes with dialogues'],
    [['detect', 'x.jsonl', '--ratchet'], '--ratchet goes with'],
    [['detect', '--what'], "Unknown option '--what'"],
    [['detect', '/nowhere/x.jsonl'], '/nowhere/x.jsonl: this file cannot be read'],
  ])('%j is refused', async (args, message) => {
    expect(await run(...args)).toBe(2);
    expect(err.join('\n')).toContain(message);
  });

  it.each([
    ['detect', ['{"text": '], 'bad.jsonl:1: this line is not JSON'],
    ['detect', [chat, { text: 'x', label: 'perhaps' }], 'bad.jsonl:2: "label" is not as it should be'],
    ['detect', ['', ''], 'has no lines'],
    ['replies', [{ ...reply, asked: 'weather' }], 'bad.jsonl:1: "asked"'],
    ['replies', [{ ...reply, answers: { weather: 'x' } }], 'bad.jsonl:1: "answers'],
    ['replies', [{ ...reply, entities: { when: { time: '9am' } } }], 'bad.jsonl:1: "entities.when.time"'],
    ['replies', [chat], 'expected at least one of "acts", "answers" and "entities"'],
    ['dialogues', [{ ...dialogue, turns: [{ by: 'zoe', text: 'hi' }] }], '"turns.0.by" is not as it should be: "zoe" is not one of the people'],
    ['dialogues', [{ ...dialogue, people: [{ ...dialogue.people[0], tz: 'Mars' }] }], '"people.0.tz"'],
  ])('%s: a file with a mistake is refused, with its line and field', async (mode, lines, message) => {
    expect(await run(mode, file('bad.jsonl', ...lines))).toBe(2);
    expect(err.join('\n')).toContain(message);
  });

  it('explains itself', async () => {
    expect(await run('--help')).toBe(0);
    expect(out.join('\n')).toContain('npm run -s eval -- dialogues FILE');
  });
});

describe('the own sets', () => {
  beforeEach(() => {
    file('requests.jsonl', asked, chat);
    file('replies.jsonl', reply);
  });

  it('pass as long as they are as good as their thresholds', async () => {
    expect(await run('--ratchet')).toBe(0);
    expect(await run('--json')).toBe(0);
    expect(json()).toMatchObject({ sets: { 'requests.jsonl': { n: 2 }, 'replies.jsonl': { n: 1 } }, below: [] });
  });

  it('fail when a figure is worse, and say which', async () => {
    await run('--ratchet');
    file('requests.jsonl', asked, { ...asked, text: chat.text }, chat);
    expect(await run()).toBe(1);
    expect(err).toEqual(expect.arrayContaining(['Under the threshold: requests.jsonl: sure_or_maybe.recall is 0.5, and was at least 0.99']));
  });

  it('fail when a set is gone that was held to its figures', async () => {
    await run('--ratchet');
    rmSync(join(folder, 'replies.jsonl'));
    expect(await run()).toBe(1);
    expect(err.join()).toContain('replies.jsonl is missing');
  });

  it('fail when a figure can no longer be measured', async () => {
    await run('--ratchet');
    file('replies.jsonl', { text: 'Tuesdays', acts: ['answer'], asked: 'weekly-call' });
    expect(await run()).toBe(1);
    expect(err.join()).toContain('time_accuracy is no longer measured');
  });

  it('are refused where thresholds.json is not as it should be', async () => {
    file('thresholds.json', '{"requests.jsonl": {"sure.recall": 1}}');
    expect(await run()).toBe(2);
    expect(err.join()).toContain('these thresholds cannot be read');
  });
});
