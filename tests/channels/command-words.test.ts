import { expect, it } from '@jest/globals';
import { readCommand } from '../../src/channels/command-words.ts';

it.each([
  ['start We need a course', { command: 'start', text: 'We need a course' }],
  ['  START', { command: 'start', text: '' }],
  ['list', { command: 'list', text: '' }],
  ['home', { command: 'list', text: '' }],
  ['status', { command: 'status', text: '' }],
  ['settings', { command: 'settings', text: '' }],
  ['listen on', { command: 'listen-on', text: '' }],
  ['listen-off', { command: 'listen-off', text: '' }],
  ['my data', { command: 'my-data', text: '' }],
  ['forget me', { command: 'forget-me', text: '' }],
  ['Forget-me', { command: 'forget-me', text: '' }],
  ['help', { command: 'help', text: '' }],
])('"%s" is a command', (words, expected) => {
  expect(readCommand(words)).toEqual(expected);
});

it.each(['', 'strat a course', 'started it yesterday', 'what is this'])('"%s" asks for help and starts nothing', (words) => {
  expect(readCommand(words)).toEqual({ command: 'help', text: '' });
});
