import { beforeAll, describe, expect, it } from '@jest/globals';
import { briefDocument } from '../../src/documents/brief-document.ts';
import { fileName } from '../../src/documents/file-name.ts';
import type { DocumentContext } from '../../src/documents/markdown.ts';
import { documentToPdf } from '../../src/documents/pdf.ts';
import { visualOrder } from '../../src/documents/visual-lines.ts';
import { documentToWord } from '../../src/documents/word.ts';
import { buildBrief } from '../../src/domain/brief.ts';
import { type QuestionId, questionIds } from '../../src/domain/questions.ts';
import { answer, answersOf, contextOf, core, MONDAY_9_UTC, prompts, whole } from '../views/context.ts';
import { lettersOfPdf, partOf, textOfWord } from './text-of.ts';

const people: Record<string, string> = { dana: 'Dana <b>Whitfield</b>', tom: 'Tom Okafor' };

/** Words of their own for every question; what is given stands instead, and '' was erased. */
const wordsOf = (given: Record<string, string> = {}): Record<string, string> => ({
  request: 'We need a negotiation workshop & soon',
  topic: 'negotiation',
  kpi: 'average discount',
  today: '14 %',
  approve: 'Approve discounts above 10 % first',
  ...Object.fromEntries(questionIds.map((id) => [id, `What was said on ${id} was this and no more`])),
  ...given,
});

const everything = questionIds.filter((id) => id !== 'budget');

async function filesOf(texts: Record<string, string>, answered: readonly QuestionId[] = everything) {
  const ctx: DocumentContext = {
    ...prompts,
    quote: contextOf(texts).quote,
    name: (id) => people[id] ?? id,
    time: () => 'Mon 23 Nov 2026',
    zone: 'Berlin',
  };
  const facts = { kpis: [{ name: whole('kpi'), baseline: whole('today'), leading: true }] };
  const action = {
    id: 'a1',
    text: whole('approve'),
    element: 'systems',
    impact: 4,
    cost: 2,
    phase: 'now',
    by: 'dana',
    at: MONDAY_9_UTC,
    owner: 'tom',
  } as const;
  const state = core({ answers: answersOf(...answered.map((id) => answer(id, id === 'leading-kpis' ? { facts } : {}))) });
  const brief = { ...buildBrief({ status: 'clarifying', ...state }), actions: [action] };
  const document = briefDocument(brief, ctx);
  return { document, word: await documentToWord(document), pdf: await documentToPdf(document) };
}

describe('the brief as Word and PDF', () => {
  const texts = wordsOf();
  let files: Awaited<ReturnType<typeof filesOf>>;
  beforeAll(async () => {
    files = await filesOf(texts);
  });

  it('has every statement, who said it, what is open and who signs', () => {
    const word = textOfWord(files.word);
    const pdf = lettersOfPdf(files.pdf).join('');
    const statements = everything.map((id) => texts[id] ?? '');
    const parts = [
      'Alignment brief: negotiation',
      texts['request'] ?? '',
      'average discount',
      '14 %',
      texts['approve'] ?? '',
      '4 and 2',
      'Tom Okafor',
      'L&D: not yet',
      'Times are Berlin time',
    ];
    for (const part of [...statements, ...parts, '(Dana <b>Whitfield</b>, Mon 23 Nov 2026)', 'not spoken of yet']) {
      expect(word).toContain(part);
      expect(pdf).toContain(part.replace(/\s+/g, ''));
    }
  });

  it('is one to two pages, which are counted', () => {
    expect(lettersOfPdf(files.pdf).length).toBeLessThanOrEqual(2);
    expect(partOf(files.word, 'word/footer1.xml')).toMatch(/PAGE<[\s\S]*NUMPAGES</);
  });

  it('has real headings, a language, a title and pictures that are told in words', () => {
    const body = partOf(files.word, 'word/document.xml');
    expect(body.match(/w:pStyle w:val="Heading1"/g)).toHaveLength(1);
    expect(body.match(/w:pStyle w:val="Heading2"/g)?.length).toBeGreaterThan(5);
    expect(partOf(files.word, 'word/styles.xml')).toContain('<w:lang w:val="en-GB"');
    expect(partOf(files.word, 'docProps/core.xml')).toContain('<dc:title>Alignment brief: negotiation</dc:title>');
    const alternatives = [...body.matchAll(/descr="([^"]+)"/g)].map(([, text]) => text);
    expect(alternatives).toEqual([expect.stringContaining(texts['driver'] ?? ''), expect.stringContaining('Approve discounts above 10 % first: 4 and 2')]);
    const source = Buffer.from(files.pdf).toString('latin1');
    for (const part of [/\/Lang \(en-GB\)/, /\/FontFile2/, /^\(Alignment brief: negotiation\)$/m, /\/Outlines/]) expect(part.test(source)).toBe(true);
  });

  it('says of words that were erased that they were, and nothing of them', async () => {
    const { word, pdf } = await filesOf(wordsOf({ driver: '', kpi: '' }));
    const removed = prompts.words.plain('common.removed');
    expect(textOfWord(word)).toContain(removed);
    expect(lettersOfPdf(pdf).join('')).toContain(removed.replace(/\s+/g, ''));
    for (const shown of [textOfWord(word), lettersOfPdf(pdf).join('')]) expect(shown.replace(/\s+/g, '')).not.toContain('saidondriver');
  });

  it('cuts answers of 10,000 characters short where they stand, and has all of them at the end', async () => {
    const owner = 'x'.repeat(10_000);
    const driver = `${'word '.repeat(1_998)}the end`;
    const { word, pdf } = await filesOf(wordsOf({ owner, driver, topic: 'y'.repeat(300), context: 'a\u0000b\u0007c\uD800d' }));
    const pages = lettersOfPdf(pdf);
    expect(pages.slice(0, 3).join('')).toContain('L&D:notyet');
    for (const shown of [textOfWord(word).replace(/\s+/g, ''), pages.join('').replace(/\d+\/\d+/g, '')]) {
      expect(shown).toContain('(infullattheend,1)');
      expect(shown.split(owner)).toHaveLength(2);
      // Whole in the picture's description, which is told instead of it, too.
      expect(shown.split(driver.replace(/\s+/g, '')).length).toBeGreaterThanOrEqual(2);
    }
  });

  it('has letters of Chinese, Japanese and Korean as text and as shapes, and says where it has no letters', async () => {
    const note = prompts.words.plain('brief.letters-missing').replace(/\s+/g, '');
    const shown = async (text: string) => {
      const document = { ...files.document, title: text, blocks: [] };
      return lettersOfPdf(await documentToPdf(document)).join('');
    };
    expect(await shown('我们在续签合同时损失了利润。マージン 마진')).toMatch(/^我们在续签合同时损失了利润。マージン마진1\/1$/);
    expect(await shown('เราเสียกำไร')).toContain(note);
  });

  it('can be read aloud: everything is in a structure, with what kind of thing it is', () => {
    const source = Buffer.from(files.pdf).toString('latin1');
    for (const part of ['/MarkInfo', '/Marked true']) expect(source).toContain(part);
    for (const [kind, most] of Object.entries({ H1: 1, H2: 20, Figure: 2, Table: 2, TH: 9, LBody: 40 })) {
      const found = source.match(new RegExp(`/S /${kind}\\b`, 'g'))?.length ?? 0;
      expect([kind, found > 0 && found <= most]).toEqual([kind, true]);
    }
    expect(source.match(/\/Alt /g)).toHaveLength(2);
    expect(source).toContain('<pdfuaid:part>');
  });

  it('marks words that are read from right to left in Word, and sets them in the order in which they are seen in the PDF', async () => {
    const { word, pdf } = await filesOf(wordsOf({ driver: 'שלום עולם' }));
    expect(partOf(word, 'word/document.xml')).toMatch(/<w:bidi\/>[\s\S]*?<w:rtl\/>[\s\S]*?שלום עולם/u);
    // The font turns the letters of each word around.
    expect(lettersOfPdf(pdf).join('')).toContain(Array.from('שלוםעולם').toReversed().join(''));
  });
});

describe('a line', () => {
  const shown = (text: string, rightToLeft: boolean) => {
    const within = { rightToLeft };
    const words = text.split(' ').map((word) => ({ text: word, within }));
    return visualOrder(words, rightToLeft).map(({ pieces }) => pieces.join(''));
  };

  it.each([
    ['אחד שתיים 14 percent שלוש', true, ['שלוש', '14', 'percent', 'שתיים', 'אחד']],
    ['the team in תל אביב and Haifa', false, ['the', 'team', 'in', 'אביב', 'תל', 'and', 'Haifa']],
    ['רבעון (Q4), עכשיו', true, ['עכשיו', ',(Q4)', 'רבעון']],
    ['ב-14 אחוז', true, ['אחוז', '14ב-']],
  ])('of %j has its words, numbers and signs in the order on paper', (text, rightToLeft, order) => {
    expect(shown(text, rightToLeft)).toEqual(order);
  });

  it('that quotes another script keeps label and words apart', () => {
    const [label, said] = [{ rightToLeft: false }, { rightToLeft: true }];
    const words = [
      { text: 'Goal:', within: label },
      { text: 'אחד', within: said },
      { text: 'שתיים.', within: said },
    ];
    expect(visualOrder(words, false).map(({ pieces }) => pieces.join(''))).toEqual(['Goal:', 'שתיים.', 'אחד']);
  });
});

describe('the name of a file', () => {
  it.each([
    ['Negotiation & pricing', 'alignment-brief-negotiation-pricing-2026-11-23.docx'],
    ['Einwände behandeln', 'alignment-brief-einwande-behandeln-2026-11-23.docx'],
    ['../../etc/passwd', 'alignment-brief-etc-passwd-2026-11-23.docx'],
    ['مهارات', 'alignment-brief-2026-11-23.docx'],
    ['what comes before too little pipeline from existing accounts', 'alignment-brief-what-comes-before-too-little-pipeline-2026-11-23.docx'],
    ['z'.repeat(90), `alignment-brief-${'z'.repeat(40)}-2026-11-23.docx`],
  ])('for %j is %s', (topic, name) => {
    expect(fileName('alignment-brief', { topic, date: '2026-11-23', ending: 'docx' })).toBe(name);
  });
});
