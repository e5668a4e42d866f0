/* Slack's text as elements of the page. Nothing is ever put in as HTML. */

/** @param {string} tag @param {Record<string, unknown>} [given] @param {...(Node | string | undefined)} children */
export function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name === 'class') made.className = value;
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Slack's mrkdwn: mentions, links, dates, bold, italic, strike, code, quotes. `names`: people and channels by id, `tz`: of the reader. */
export function mrkdwn(text, names) {
  const made = el('p');
  for (const line of splitQuotes(text)) {
    if (line.quote) {
      const quote = el('blockquote');
      inline(line.text, names, quote);
      made.append(quote);
    } else inline(line.text, names, made);
  }
  return made;
}

function splitQuotes(text) {
  const parts = [];
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>) ?(?<rest>.*)$/.exec(line);
    const last = parts.at(-1);
    const part = { quote: quote !== null, text: quote ? quote.groups.rest : line };
    if (last && last.quote === part.quote) last.text += `\n${part.text}`;
    else parts.push(part);
  }
  return parts;
}

const marks = [
  ['`', 'code'],
  ['*', 'b'],
  ['_', 'i'],
  ['~', 's'],
];

function inline(text, names, into) {
  for (const part of text.split(/(<[^>\n]+>)/)) {
    if (/^<[^>]+>$/.test(part)) into.append(special(part.slice(1, -1), names));
    else styled(part, into);
  }
  // Bold around a mention or link spans pieces: join them by marking the whole when a mark is left open.
  joinMarks(into);
}

function styled(text, into) {
  let rest = text;
  while (rest !== '') {
    const found = marks
      .map(([mark, tag]) => ({
        mark,
        tag,
        at: new RegExp(`(?:^|[\\s(>.,:;"'])([${mark}][^\\s${mark}](?:[^${mark}\\n]*[^\\s${mark}])?[${mark}])(?![\\p{L}\\d])`, 'u').exec(rest),
      }))
      .filter((one) => one.at)
      .toSorted((one, other) => one.at.index - other.at.index)[0];
    if (!found) break;
    const start = found.at.index + found.at[0].length - found.at[1].length;
    into.append(unescaped(rest.slice(0, start)));
    const inner = found.at[1].slice(1, -1);
    const node = el(found.tag);
    if (found.tag === 'code') node.append(unescaped(inner));
    else styled(inner, node);
    into.append(node);
    rest = rest.slice(start + found.at[1].length);
  }
  if (rest !== '') into.append(unescaped(rest));
}

function joinMarks(into) {
  for (const [mark, tag] of marks.slice(1)) {
    const opens = new RegExp(`(^|\\s)[${mark}](?![\\s${mark}])[^${mark}\\n]*$`);
    const closes = new RegExp(`^[^${mark}\\n]*[${mark}](?![\\p{L}\\d])`, 'u');
    const texts = [...into.childNodes].filter((node) => node.nodeType === 3);
    const open = texts.find((node) => opens.test(node.data));
    const close = texts.find((node) => open !== undefined && node !== open && after(open, node) && closes.test(node.data));
    if (!open || !close) continue;
    const first = open.splitText(open.data.lastIndexOf(mark));
    first.data = first.data.slice(1);
    const rest = close.splitText(close.data.indexOf(mark));
    rest.data = rest.data.slice(1);
    const range = document.createRange();
    range.setStartBefore(first);
    range.setEndAfter(close);
    const wrap = el(tag);
    wrap.append(range.extractContents());
    rest.before(wrap);
  }
}

const after = (one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

function special(inside, names) {
  const [first, label] = inside.split('|');
  const id = first.slice(1);
  if (first.startsWith('@')) return el('span', { class: 'mention' }, `@${names.people.get(id) ?? id}`);
  if (first.startsWith('#')) return el('span', { class: 'mention' }, `#${names.channels.get(id) ?? label ?? id}`);
  if (first.startsWith('!date^')) return el('span', { class: 'date' }, dateText(first, label ?? '', names.tz));
  if (first.startsWith('!')) return el('span', { class: 'broadcast' }, `@${label ?? id}`);
  return el('a', { href: unescaped(first), target: '_blank', rel: 'noopener' }, unescaped(label ?? first));
}

export function dateText(first, fallback, tz) {
  const [, seconds, format] = first.split('^');
  const at = new Date(Number(seconds) * 1_000);
  if (format === undefined || Number.isNaN(at.getTime())) return fallback;
  const part = (options) => new Intl.DateTimeFormat('en-US', { timeZone: tz, ...options }).format(at);
  const forms = {
    date_num: () => new Intl.DateTimeFormat('en-CA', { timeZone: tz }).format(at),
    date: () => part({ month: 'long', day: 'numeric', year: 'numeric' }),
    date_short: () => part({ month: 'short', day: 'numeric', year: 'numeric' }),
    date_long: () => part({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
    time: () => part({ hour: 'numeric', minute: '2-digit' }),
    time_secs: () => part({ hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  };
  return format.replace(/\{(\w+)\}/g, (whole, name) => {
    const form = forms[name] ?? forms[name.replace('_pretty', '')];
    return form ? form() : whole;
  });
}

export function textObject(value, names) {
  if (value.type === 'mrkdwn') return mrkdwn(value.text, names);
  return el('p', {}, value.text);
}
