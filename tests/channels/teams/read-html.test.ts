import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readHtml } from '../../../src/channels/teams/read-html.ts';
import type { Mentioned } from '../../../src/channels/teams/read-text.ts';

const people: readonly Mentioned[] = [{ personId: '28:bot', name: 'Plumb' }, { personId: 'dana', name: 'Dana Whitfield' }, { name: 'General' }];
const read = (html: string) => readHtml(html, (number) => (number === '' ? undefined : people[Number(number)]));
const mention = (number: number | string, name: string) => `<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="${number}">${name}</span>`;
const quote =
  '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong>Tomás</strong><p itemprop="preview">Who <b>pays</b>?</p></blockquote>';

describe("a message's HTML as people read it", () => {
  it.each([
    ['paragraphs', '<p>one</p>\n<p>two</p>', 'one\ntwo'],
    ['lines', '<div><div>one<br>two</div>\n<div><br/></div><div>three</div></div>', 'one\ntwo\nthree'],
    ['empty paragraphs', '<p>one</p><p>&nbsp;</p><p> </p><p>two</p>', 'one\ntwo'],
    ['styles', 'Sending <strong>bold</strong>-<em>italic</em>\n  text', 'Sending bold-italic text'],
    ['blanks', '<b>a </b> <i> b</i>&nbsp;\u00a0c', 'a b c'],
    ['a list', '<ul><li>one</li><li>two</li></ul>', 'one\ntwo'],
    ['a table', '<table><tr><th>x</th><th>y</th></tr><tr><td>a</td><td>b</td></tr></table>', 'x y\na b'],
    ['signs', 'R&amp;D &lt;b&gt; &#43; &amp;lt;', 'R&D <b> + &lt;'],
    ['emoji', 'fine <img itemtype="http://schema.skype.com/Emoji" alt="🙂" src="x"> <emoji id="yes" alt="👍"></emoji>', 'fine 🙂 👍'],
    ['a picture', '<p><img src="x"></p>', ''],
    ['an attachment', '<attachment id="1616"></attachment><p>see this</p>', 'see this'],
    ['a link', '<a href="https://example.com/?a=1&amp;b=2">the numbers</a>', 'the numbers'],
    ['a reply without what it replies to', `${quote}\n<p>Priya does</p>`, 'Priya does'],
    ['a quote in a quote', `<blockquote itemtype="http://schema.skype.com/Reply">a<blockquote>b</blockquote>c</blockquote>d`, 'd'],
    ['words that somebody set apart', '<blockquote>as she said</blockquote><p>yes</p>', 'as she said\nyes'],
    ['a quote without an end', `<p>yes</p><blockquote itemtype="http://schema.skype.com/Reply">a`, 'yes'],
    ['a mention', `ask ${mention(1, 'Dana')}&nbsp;please`, 'ask @Dana Whitfield please'],
    ['a mention as Graph writes it', 'ask <at id="1">Dana</at>&nbsp;<at id="1">Whitfield</at> please', 'ask @Dana Whitfield please'],
    ['a mention that nobody tells of', `ask ${mention(9, 'Priya <b>R</b>')} and <at>Tom</at>`, 'ask @Priya R and @Tom'],
    ['a mention without an end', 'ask <at id="1">Dana', 'ask @Dana Whitfield'],
    ['comments and tags with a prefix', '<!-- hidden --><o:p>a</o:p><?xml?>', 'a'],
    ['nothing', '', ''],
  ])('shows %s', (_what, html, expected) => {
    expect(read(html).text).toBe(expected);
  });

  it('says where names stand, and of whom', () => {
    const { text, mentions } = read(`<p>${mention(0, 'Plumb')}&nbsp;</p><p>ask ${mention(1, 'Dana')} in ${mention(2, 'General')}</p>`);
    expect(text).toBe('@Plumb\nask @Dana Whitfield in @General');
    expect(mentions.map(({ start, end, personId }) => [text.slice(start, end), personId])).toEqual([
      ['@Plumb', '28:bot'],
      ['@Dana Whitfield', 'dana'],
    ]);
  });

  it('never throws, and takes no time to speak of', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', '/', '&', 'at', 'span', ' itemid="1"', 'blockquote', quote, mention(1, 'Dana'), ' ', 'é') }),
        (html) => {
          const { text, mentions } = read(html);
          for (const { start, end } of mentions) expect(text.slice(start, end)).toBe('@Dana Whitfield');
        },
      ),
    );
    for (const part of ['<', '<a ', '<at id="1">', '<b> </b>', '<p>', '</p>', quote, mention(1, 'x'), '<img alt="', '&nbsp;']) {
      expect(read(part.repeat(100_000)).mentions.length).toBeGreaterThanOrEqual(0);
    }
  });
});
