import type { Json, Person, Place } from './model.ts';
import { membersOf, type State } from './state.ts';

/**
 * What somebody types, as Teams sends it: `@Plumb`, `@Full Name` and `@handle` of members become mentions; what would be a mark is escaped. `html` is the
 * same as Teams shows it, which comes along as an attachment.
 */
export function typedText(state: State, where: Place, typed: string): Json {
  const names = namesIn(state, where);
  const entities: Json[] = [];
  const pattern = new RegExp(`@(${names.map(({ written }) => written.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?![\\w-])`, 'gi');
  const mark = (whole: string, written: string): string => {
    const meant = names.find((one) => one.written.toLowerCase() === written.toLowerCase());
    if (!meant) return whole;
    const text = `<at>${meant.name}</at>`;
    entities.push({ type: 'mention', mentioned: { id: meant.id, name: meant.name }, text });
    return text;
  };
  const text = escaped(typed).replace(pattern, mark);
  return { text, entities, attachments: [{ contentType: 'text/html', content: asHtml(text) }] };
}

type Named = { written: string; name: string; id: string };

function namesIn(state: State, where: Place): Named[] {
  const people: Person[] = membersOf(state, where);
  const all = [
    { written: state.app.name, name: state.app.name, id: state.botId },
    ...people.flatMap(({ name, handle, accountId }) => [
      { written: name, name, id: accountId },
      { written: handle, name, id: accountId },
    ]),
  ];
  return all.toSorted((one, other) => other.written.length - one.written.length);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How a message looks in Teams' own HTML: mentions are spans that are counted. */
export function asHtml(text: string): string {
  let count = -1;
  const marked = text.replaceAll(/<at>(.*?)<\/at>/g, (_, name: string) => {
    count += 1;
    return `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="${count}">${name}</span>`;
  });
  return marked
    .split('\n')
    .map((line) => `<p>${line === '' ? '&nbsp;' : line}</p>`)
    .join('\n');
}
