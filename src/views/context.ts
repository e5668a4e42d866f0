import type { PersonId, Quote } from '../domain/conversation.ts';
import type { QuestionId } from '../domain/questions.ts';
import type { Understood } from '../domain/state.ts';
import type { Prompts } from '../prompts.ts';
import type { Text, TextPart } from './card.ts';
import { shorten } from './text.ts';

/** What every view needs besides the state. */
export type ViewContext = Prompts & {
  /** The words of a quote; undefined when they were erased. */
  quote(quote: Quote): string | undefined;
  person(id: PersonId): TextPart;
  placeName(place: string): string;
  /** What people write there without mentioning Plumb does not reach it. */
  onlyMentions?: true;
  /** It goes on in a group chat that has no threads, or did before it went on privately. */
  inGroupChat?: true;
};

// Long enough to recognise one's own words, short enough for one line on a phone.
const shortQuote = 90;

/** Somebody's words in full, or that they were removed. */
export function wordsOf(ctx: ViewContext, quote: Quote): string {
  const words = ctx.quote(quote)?.trim();
  return words || ctx.words.plain('common.removed');
}

/** Somebody's words in full; undefined where they were removed, for a sentence that can do without them. */
export function wordsKept(ctx: ViewContext, quote: Quote | undefined): string | undefined {
  return (quote && ctx.quote(quote)?.trim()) || undefined;
}

/** Somebody's words on one line, in quotation marks; removed words are said to be removed. */
export function quoted(ctx: ViewContext, quote: Quote): Text {
  const words = ctx.quote(quote)?.trim();
  return words ? ctx.words.say('common.quoted', { words: shorten(words, shortQuote) }) : ctx.words.say('common.removed');
}

/** The same with nothing cut: for what somebody is asked to sign. */
export function quotedWhole(ctx: ViewContext, quote: Quote): Text {
  const words = ctx.quote(quote)?.trim();
  return words ? ctx.words.say('common.quoted', { words }) : ctx.words.say('common.removed');
}

/** What the request is about, on one line; a neutral word when that is not known or was removed. */
export function topicOf(ctx: ViewContext, understood: Understood): string {
  const words = understood.topic && ctx.quote(understood.topic)?.trim();
  return words ? shorten(words, shortQuote) : ctx.words.plain('common.unknown-topic');
}

/** A cause that the coach knows, or that admins added. */
export function knownCause({ knowledge }: Pick<ViewContext, 'knowledge'>, { cause }: { cause?: string }) {
  return knowledge.symptoms.flatMap(({ causes }) => causes).find(({ id }) => id === cause);
}

/** "Dana, Tom and Priya". */
export function listed(ctx: ViewContext, items: readonly Text[]): Text {
  const separator = (at: number): Text => {
    if (at === 0) return '';
    return ctx.words.plain(at === items.length - 1 ? 'common.and' : 'common.comma');
  };
  return items.flatMap((item, at) => [separator(at), item].flat()).filter((part) => part !== '');
}

export function people(ctx: ViewContext, ids: readonly PersonId[]): Text {
  return ids.length === 0
    ? ctx.words.say('common.nobody')
    : listed(
        ctx,
        ids.map(ctx.person).map((part) => [part]),
      );
}

/** A label in the middle of a sentence. */
export function inLine(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

export function labels(ctx: ViewContext, ids: readonly QuestionId[]): Text {
  return listed(
    ctx,
    ids.map((id) => inLine(ctx.questions[id].label)),
  );
}
