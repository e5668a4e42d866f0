import type { Block, Json, Person } from './model.ts';
import { installFor, type State } from './state.ts';

/**
 * What Slack makes of what a person types: `@Tomas` and `#sales-leaders` become mentions, addresses become links, `& < >` are escaped, and the same is
 * given as rich text (docs.slack.dev/messaging/formatting-message-text). `raw`: the text is in Slack's own form already.
 */
export function typedText(state: State, author: Person, typed: string, raw = false): { text: string; blocks: Block[] } {
  const elements = raw ? elementsOfRaw(typed) : elementsOfTyped(state, author, typed);
  const text = raw ? typed : elements.map(textOf).join('');
  return { text, blocks: [{ type: 'rich_text', block_id: state.id('b'), elements: [{ type: 'rich_text_section', elements }] }] };
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function elementsOfTyped(state: State, author: Person, typed: string): Json[] {
  const names = namesFor(state, author);
  const elements: Json[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') elements.push({ type: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < typed.length; ) {
    const rest = typed.slice(at);
    const fresh = at === 0 || /[\s(,;:"'*_]/.test(typed[at - 1] ?? '');
    const name = fresh ? names.find(([label]) => rest.toLowerCase().startsWith(label) && !/[\p{L}\d]/u.test(rest[label.length] ?? '')) : undefined;
    const url = fresh ? /^https?:\/\/[^\s<>]+/.exec(rest)?.[0] : undefined;
    const broadcast = fresh ? /^@(channel|here|everyone)\b/.exec(rest) : null;
    if (name) {
      flush();
      elements.push(name[1]);
      at += name[0].length;
    } else if (broadcast) {
      flush();
      elements.push({ type: 'broadcast', range: broadcast[1] });
      at += broadcast[0].length;
    } else if (url !== undefined) {
      flush();
      elements.push({ type: 'link', url });
      at += url.length;
    } else {
      plain += typed[at];
      at += 1;
    }
  }
  flush();
  return elements;
}

/** What can be mentioned, longest first. */
function namesFor(state: State, author: Person): [label: string, element: Json][] {
  const names: [string, Json][] = [];
  const bot = installFor(state, author.teamId)?.botUserId;
  for (const one of state.people.values()) {
    if (one.isBot && one.id !== bot) continue;
    const element = { type: 'user', user_id: one.id };
    for (const label of new Set([one.realName, one.realName.split(' ')[0] ?? one.realName, one.name])) names.push([`@${label.toLowerCase()}`, element]);
  }
  for (const where of state.places.values())
    if (where.kind === 'channel') names.push([`#${where.name}`, { type: 'channel', channel_id: where.id, name: where.name }]);
  return names.toSorted((one, other) => other[0].length - one[0].length);
}

function textOf(element: Json): string {
  switch (element['type']) {
    case 'user':
      return `<@${String(element['user_id'])}>`;
    case 'channel':
      return `<#${String(element['channel_id'])}|${String(element['name'])}>`;
    case 'link':
      return `<${String(element['url'])}>`;
    case 'broadcast':
      return `<!${String(element['range'])}>`;
    default:
      return escaped(String(element['text']));
  }
}

function elementsOfRaw(text: string): Json[] {
  const unescaped = (part: string) => part.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return text
    .split(/(<[^>]*>)/)
    .filter((part) => part !== '')
    .map((part) => {
      const user = /^<@([UW][A-Z0-9]+)(\|[^>]*)?>$/.exec(part)?.[1];
      if (user !== undefined) return { type: 'user', user_id: user };
      const channel = /^<#(C[A-Z0-9]+)(\|[^>]*)?>$/.exec(part)?.[1];
      if (channel !== undefined) return { type: 'channel', channel_id: channel };
      const range = /^<!(channel|here|everyone)>$/.exec(part)?.[1];
      if (range !== undefined) return { type: 'broadcast', range };
      const link = /^<(https?:[^|>]+)(?:\|([^>]*))?>$/.exec(part);
      if (link) return { type: 'link', url: link[1], ...(link[2] === undefined ? {} : { text: link[2] }) };
      return { type: 'text', text: unescaped(part) };
    });
}
