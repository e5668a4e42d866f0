import { inflateSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
const unescaped = (xml: string): string => xml.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity);

/** A part of a Word file as XML. */
export function partOf(docx: Uint8Array, part: string): string {
  const found = unzipSync(docx)[part];
  return found ? strFromU8(found) : '';
}

/** Everything that a Word file says: its words, its properties and what its pictures are called. */
export function textOfWord(docx: Uint8Array): string {
  const body = partOf(docx, 'word/document.xml');
  const alternatives = [...body.matchAll(/descr="([^"]*)"/g)].map(([, text]) => text ?? '');
  const texts = body.replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '');
  return unescaped([texts, ...alternatives, partOf(docx, 'docProps/core.xml')].join('\n'));
}

type PdfObjects = ReadonlyMap<string, string>;

function streamOf(objects: PdfObjects, id: string): string {
  const [, stream = ''] = /stream\n([\s\S]*?)\nendstream/.exec(objects.get(id) ?? '') ?? [];
  return objects.get(id)?.includes('/FlateDecode') ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1') : stream;
}

/** What each code of a font stands for, from the map that PDFs carry for searching and reading aloud (ISO 32000, 9.10.3). */
function lettersOf(objects: PdfObjects, font: string): Map<number, string> {
  const [, map = ''] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? '') ?? [];
  const letters = new Map<number, string>();
  for (const [, start = '', list = ''] of streamOf(objects, map).matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*?)\]/g)) {
    const values = [...list.matchAll(/<([^>]*)>/g)].map(([, hex = '']) => hex);
    for (const [at, hex] of values.entries())
      letters.set(Number.parseInt(start, 16) + at, String.fromCharCode(...hex.split(' ').map((unit) => Number.parseInt(unit, 16))));
  }
  return letters;
}

/** What pdfkit's PDFs show, without white space, page by page: where a word ends is a matter of place there. */
export function lettersOfPdf(pdf: Uint8Array): string[] {
  const source = Buffer.from(pdf).toString('latin1');
  const objects = new Map([...source.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)].map(([, id = '', body = '']) => [id, body]));
  const fonts = new Map([...source.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, lettersOf(objects, id)]));
  const pages = [...source.matchAll(/\/Type \/Page\n[\s\S]*?\/Contents (\d+) 0 R/g)].map(([, id = '']) => id);
  return pages.map((page) => {
    let letters = new Map<number, string>();
    let text = '';
    for (const [, font, shown] of streamOf(objects, page).matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
      if (font !== undefined) letters = fonts.get(font) ?? letters;
      for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]+)>/g))
        for (const [code] of hex.matchAll(/.{4}/g)) text += letters.get(Number.parseInt(code, 16)) ?? '\uFFFD';
    }
    return text.replace(/\s+/gu, '');
  });
}
