import { noNames } from './name-parts.ts';
import { withoutAccents } from './name-patterns.ts';

/** Two or three capitals that mean something else far more often than somebody. Data. */
const abbreviations: ReadonlySet<string> = new Set(
  (
    'AB AE AI AM AP AR BA BD BI BP BU CA CC CD CE CI CRM CS CSM CSR CTA CX DC DE DM EA EMEA EQ ER ES EU EX FAQ FR FY GM GPS HQ HR IC ID IP IT JV KA KAM KPI ' +
    'LD LMS LT MBA MD ME ML MQL MRR MS NA NB NPS OK OKR OS PA PC PE PM PMO PO POC PR PS QA RFP ROI RM RSM SAP SDR SE SI SLA SM SME SMB SQL SVP TA TCO TM TV UAT ' +
    'UI UK UN US USA UX VC VIP VP WIP'
  ).split(' '),
);

const honorific =
  '(?:さん|様|さま|氏|先生|部長|課長|社長|係長|君|くん|ちゃん|总|总监|经理|先生|女士|小姐|老师|主任|總|經理|씨|님|(?:부장|과장|대리|팀장|사장|이사|차장|선생)님?)';
const eastern = '\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hangul}ー';

/** "Mori-san" and 森さん name somebody whoever it is; 皆さん and お客様 do not. */
export const politely =
  /(?<![\p{L}\p{N}])\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?[-‐‑]?\s?(?<=[-‐‑\s])(?:san|sama|sensei|kun|chan)(?![\p{L}\p{N}])|(?<![\p{Script=Han}\p{Script=Katakana}ー])(?![客皆奥父母兄姉神同多仕模異王娘業何](?:さん|様))[\p{Script=Han}\p{Script=Katakana}ー]{1,6}(?:さん|様)/gu;

/**
 * How people are named shortly: "D.W.", "DW", "D. Whitfield", "Dana W.", 森さん. For text as `withoutAccents` gives it, capitals as they are: in small letters
 * these would be words.
 */
export function patternOfShortNames(names: readonly string[]): RegExp {
  const forms = [...new Set(names.flatMap((name) => shortNames(name.replace(/^@/, ''))))];
  // One pattern for everybody: there may be hundreds of people around. Without anybody it matches nothing.
  return new RegExp(forms.join('|') || '(?!)', 'gu');
}

function shortNames(name: string): string[] {
  // What stands in brackets may be the name as it is written at home.
  const [bare = '', ...bracketed] = name.split(/[([{)\]}]/).map((part) => part.trim());
  return [...westernShort(bare), ...[bare, ...bracketed].flatMap(easternShort)];
}

function westernShort(name: string): string[] {
  const turned = /^(.+),\s*(.+)$/.exec(name);
  const { plain } = withoutAccents(turned ? `${turned[2]} ${turned[1]}` : name.replace(/\s[|–—-]\s.*$/, ''));
  const parts = plain.split(/[\s.,]+/).filter((part) => /^\p{Lu}[\p{L}'’-]*$/u.test(part) && !noNames.has(part.toLowerCase()));
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || parts.length < 2) return [];
  const letters = parts.flatMap((part) => part.split('-').map(initialOf));
  const ends = [initialOf(first), initialOf(last)];
  const together = [...new Set([letters.join(''), ends.join('')])].filter((initials) => !abbreviations.has(initials));
  return [
    whole(`${initialOf(first)}(?:\\.\\s?|\\s)${last.replace(/['’ʼ]/gu, "['’ʼ]?")}${end}`),
    ...[letters, ends].map((initials) => whole(`${initials.join('\\.[\\s-]?')}(?:\\.|${end})`)),
    ...together.map((initials) => whole(`${initials}${end}`)),
    whole(`${first}\\s${initialOf(last)}(?:\\.|${end})`),
  ];
}

/** A family name of one letter is a word by itself; with how somebody is addressed it is a name. */
function easternShort(name: string): string[] {
  if (!new RegExp(`^[${eastern}\\s]+$`, 'u').test(name)) return [];
  const parts = name.split(/\s+/).filter((part) => part !== '');
  // 王小明, 김민수: written together, the family name comes first.
  const [, family, given] = (parts.length === 1 && /^(.)(.{1,3})$/u.exec(name)) || [];
  const known = [...parts, ...(family === undefined ? [] : [family]), parts.join('')];
  const alone = [parts.join(''), ...(given !== undefined && [...given].length > 1 ? [given] : [])].filter((part) => [...part].length > 1);
  return [...known.map((part) => `(?:[小老])?${part}\\s?${honorific}`), ...alone];
}

// "O’Neill" does not end after its O, "DW’s" does after DW.
const end = "(?![\\p{L}\\p{N}]|['’]\\p{L}{2})";

function initialOf(part: string): string {
  return [...part][0] ?? '';
}

function whole(pattern: string): string {
  return `(?<![\\p{L}\\p{N}.])${pattern}`;
}
