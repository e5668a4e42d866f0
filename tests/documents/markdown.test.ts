import { describe, expect, it } from '@jest/globals';
import { escapeMarkdown } from '../../src/documents/escape-markdown.ts';
import { briefToMarkdown, type DocumentContext } from '../../src/documents/markdown.ts';
import { buildBrief } from '../../src/domain/brief.ts';
import type { StartedAlignment } from '../../src/domain/state.ts';
import { answer, answersOf, contextOf, core, prompts, whole } from '../views/context.ts';

const documentContext = (texts: Record<string, string>): DocumentContext => ({
  ...prompts,
  quote: contextOf(texts).quote,
  name: (id) => (id === 'mallory' ? '# Mallory [x](http://evil)' : id),
  time: () => 'Mon 23 Nov 2026',
});

const state = (change: Parameters<typeof core>[0] = {}): StartedAlignment => ({ status: 'clarifying', ...core(change) });

describe('the brief as Markdown', () => {
  const text = briefToMarkdown(
    buildBrief(
      state({
        answers: answersOf(
          answer('driver'),
          answer('leading-kpis', { facts: { kpis: [{ name: whole('kpi'), baseline: whole('three'), leading: true }] } }),
          answer('weekly-call', { facts: { when: { weekday: 'tue', time: '09:30', timeZone: 'Europe/Berlin' } } }),
          answer('context'),
        ),
      }),
    ),
    documentContext({
      request: 'a workshop',
      topic: 'prospecting',
      driver: 'renewals fell 9 %',
      kpi: 'meetings | week',
      three: '3',
      'leading-kpis': 'meetings',
      'weekly-call': 'Tuesdays',
    }),
  );

  it('has title, original words, chain, factors, numbers, rhythm, open points and sign-off', () => {
    expect(text).toMatch(/^# Alignment brief: prospecting\n/);
    for (const part of ['> a workshop', 'Business goal:', '### Reinforcement', 'Tuesday 09:30, Berlin time', '- L&D: not yet']) expect(text).toContain(part);
    expect(text).toContain('**Where they are today:** for L&D to find out next');
    expect(text).toContain('| meetings \\| week | 3 | not clear yet | early |');
  });

  it('says for every statement who said it', () => {
    expect(text).toContain('renewals fell 9 % (dana, Mon 23 Nov 2026)');
  });

  it('shows words that were removed as removed', () => {
    expect(text).toContain('(removed by the person who wrote it) (dana');
  });

  it('gives people’s words and names no way to make headings, links or lists', () => {
    const nasty = '# heading\n\n- [click](javascript:x) <img src=x> @everyone https://evil.example';
    const out = briefToMarkdown(
      buildBrief(state({ requester: 'mallory', answers: answersOf(answer('driver', { by: 'mallory' })) })),
      documentContext({ request: nasty, topic: nasty, driver: nasty }),
    );
    expect(
      out
        .split('\n')
        .filter((line) => line.startsWith('#'))
        .every((line) => /^#{1,3} [A-Z]/.test(line)),
    ).toBe(true);
    expect(out).not.toMatch(/(?<!\\)\]\(/);
    expect(out).not.toMatch(/(?<!\\)</);
    expect(out).not.toContain('@everyone');
    expect(out).not.toContain('https://');
  });
});

describe('escaping for Markdown', () => {
  it.each([
    ['1. first', '1\\. first'],
    ['- item', '\\- item'],
    ['=== ', '\\==='],
    ['a\n\n# b', 'a \\# b'],
    ['*x* _y_ `z`', '\\*x\\* \\_y\\_ \\`z\\`'],
    ['&lt;b&gt; <b>', '\\&lt;b\\&gt; \\<b\\>'],
    ['www.evil.example', 'www\\.evil.example'],
    ['safe\u202Etxt.exe\u0000', 'safe txt.exe'],
    ['from 3 to 6 (9:30), it’s 30 %', 'from 3 to 6 (9:30), it’s 30 %'],
  ])('%j becomes %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});
