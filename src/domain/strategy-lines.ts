/** One line of a pasted text, without what only marked it as an item of a list. `indent`: in characters, a tab counts as four. */
export type PastedLine = { indent: number; marker: 'number' | 'bullet' | 'none'; text: string; cells?: readonly string[] };

const tabWidth = 4;
// Longer than any objective with all it needs: what is cut off could not be kept anyway.
const longestLine = 4_000;
// Line ends of every system, and those that word processors use within a paragraph.
const lineEnd = /\r\n?|[\n\v\f\u0085\u2028\u2029]/;
// Invisible: other control characters, zero-width ones, and those that change the direction of what follows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const invisible = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const number = /^(?:\(?\d{1,3}[.):](?!\d)|\(?[a-z]\)|#\d{1,3}\b[.:)]?|(?:objective|goal|priority|pillar|o)\s?#?\d{1,3}\s*[.:)–—-])\s*/i;
const bullet = /^(?:[-*+•‣⁃◦▪▫●○■□◆◇►▶➢➤→✓✔·–—]|\[[ x]?\]|o(?=\t))[\s\u00a0]*/i;
const ruler = /^[\s|:=_*-]*$/;

/** The lines of a pasted text that may say something: without what belongs to an e-mail, blank lines and rulers. */
export function pastedLines(pasted: string): PastedLine[] {
  const lines = pasted
    .replace(invisible, '')
    .split(lineEnd)
    .map((line) => line.slice(0, longestLine));
  return withoutMail(lines.map((line) => line.replace(/^\s*(?:>\s?)+/, ''))).flatMap((line) => (ruler.test(line) ? [] : [lineOf(line)]));
}

function lineOf(raw: string): PastedLine {
  const indent = [...(/^[\s\u00a0]*/.exec(raw)?.[0] ?? '')].reduce((sum, character) => sum + (character === '\t' ? tabWidth : 1), 0);
  const line = raw.trim();
  const cells = cellsOf(line);
  if (cells) return { indent, marker: 'none', text: cells.join(' '), cells };
  const unquoted = line.replace(/^#{1,6}\s+/, '');
  const numbered = number.exec(unquoted)?.[0];
  if (numbered !== undefined) return { indent, marker: 'number', text: plain(unquoted.slice(numbered.length)) };
  // A dash that belongs to a number ("-5 %") or emphasis ("**Growth**") marks no item.
  const bulleted = /^(?:[-–—]\d|\*\*|__)/.test(unquoted) ? undefined : bullet.exec(unquoted)?.[0];
  // Items that are ticked off, and items that are numbered after their bullet.
  const rest =
    bulleted === undefined
      ? unquoted
      : unquoted
          .slice(bulleted.length)
          .replace(/^\[[ x]?\]\s*/i, '')
          .replace(number, '');
  return { indent, marker: bulleted === undefined ? 'none' : 'bullet', text: plain(rest) };
}

/** A row of a table: Markdown's, or what a spreadsheet copies. */
function cellsOf(line: string): string[] | undefined {
  const isMarkdown = /^\|.*\|/.test(line) || /\S\s\|\s\S/.test(line);
  if (!isMarkdown && !/\S\t+\S/.test(line)) return undefined;
  // Bullets of word processors are followed by a tab.
  if (!isMarkdown && /^(?:\S|\d{1,3}[.)])\t[^\t]+$/.test(line)) return undefined;
  const row = isMarkdown ? line.replace(/^\||\|$/g, '').split(/(?<!\\)\|/) : line.split('\t');
  return row.map((cell) => plain(cell.replaceAll('\\|', '|').trim().replace(bullet, '')));
}

/** Without emphasis around words, and on one line. */
function plain(text: string): string {
  return text
    .replace(/(\*\*|__|~~)(?=\S)(.*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_`])(?=\S)([^*_`]*\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/[\s\u00a0]+/gu, ' ')
    .trim();
}

const mailHeader = /^\s*\**(?:from|to|cc|bcc|sent|date|subject|reply-to|von|an|betreff|gesendet)\**:\s/i;
const greeting = /^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|team|all|everyone|folks)\b[^.!?%\d]{0,40}[,!:–-]?\s*$/i;
const farewell =
  /^\s*(?:(?:many |best |kind |warm |with best |with kind )?(?:regards|wishes|thanks)|thank you|cheers|sincerely(?: yours)?|yours(?: \w+)?|best|br|kr|vg|lg)\s*(?:all|everyone|again|in advance|so much|team)?\s*[,.!]?\s*$/i;
const mailNoise =
  /^\s*(?:sent from my\b|let me know\b|happy to\b|looking forward\b|(?:any )?questions\?|get outlook\b|-{2,} ?(?:original message|forwarded message)|on .{5,80} wrote:|_{5,}|confidential(?:ity)?\b.{0,40}notice)/i;
const signature = /^-- ?$/;

/** Heads, greetings and what follows a farewell, which is a name and an address. */
function withoutMail(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let afterFarewell = false;
  for (const line of lines) {
    // An item of a list after a farewell belongs to what was pasted below the mail.
    if (farewell.test(line) || signature.test(line)) afterFarewell = true;
    else if (mailHeader.test(line)) afterFarewell = false;
    else if (!mailNoise.test(line) && !greeting.test(line) && (!afterFarewell || isItem(line))) {
      afterFarewell = false;
      kept.push(line);
    }
  }
  return kept;
}

function isItem(line: string): boolean {
  const text = line.trim();
  return number.test(text) || /^[-*•|]\s?\S/.test(text);
}
