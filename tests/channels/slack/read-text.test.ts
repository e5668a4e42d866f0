import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mentionsPerson, nameMentions, readText } from '../../../src/channels/slack/read-text.ts';

const names: Record<string, string> = { U1: 'Dana Whitfield', U2: 'Tomás' };
const nameOf = (id: string): string => names[id] ?? 'somebody';
const shown = (raw: string): string => readText(raw, nameOf).text;

describe('a text of Slack as people see it', () => {
  it.each([
    ['plain words', 'we need a course', 'we need a course'],
    ['a mention', 'ask <@U1> please', 'ask @Dana Whitfield please'],
    ['a mention with a label', 'ask <@U2|tomas> please', 'ask @Tomás please'],
    ['somebody unknown', 'ask <@U9> please', 'ask @somebody please'],
    ['a channel', 'in <#C1|general>', 'in #general'],
    ['a channel without a label', 'in <#C1|> or <#C2>', 'in #C1 or #C2'],
    ['mass mentions', '<!here> <!channel> <!everyone|everyone>', '@here @channel @everyone'],
    ['a user group', '<!subteam^S1|@sales> and <!subteam^S2>', '@sales and @S2'],
    ['a date', 'on <!date^1392734382^{date_short}|Feb 18, 2014> at', 'on Feb 18, 2014 at'],
    ['a date with a link', '<!date^1392734382^{date}^https://example.com/|Feb 18>', 'Feb 18'],
    ['other markup', '<!something|its label>', 'its label'],
    ['a link', 'see <https://example.com/?a=1&amp;b=2>', 'see https://example.com/?a=1&b=2'],
    ['a link with a label', 'see <https://example.com|the numbers>', 'see the numbers'],
    ['a mail address', '<mailto:dana@example.com|dana@example.com> <mailto:tom@example.com>', 'dana@example.com tom@example.com'],
    ['escaped signs', 'R&amp;D: 3 &lt; 4 &gt; 2', 'R&D: 3 < 4 > 2'],
    ['signs that were typed as escapes', '&amp;lt;b&amp;gt; &amp;amp;', '&lt;b&gt; &amp;'],
    ['other entities', '&quot;quoted&quot; &#39;', '&quot;quoted&quot; &#39;'],
    ['a bracket without an end', 'a < b and <@U1', 'a < b and <@U1'],
    ['empty markup', 'a <> b <@> c', 'a  b @ c'],
    ['styles', '*bold* _it_ `code`', '*bold* _it_ `code`'],
  ])('shows %s', (_what, raw, expected) => {
    expect(shown(raw)).toBe(expected);
  });

  it('gives each mention with its sign and name', () => {
    const { text, mentions } = readText('&lt;3 <@U1> and <@U2>', nameOf);
    expect(mentions.map(({ start, end, personId }) => [text.slice(start, end), personId])).toEqual([
      ['@Dana Whitfield', 'U1'],
      ['@Tomás', 'U2'],
    ]);
  });

  it('reads markup out of what people typed nowhere', () => {
    expect(readText('&lt;@U1&gt;', nameOf)).toEqual({ text: '<@U1>', mentions: [] });
  });

  it('gives spans that always cover their name, and no mention gets lost', () => {
    const piece = fc.oneof(
      fc
        .string({ unit: 'grapheme' })
        .map((text) => ({ raw: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'), personId: undefined })),
      fc.constantFrom('U1', 'U2', 'U3').map((personId) => ({ raw: `<@${personId}>`, personId })),
      fc.constantFrom('<#C1|general>', '<!here>', '<https://x.example|x>', '&amp;', '<', '>').map((raw) => ({ raw, personId: undefined })),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.dictionary(fc.constantFrom('U1', 'U2', 'U3'), fc.string({ minLength: 1 })), (pieces, later) => {
        // A lone bracket may swallow what follows; here every piece stands alone.
        const whole = pieces.filter(({ raw }) => raw !== '<');
        const read = readText(whole.map(({ raw }) => raw).join(''), nameOf);
        const expected = whole.flatMap(({ personId }) => personId ?? []);
        expect(read.mentions.map(({ personId }) => personId)).toEqual(expected);
        for (const { start, end, personId } of read.mentions) expect(read.text.slice(start, end)).toBe(`@${nameOf(personId)}`);
        const renamed = nameMentions(read, (id) => later[id] ?? 'nobody');
        expect(renamed.mentions.map(({ personId }) => personId)).toEqual(expected);
        for (const { start, end, personId } of renamed.mentions) expect(renamed.text.slice(start, end)).toBe(`@${later[personId] ?? 'nobody'}`);
        expect(nameMentions(renamed, nameOf)).toEqual(read);
      }),
    );
  });

  it('never throws, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '@', '#', '!', '|', '^', 'U1', 'amp;', 'date', ' ', 'é') }), (raw) => {
        const { text, mentions } = readText(raw, nameOf);
        for (const { start, end } of mentions) expect(text.slice(start, end)).toMatch(/^@/);
      }),
    );
  });

  it('reads the longest message of brackets in no time to speak of', () => {
    // Quadratic work on this would take minutes and run into the test's limit.
    expect(shown('<'.repeat(2_000_000))).toHaveLength(2_000_000);
    expect(shown('<a|'.repeat(700_000))).toHaveLength(2_100_000);
  });
});

describe('names that are found later', () => {
  it('leaves out a span that does not fit the text', () => {
    expect(nameMentions({ text: 'ask @a', mentions: [{ start: 4, end: 60, personId: 'U1' }] }, nameOf)).toEqual({ text: 'ask @a', mentions: [] });
  });

  it('keeps what stands between mentions', () => {
    const read = readText('<@U1>, <@U2>: who?', () => 'somebody');
    expect(read.text).toBe('@somebody, @somebody: who?');
    expect(nameMentions(read, nameOf).text).toBe('@Dana Whitfield, @Tomás: who?');
  });
});

describe('whether a text mentions somebody', () => {
  it.each([
    ['<@U1> hello', true],
    ['<@U1|plumb> hello', true],
    ['<@U11> hello', false],
    ['&lt;@U1&gt;', false],
  ])('%s: %s', (raw, expected) => {
    expect(mentionsPerson(raw, 'U1')).toBe(expected);
  });
});
