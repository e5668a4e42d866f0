import type { Mention } from '../../src/language/language.ts';

const written = /<@([\w.-]+)>|(?<![\p{L}\p{N}_.@])@(\p{L}[\p{L}\p{N}_-]*)/gu;

/** Mentions as a platform would mark them: `<@U123>` and `@Name`, but not of Plumb itself. */
export function writtenMentions(text: string): Mention[] {
  return [...text.matchAll(written)].flatMap((match) => {
    const personId = match[1] ?? match[2]?.toLowerCase() ?? '';
    return personId === 'plumb' ? [] : [{ start: match.index, end: match.index + match[0].length, personId }];
  });
}

export function mentionsPlumb(text: string): boolean {
  return /(?<![\p{L}\p{N}_.@])@plumb\b/iu.test(text);
}
