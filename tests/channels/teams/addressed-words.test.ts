import { expect, it } from '@jest/globals';
import { readAddressed } from '../../../src/channels/teams/addressed-words.ts';

const bot = '28:bot';
const read = (text: string) => readAddressed({ text, mentions: text.startsWith('@Plumb') ? [{ start: 0, end: 6, personId: bot }] : [] }, bot);

it.each([
  ['help', 'help'],
  ['@Plumb Help!', 'help'],
  ['Hi', 'help'],
  ['hello there', 'help'],
  ['Hey Plumb.', 'help'],
  ['@Plumb hi, Plumb', 'help'],
  ['List', 'list'],
  ['@Plumb home', 'list'],
  ['status?', 'status'],
  ['settings', 'settings'],
  ['@Plumb listen  on', 'listen-on'],
  ['listen-off', 'listen-off'],
  ['Forget me.', 'forget-me'],
  ['my data', 'my-data'],
  ['start', 'start'],
  ['@Plumb  Start an alignment', 'start'],
])('"%s" is a command', (text, command) => {
  expect(read(text)).toEqual({ command, text: '' });
});

it('keeps the words behind the start of an alignment', () => {
  expect(read('@Plumb start an alignment: we need\nnegotiation training')).toEqual({ command: 'start', text: 'we need\nnegotiation training' });
  expect(read('Start alignment – a course')).toEqual({ command: 'start', text: 'a course' });
});

it.each([
  '',
  '@Plumb',
  'we need help',
  'help us with a course',
  'hi, we need a course',
  'start with prospecting',
  'start alignments everywhere',
  'the status is unclear',
  'list price is our problem',
  'home office training',
  'listen on Monday',
  'x'.repeat(100_000),
  `${'. '.repeat(500_000)}x`,
])('"%.40s" is something that was said', (text) => {
  expect(read(text)).toBeUndefined();
});

it('takes only its own name out', () => {
  expect(readAddressed({ text: '@Dana help', mentions: [{ start: 0, end: 5, personId: 'dana' }] }, bot)).toBeUndefined();
  expect(readAddressed({ text: 'help @Plumb', mentions: [{ start: 5, end: 11, personId: bot }] }, bot)).toEqual({ command: 'help', text: '' });
});
