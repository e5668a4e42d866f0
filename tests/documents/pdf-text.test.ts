import { describe, expect, it } from '@jest/globals';
import { openSheet } from '../../src/documents/pdf-sheet.ts';
import { layOut } from '../../src/documents/pdf-text.ts';

describe('lines of a PDF', () => {
  const { doc } = openSheet({ title: 'A brief', language: 'en', author: 'Plumb', blocks: [] });
  const linesOf = (text: string) => layOut(doc, [{ text, size: 10, color: '#000000' }], 120).lines.map(({ words }) => words.map((word) => word.text).join(' '));

  it('keep what a space that does not break holds together, and break no word where there are only such spaces', () => {
    expect(linesOf('Somebody said so on 23\u00A0Nov\u00A02026')).toContainEqual(expect.stringContaining('23\u00A0Nov\u00A02026'));
    const words = 'They would ask for a meeting in a second department of every account'.split(' ');
    expect(linesOf(words.join('\u00A0')).join(' ').split(' ')).toEqual(words);
  });
});
