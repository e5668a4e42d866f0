import { noNames, notPossessive } from './name-parts.ts';

/** Letters that do not come apart into a plain letter and an accent. */
const struck: Readonly<Record<string, string>> = { ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', ı: 'i' };
/** What is often typed for them. */
const spelledOut: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', æ: 'ae', œ: 'oe', ß: 'ss' };

/** Scripts that put no blanks between words; names are followed by other letters there. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\s]+$/u;
/** Scripts that write "and", "to" and "of" in front of a name as part of the word. */
const prefixing = /^[\p{Script=Arabic}\p{Script=Hebrew}\s]{3,}$/u;

/**
 * How somebody's name may be written: whole, in parts, turned round, with letters spelled out. What stands in brackets or after a bar is no name
 * ("Dana (Sales)").
 */
export function formsOf(name: string): string[] {
  const bare = name
    .replace(/[([{].*?[)\]}]/g, ' ')
    .replace(/\s[|–—-]\s.*$/, ' ')
    .trim();
  const low = bare.toLowerCase().replace(/\s+/g, ' ');
  const turned = /^(.+),\s*(.+)$/.exec(low);
  const parts = low.split(/[\s,.]+/);
  // "Anna" of "Anna-Lena"; two letters of a double name are too likely a word.
  const halves = parts.filter((part) => part.includes('-')).flatMap((part) => part.split('-').filter((half) => half.length > 2));
  const named = [...parts, ...halves].filter((part) => !noNames.has(part));
  const forms = [low, ...(turned ? [`${turned[2]} ${turned[1]}`] : []), ...named].filter((form) => /\p{L}{2}/u.test(form));
  return [...new Set(forms.flatMap((form) => [form, form.replace(/[äöüåøæœß]/gu, (letter) => spelledOut[letter] ?? letter)]))];
}

/** Whole words only, accents or not, any blanks between the parts; "danas" where somebody leaves out the apostrophe. `common`: the name is also a word. */
export function patternOf(form: string, common: boolean): RegExp {
  const letters = Array.from(plain(form), (letter) => {
    if (letter === ' ') return '[\\s\\u00a0]+';
    if (/\p{L}/u.test(letter)) return `${letter}\\p{M}*`;
    // "O’Neill" and "oneill" of O'Neill; "Jean Luc" of Jean-Luc
    if (/['’ʼ`]/u.test(letter)) return "['’ʼ`]?";
    if (/[-‐‑]/u.test(letter)) return '[-‐‑\\s]?';
    return letter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }).join('');
  if (unspaced.test(form)) return new RegExp(letters, 'giu');
  const before = prefixing.test(form) ? '' : '(?<![\\p{L}\\p{N}])';
  const ending = !common && /\p{L}{3}$/u.test(form) && !notPossessive.has(`${form}s`) ? 's?' : '';
  return new RegExp(`${before}${letters}${ending}(?![\\p{L}\\p{N}])`, 'giu');
}

function plain(text: string): string {
  // Korean syllables come apart as well, and are put together again.
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
  return Array.from(bare, (letter) => struck[letter] ?? letter).join('');
}

/** The text without accents, and where each unit of it stands in the text (one more entry for its end). */
export function withoutAccents(text: string): { plain: string; at: number[] } {
  const at: number[] = [];
  let bare = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charAt(index);
    const kept = plain(unit);
    bare += kept.length === 1 ? kept : unit;
    at.push(index);
  }
  at.push(text.length);
  return { plain: bare, at };
}

/** Whether something in the texts (as `withoutAccents` gives them, in small letters) looks like the name: a quick look before the exact one. */
export function mayOccur(name: string, texts: readonly string[]): boolean {
  return formsOf(name).some((form) => {
    const [first = ''] = plain(form).split(/[\s'’ʼ`‐‑-]/);
    return texts.some((text) => text.includes(first));
  });
}
