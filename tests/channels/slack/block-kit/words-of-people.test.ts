import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toMessage } from '../../../../src/channels/slack/block-kit/to-message.ts';
import type { Card, CardBlock, Text } from '../../../../src/views/card.ts';
import { words } from './any-card.ts';
import { slackWords } from './words.ts';

const rendering = { words: slackWords };

const everywhere = (text: Text): Card => ({
  summary: typeof text === 'string' ? text : 's',
  title: text,
  blocks: [
    ...(['plain', 'strong', 'subtle', 'quote', 'heading'] as const).map((style): CardBlock => ({ type: 'text', text, style })),
    { type: 'facts', facts: [{ label: 'One', value: text }] },
    {
      type: 'facts',
      facts: [
        { label: 'One', value: 'short' },
        { label: 'Two', value: text },
      ],
    },
    { type: 'list', items: [{ text, note: text }] },
    { type: 'table', columns: ['A', 'B'], rows: [[text, text]] },
  ],
  actions: [{ action: 'later', label: 'Later' }],
});

/** Every text that Slack reads as mark-up. */
function markup(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markup);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value && typeof value.text === 'string' ? [value.text] : [];
  return [...own, ...Object.values(value).flatMap(markup)];
}

/** What Slack makes of a text, beyond the words: its bold and quote marks that are ours are taken off first. */
const formatting = /(^|[^a-zA-Z0-9])([*_~`])(?=\S)[^\n]*?\S\2(?![a-zA-Z0-9])/;

function ofPlain(text: string): string {
  const { blocks } = toMessage({ summary: 's', blocks: [{ type: 'text', text }], actions: [] }, rendering);
  return markup(blocks).join('');
}

describe('what people write', () => {
  it.each(['<!channel>', '<!here>', '<!everyone>', '<!subteam^S1>', '<@U1>', '<#C1>', '<https://evil.example|x>', '<mailto:a@b.example|x>'])(
    '%s never becomes what it names',
    (text) => {
      const message = toMessage(everywhere(text), rendering);
      for (const shown of [message.text, ...markup(message.blocks)]) expect(shown).not.toMatch(/<[!@#hm]/);
      expect(
        message.blocks.every((block) => block.type !== 'rich_text' || !/"type":"(user|link|broadcast|usergroup|channel|emoji)"/.test(JSON.stringify(block))),
      ).toBe(true);
    },
  );

  it('never formats anything', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(ofPlain(text)).not.toMatch(formatting);
      }),
      { numRuns: 200 },
    );
    for (const text of ['*bold*', '_it_', '~no~', '`code`', '```block```', 'so *very* bold', '(*x*)', '*a*b*c*']) expect(ofPlain(text)).not.toMatch(formatting);
  });

  it('looks as it was written', () => {
    expect(ofPlain('*bold*')).toBe('∗bold∗');
    expect(ofPlain('~20 managers, snake_case and 9 %')).toBe('∼20 managers, snake_case and 9 %');
    expect(ofPlain('Q&A <b>')).toBe('Q&amp;A &lt;b&gt;');
    expect(ofPlain('Ana: at 09:30, “yes”')).toBe('Ana: at 09:30, “yes”');
  });

  it('keeps what was escaped already as it was typed', () => {
    expect(ofPlain('&lt;!channel&gt;')).toBe('&amp;lt;!channel&amp;gt;');
  });

  it('starts no quote', () => {
    expect(ofPlain('> not a quote\n>> nor this')).toBe('\u200b&gt; not a quote\n\u200b&gt;&gt; nor this');
  });

  it('keeps emoji codes as codes', () => {
    expect(ofPlain(':smile:')).toBe(':\u200bsmile:');
  });

  it('links nothing by itself and unfurls nothing', () => {
    const message = toMessage(everywhere('see https://evil.example and a@b.example'), rendering);
    expect(message.text).not.toContain('https://');
    expect(JSON.stringify(message.blocks)).not.toContain('"verbatim":false');
    for (const block of message.blocks) if (block.type === 'section' || block.type === 'context') expect(JSON.stringify(block)).toContain('"verbatim":true');
  });

  it('cannot turn the direction of what stands around it', () => {
    expect(ofPlain('a \u202egnp.exe\u202c b \u2066c\u2069')).toBe('a gnp.exe b c');
    expect(ofPlain('שלום')).toBe('שלום');
  });

  it('is cut between words, and never through a character', () => {
    const header = (title: string) => {
      const [block] = toMessage({ summary: 's', title, blocks: [], actions: [] }, rendering).blocks;
      return block?.type === 'header' ? block.text.text : '';
    };
    expect(header('word '.repeat(50))).toMatch(/ word…$/);
    expect(header(`${'x'.repeat(147)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦`)).toBe(`${'x'.repeat(147)}…`);
    expect(header(`${'x'.repeat(148)}🇫🇷🇫🇷`)).toBe(`${'x'.repeat(148)}…`);
    expect(header('e\u0301'.repeat(100))).toBe(`${'e\u0301'.repeat(74)}…`);
  });

  it('is shown whole when it is long, as far as a message goes', () => {
    const { blocks } = toMessage({ summary: 's', blocks: [{ type: 'text', text: 'a word & more. '.repeat(400) }], actions: [] }, rendering);
    expect(markup(blocks).join(' ').replaceAll('&amp;', '&').trim()).toBe('a word & more. '.repeat(400).trim());
  });
});

describe('parts of a text', () => {
  const text: Text = [
    'For ',
    { person: 'U0DANA', name: 'Dana' },
    ' on ',
    { at: Date.UTC(2026, 10, 23, 9), as: 'date-time' },
    ': ',
    { link: 'https://a.example/?a=1&b=<2>', label: 'look *here*' },
  ];
  const shown = (style?: 'subtle') =>
    markup(toMessage({ summary: 's', blocks: [{ type: 'text', text, ...(style && { style }) }], actions: [] }, rendering).blocks).join('');

  it('mention people, show the reader’s own time with UTC beside it, and link to the web', () => {
    expect(shown()).toBe(
      'For <@U0DANA> on <!date^1795424400^{date_short_pretty}, {time}|23 Nov 2026, 09:00 UTC>: <https://a.example/?a=1&amp;b=%3C2%3E|look ∗here∗>',
    );
    expect(shown('subtle')).toBe(shown());
  });

  it('name people whom Slack does not know', () => {
    expect(markup(toMessage({ summary: 's', blocks: [{ type: 'text', text: [{ person: 'dana', name: 'Dana <3' }] }], actions: [] }, rendering).blocks)).toEqual(
      ['Dana &lt;3'],
    );
  });

  it('link to nothing but the web', () => {
    for (const link of ['javascript:alert(1)', 'slack://user', 'https://a.example/ b', 'https://'])
      expect(markup(toMessage({ summary: 's', blocks: [{ type: 'text', text: [{ link, label: 'press' }] }], actions: [] }, rendering).blocks)).toEqual([
        'press',
      ]);
  });

  it('are elements of their own in lists', () => {
    const [block] = toMessage({ summary: 's', blocks: [{ type: 'list', items: [{ text }] }], actions: [] }, rendering).blocks;
    expect(block).toMatchObject({
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          elements: [
            {
              elements: [
                { type: 'text', text: 'For ' },
                { type: 'user', user_id: 'U0DANA' },
                { type: 'text', text: ' on ' },
                { type: 'date', timestamp: 1_795_424_400, fallback: '23 Nov 2026, 09:00 UTC' },
                { type: 'text', text: ': ' },
                { type: 'link', text: 'look *here*' },
              ],
            },
          ],
        },
      ],
    });
  });
});

describe('the text beside the blocks', () => {
  const textOf = (summary: string, title?: string) => toMessage({ summary, ...(title !== undefined && { title }), blocks: [], actions: [] }, rendering).text;

  it('is the summary, or the title, or at least who speaks', () => {
    expect(textOf('Dana asks for a workshop')).toBe('Dana asks for a workshop');
    expect(textOf('', 'A title')).toBe('A title');
    expect(textOf(' \u200b')).toBe('Plumb');
  });

  it('is short', () => {
    expect(textOf('word '.repeat(8_000)).length).toBeLessThanOrEqual(1_100);
  });
});
