import type { Prompts } from '../prompts.ts';
import type { DocumentBlock, DocumentItem, Said } from './document.ts';

// A paragraph of a page: a brief is one to two pages, and what somebody wrote beyond this is read behind them.
const longest = 600;

/** Very long words are cut short where they stand, with a number under which the end of the document has all of them: nothing is lost, and the page stays one. */
export function inFull({ words }: Pick<Prompts, 'words'>, blocks: readonly DocumentBlock[]): DocumentBlock[] {
  const whole: Said[] = [];

  function cut(one: Said): Said {
    if (one.text.length <= longest) return one;
    const known = whole.findIndex(({ text }) => text === one.text);
    if (known === -1) whole.push({ text: one.text, ...(one.source !== undefined && { source: one.source }) });
    const number = String(known === -1 ? whole.length : known + 1);
    const begun = one.text
      .slice(0, longest)
      .toWellFormed()
      .replace(/\s+\S*$/u, '');
    const mark = [words.plain('brief.cut-short', { number }), ...(one.mark === undefined ? [] : [one.mark])].join(' ');
    return { ...one, text: `${begun}…`, mark };
  }

  const shortened = blocks.map((block): DocumentBlock => {
    if (block.kind === 'quote') return { ...block, said: cut(block.said) };
    if (block.kind === 'list') return { ...block, items: block.items.map((item): DocumentItem => ({ ...item, said: item.said.map(cut) })) };
    return block;
  });
  if (whole.length === 0) return shortened;
  const items = whole.map((said, at): DocumentItem => ({ label: String(at + 1), said: [said] }));
  return [...shortened, { kind: 'heading', level: 2, text: words.plain('brief.in-full') }, { kind: 'list', items }];
}
