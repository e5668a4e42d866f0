import { asWords } from './as-words.ts';

// Nobody sees it, and what it parts no longer means anything together.
const apart = '\u200b';

/**
 * Text as text where Teams reads its part of Markdown. Two readers must take it so: CommonMark on the desktop and the web, and the apps for phones, which
 * take a backslash away only before the marks of emphasis and links and show any other one (microsoft/Teams-AdaptiveCards-Mobile, MarkDownBlockParser). So
 * only those marks get one; everything else is parted.
 */
export function escapeMarkdown(text: string): string {
  return (
    parted(text)
      .replace(/[*_[\]]/g, '\\$&')
      .replaceAll('`', 'ˋ')
      .replace(/~(?=~|$)/g, `~${apart}`)
      .replace(/^(?=[ \t]*(?:[-+>#=|:]|\d+[.)])| {4}| {0,3}\t)/gm, apart)
      // A single line break is only a space (Microsoft Learn: "Format cards in Teams", Newlines for Adaptive Cards).
      .replace(/\n+/g, '\n\n')
  );
}

/** What means something to Teams wherever it stands: mentions, entities, addresses, functions, and backslashes of their own. */
function parted(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      .replace(/\\(?=[^a-z0-9 ]|$)/gi, `\\${apart}`)
      // `<at>` is a mention, and `<https://…>` a link.
      .replace(/<(?=[a-z/!?]|$)/gi, `<${apart}`)
      .replace(/&(?=#?\w+;|$)/g, `&${apart}`)
      .replace(/\{(?=\{|$)/g, `{${apart}`)
      // A bare address would become a link on its own accord.
      .replace(/(https?|mailto|ftp|tel):(?=\S|$)/gi, `$1:${apart}`)
  );
}

/** `{{DATE(…)}}` and `{{TIME(…)}}` are functions of Adaptive Cards in any text; written by a person they are only characters. */
export function disarmFunctions(text: string): string {
  return text.replace(/\{(?=\{)/g, `{${apart}`);
}

/** A name as it may stand between `<at>` and `</at>`, where nothing can be escaped. */
export function nameInMention(name: string): string {
  const bare = asWords(name)
    .replace(/[<>&*_[\]`~\\{}#|]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return bare || '…';
}
