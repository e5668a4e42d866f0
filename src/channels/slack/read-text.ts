import type { PersonId } from '../../domain/conversation.ts';
import type { Mention } from '../../language/language.ts';

/** A text as people see it; `mentions` are the stretches of it that name somebody, sign and name. */
export type ReadText = { text: string; mentions: readonly Mention[] };

/** How somebody is shown in a text that mentions them. */
export type NameOf = (personId: PersonId) => string;

/** How Plumb itself is shown, whatever the app is called in a workspace: the language engines know it by this name. */
export const ownName = 'Plumb';

// Whatever stands between angle brackets is Slack's own markup: what people type is escaped (docs: formatting message text).
const markup = /<([^<>]*)>/g;
const escaped = /&(amp|lt|gt);/g;

/**
 * Slack's message text as people see it: names instead of ids, labels instead of addresses, the three escaped signs as they were typed. What people
 * wrote to style it (`*bold*`) stays. Takes time in proportion to the text, whatever it holds.
 */
export function readText(raw: string, nameOf: NameOf): ReadText {
  // Nearly all chatter ends here.
  if (!raw.includes('<') && !raw.includes('&')) return { text: raw, mentions: [] };
  const mentions: Mention[] = [];
  let text = '';
  let read = 0;
  for (const found of raw.matchAll(markup)) {
    text += typed(raw.slice(read, found.index));
    read = found.index + found[0].length;
    const { shown, personId } = show(found[1] ?? '', nameOf);
    if (personId !== undefined) mentions.push({ start: text.length, end: text.length + shown.length, personId });
    text += shown;
  }
  return { text: text + typed(raw.slice(read)), mentions };
}

/** Whether Slack's message text mentions somebody. */
export function mentionsPerson(raw: string, personId: PersonId): boolean {
  return raw.includes(`<@${personId}>`) || raw.includes(`<@${personId}|`);
}

/** The same text with other names behind its mentions. All spans move along. */
export function nameMentions({ text, mentions }: ReadText, nameOf: NameOf): ReadText {
  const named: Mention[] = [];
  let out = '';
  let read = 0;
  for (const mention of [...mentions].sort((one, other) => one.start - other.start)) {
    if (mention.start < read || mention.end > text.length || mention.end <= mention.start) continue;
    out += text.slice(read, mention.start);
    read = mention.end;
    const shown = `@${nameOf(mention.personId)}`;
    named.push({ ...mention, start: out.length, end: out.length + shown.length });
    out += shown;
  }
  return { text: out + text.slice(read), mentions: named };
}

function show(inside: string, nameOf: NameOf): { shown: string; personId?: PersonId } {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : typed(inside.slice(bar + 1));
  switch (target[0]) {
    case '@': {
      const personId = target.slice(1);
      return personId === '' ? { shown: `@${label}` } : { shown: `@${nameOf(personId)}`, personId };
    }
    case '#':
      return { shown: `#${label || target.slice(1)}` };
    case '!':
      return { shown: showSpecial(target.slice(1), label) };
    default:
      return { shown: label || typed(target).replace(/^(?:mailto|tel):/, '') };
  }
}

/** `here`, `channel`, `everyone`, `subteam^S1` and `date^…`; others are shown by their label. */
function showSpecial(target: string, label: string): string {
  const [kind = '', about = ''] = target.split('^', 2);
  switch (kind) {
    case 'here':
    case 'channel':
    case 'everyone':
      return `@${kind}`;
    case 'subteam':
      return label ? `@${label.replace(/^@/, '')}` : `@${about}`;
    default:
      return label;
  }
}

/** Once and not again: `&amp;lt;` is what somebody typed as `&lt;`. */
function typed(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(escaped, (_found, sign: string) => (sign === 'amp' ? '&' : sign === 'lt' ? '<' : '>'));
}
