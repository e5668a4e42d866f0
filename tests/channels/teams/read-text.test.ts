import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Mentioned, readText } from '../../../src/channels/teams/read-text.ts';

const people: Record<string, Mentioned> = {
  Plumb: { personId: '28:bot', name: 'Plumb' },
  'Dana Whitfield': { personId: 'dana', name: 'Dana Whitfield' },
  Dana: { personId: 'dana', name: 'Dana Whitfield' },
  Whitfield: { personId: 'dana', name: 'Dana Whitfield' },
  Tomás: { personId: 'tomas', name: 'Tomás' },
  Ferreira: { personId: 'tomas', name: 'Ferreira' },
  General: { name: 'General' },
  Nobody: { personId: 'x', name: '' },
};
const read = (raw: string) => readText(raw, (written) => people[written]);

describe('a text of Teams as people see it', () => {
  it.each([
    ['plain words', 'we need a course', 'we need a course'],
    ['a mention', 'ask <at>Dana Whitfield</at> please', 'ask @Dana Whitfield please'],
    ['a mention with a sign', 'ask <at>@Dana Whitfield</at> please', 'ask @Dana Whitfield please'],
    ['a mention with an attribute', 'ask <at id="0">Dana</at> please', 'ask @Dana Whitfield please'],
    ['a mention in capitals', 'ask <AT>Dana</AT> please', 'ask @Dana Whitfield please'],
    ['a channel', 'in <at>General</at>', 'in @General'],
    ['somebody unknown', 'ask <at>Priya</at>', 'ask @Priya'],
    ['a name in two mentions', '<at>Dana</at> <at>Whitfield</at> and <at>Tomás</at>&nbsp;<at>Ferreira</at> agree', '@Dana Whitfield and @Tomás Ferreira agree'],
    ['two people', '<at>Dana</at> <at>Tomás</at>', '@Dana Whitfield @Tomás'],
    ['an empty mention', 'a <at></at>b <at> </at>c <at>Nobody</at>d', 'a b c d'],
    ['a mention without an end', 'ask <at>Dana please', 'ask <at>Dana please'],
    ['a mention in a mention', '<at><at>Dana</at></at>', '<at>@Dana Whitfield</at>'],
    ['words around it', '\r\n<at>Plumb</at>&nbsp;we need\r\na course\n', '@Plumb we need\na course'],
    ['signs', 'R&amp;D: 3 &lt; 4 &gt; 2 &quot;x&quot; &#39;y&#39; &#x1F642; &nbsp;z', 'R&D: 3 < 4 > 2 "x" \'y\' 🙂  z'],
    ['signs that were typed as such', '&amp;lt;b&amp;gt; &amp;amp;', '&lt;b&gt; &amp;'],
    ['entities that are none', '&unknown; &#0; &#9999999; &#x; &', '&unknown; &#0; &#9999999; &#x; &'],
    ['decoded brackets', 'a <b> c < d', 'a <b> c < d'],
    ['the mark of a quoted message', '<quoted messageId="1783419459151"/><at>Plumb</at> that one', '@Plumb that one'],
    ['nothing', '', ''],
    ['blanks', ' \u00a0&nbsp;\r\n ', ''],
  ])('shows %s', (_what, raw, expected) => {
    expect(read(raw).text).toBe(expected);
  });

  it('says where names stand, and of whom', () => {
    const { text, mentions } = read('  <at>Plumb</at>&nbsp;<at>Dana</at> <at>Whitfield</at>, <at>General</at>: <at>Tomás</at> <at>Ferreira</at>');
    expect(mentions.map(({ start, end, personId }) => [text.slice(start, end), personId])).toEqual([
      ['@Plumb', '28:bot'],
      ['@Dana Whitfield', 'dana'],
      ['@Tomás Ferreira', 'tomas'],
    ]);
  });

  it('keeps words between two mentions of one person', () => {
    expect(read('<at>Dana</at>\n<at>Dana</at> and <at>Dana</at>').text).toBe('@Dana Whitfield and @Dana Whitfield');
    expect(read('<at>Dana</at>\n\n<at>Dana</at>').mentions).toHaveLength(2);
  });

  it('never loses where a name stands, whatever the text is', () => {
    const piece = fc.constantFrom(
      '<at>Dana</at>',
      '<at>Whitfield</at>',
      '<at>Tomás</at>',
      '<at>',
      '</at>',
      '<',
      '>',
      '&',
      'amp;',
      '&nbsp;',
      ' ',
      '\r\n',
      'é',
      '🙂',
      '<quoted x/>',
      '@',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { text, mentions } = read(pieces.join(''));
        expect(text).toBe(text.trim());
        let last = 0;
        for (const { start, end } of mentions) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(start, end)).toMatch(/^@(?:Dana Whitfield|Tomás)$/);
          last = end;
        }
      }),
    );
  });

  it('reads the longest text of markup in no time to speak of', () => {
    // Quadratic work on this would take minutes and run into the test's limit.
    const parts = ['<at>', '</at>', '<at', '<at>Dana</at>', '<at></at> ', '&', '&#', '<quoted ', ' \n'];
    for (const part of parts) expect(read(part.repeat(500_000)).text.length).toBeGreaterThanOrEqual(0);
  });
});
