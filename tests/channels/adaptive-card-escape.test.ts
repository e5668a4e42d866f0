import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeMarkdown, nameInMention } from '../../src/channels/adaptive-card-escape.ts';
import { asWords } from '../../src/channels/as-words.ts';

const marks = [
  '*',
  '_',
  '[',
  ']',
  '(',
  ')',
  '`',
  '~',
  '<',
  '>',
  '&',
  'amp;',
  '#',
  '-',
  '+',
  '1.',
  '|',
  '=',
  ':',
  '\\',
  '{',
  '!',
  '\n',
  '\t',
  '    ',
  ' ',
  'a',
  'https://x.example',
  '<at>',
];
const words = fc.array(fc.oneof(fc.constantFrom(...marks), fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 12 }).map((parts) => parts.join(''));

/** As a reader sees it: a backslash before a mark is gone, and so is what nobody sees. */
const seen = (escaped: string) =>
  escaped
    .replace(/\\([*_[\]])/g, '$1')
    .replaceAll('\u200b', '')
    .replace(/\n+/g, '\n');
const meant = (text: string) => text.replaceAll('\u200b', '').replace(/\r\n?/g, '\n').replaceAll('`', 'ˋ').replace(/\n+/g, '\n');

describe('text that Teams reads as Markdown', () => {
  it('is seen as it was written', () => {
    fc.assert(fc.property(words, (text) => expect(seen(escapeMarkdown(text))).toBe(meant(text))));
  });

  it('has no mark left that means something', () => {
    const live = [
      /(?<!\\)[*_[\]]/,
      /\\\\[*_[\]]/,
      /`/,
      /~~/,
      /<[a-z/!?]/i,
      /&#?\w+;/,
      /\{\{/,
      /https?:\/\//,
      /^[ \t]*([-+>#=|:]|\d+[.)])/m,
      /^( {4}| {0,3}\t)/m,
      /[^\n]\n[^\n]/,
    ];
    fc.assert(
      fc.property(words, (text) => {
        for (const mark of live) expect(escapeMarkdown(text)).not.toMatch(mark);
      }),
    );
  });

  it('turns no direction around it, and rings no bell', () => {
    expect(escapeMarkdown(asWords('Sam \u202eangis\u2066 \u0007\u0000x\ty'))).toBe('Sam angis x\ty');
    expect(nameInMention('Sam\u202e angis')).toBe('Sam angis');
  });

  it('gets no backslash that phones would show', () => {
    expect(escapeMarkdown('(a) {b} #c ~d |e| &f !g <h> 1.')).not.toContain('\\');
  });
});

it('a name that is made of marks alone is still a name in a mention', () => {
  expect(nameInMention('<*>')).toBe('…');
});
