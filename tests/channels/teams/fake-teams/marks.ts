import { isObject, type Json } from './model.ts';

/** The text of an activity without marks. */
export function plainText(activity: Json): string {
  const { text } = activity;
  return typeof text === 'string' ? text.replaceAll(/<\/?at>/g, '').trim() : '';
}

/** All words of a card, one piece a line: for assertions. */
export function wordsOf(value: unknown): string {
  const found: string[] = [];
  const collect = (one: unknown): void => {
    if (Array.isArray(one)) for (const each of one) collect(each);
    else if (isObject(one)) {
      for (const key of ['text', 'title', 'value', 'label', 'placeholder']) {
        const words = one[key];
        if (typeof words === 'string' && one['type'] !== 'mention') found.push(words.replaceAll(/<\/?at>/g, ''));
      }
      for (const key of ['body', 'items', 'columns', 'facts', 'rows', 'cells', 'inlines', 'choices', 'actions', 'images']) collect(one[key]);
    }
  };
  collect(value);
  return found.join('\n');
}
