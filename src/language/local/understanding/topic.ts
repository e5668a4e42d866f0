import type { Span } from '../../language.ts';
import { lacked, taught } from './lacked.ts';
import { afterOffer, beforeOffer } from './offered.ts';
import { type Found, isMatter, isOfAudience, phrase, type Told, trailing } from './phrase.ts';
import { labels, manners, offers, skillsByFirst, topicLabels } from './topic-words.ts';
import { glue, isFigure, setOf, stretch, textAt, type Word } from './words.ts';

const joining = setOf('and, &, +');
const newPeople = setOf(`
  year, years, hire, hires, joiner, joiners, starter, starters, rep, reps, people, team, manager, managers, office, colleague, colleagues, role, sellers, staff, guys, lot, ones, faces, recruits, intake
`);

/** What it is about, in the words of a message. `who` is the stretch that names the audience: its words are not taken for a topic. */
export function topicIn(words: readonly Word[], who: Span | undefined, names: readonly (readonly string[])[] = []): Span | undefined {
  const told = { words, who };
  let best: { span: Span; score: number } | undefined;
  const propose = (found: Found) => {
    if (!found || (best && found.score <= best.score)) return;
    const span = stretch(words, beginningOf(words, found.from), found.to);
    if (span && !(who && span.start >= who.start && span.end <= who.end)) best = { span, score: found.score };
  };
  for (let at = 0; at < words.length; at += 1) {
    propose(ownName(words, at, names));
    propose(labelled(told, at));
    propose(beforeOffer(told, at));
    propose(afterOffer(told, at));
    propose(taught(told, at));
    propose(lacked(told, at));
    propose(knownSkill(words, at));
    propose(heading(told, at));
    propose(novelty(told, at));
    propose(fragment(told, at));
  }
  return best?.span;
}

/** "Time management" begins with a word that elsewhere is no part of any topic: a name that everybody knows is taken whole. */
function beginningOf(words: readonly Word[], from: number): number {
  const before = words[from]?.gap === 'none' ? from - 1 : from;
  const isName = (skillsByFirst.get(textAt(words, before)) ?? []).some(
    (parts) => parts.length > 1 && parts.every((part, index) => textAt(words, before + index) === part),
  );
  return isName ? before : from;
}

/** A skill or a product by the name that its tenant gives it. */
function ownName(words: readonly Word[], at: number, names: readonly (readonly string[])[]): Found {
  const name = names.find((parts) => parts.length > 0 && parts.every((part, index) => textAt(words, at + index) === part));
  return name && { from: at, to: at + name.length - 1, score: 9 };
}

/** "Topic: crane signalling", "topic being how to get commitment", "theme - storytelling". */
function labelled(told: Told, at: number): Found {
  const { words } = told;
  const text = textAt(words, at);
  const plain = topicLabels.has(text);
  if (!plain && !labels.has(text)) return undefined;
  const next = words[at + 1];
  if (next?.gap === 'colon') {
    if (!plain && at > 0 && words[at]?.gap !== 'stop') return undefined;
    return phrase(told, at + 1, plain ? 10 : text === 'subject' ? 3 : 6, true);
  }
  if (!plain || !next) return undefined;
  if (/^(?:being|is|would|=)$/.test(next.text)) return phrase(told, at + (next.text === 'would' ? 3 : 2), 10, true);
  return (next.gap === 'none' || next.gap === 'stop') && !glue.has(next.text) ? phrase(told, at + 1, next.gap === 'none' ? 7 : 5, true) : undefined;
}

/** A skill that everybody has a name for, wherever it stands. */
function knownSkill(words: readonly Word[], at: number): Found {
  const text = textAt(words, at);
  const first = text.split('-', 1)[0] ?? text;
  for (const parts of skillsByFirst.get(first) ?? []) {
    if (parts.join('-') === text) return { from: at, to: at, score: 3.2 };
    if (parts.every((part, index) => textAt(words, at + index) === part))
      return { from: at, to: paired(words, at + parts.length - 1), score: 3 + Math.min(parts.length, 3) * 0.2 };
  }
  return undefined;
}

/** "Discovery and closing": two skills that are named together. */
function paired(words: readonly Word[], at: number): number {
  const next = words[at + 1];
  const also = words[at + 2];
  return next?.gap === 'none' && joining.has(next.text) && also?.gap === 'none' && skillsByFirst.has(also.text) ? at + 2 : at;
}

/** "Storytelling for presales pls?", "branch managers: difficult conversations": the message names it and little else. */
function heading(told: Told, at: number): Found {
  const { words, who } = told;
  if (at > 0 && who && words[at]?.gap === 'colon' && words[at - 1]?.end === who.end) return phrase(told, at, 3.6, false);
  if (at !== 0 && words[at]?.gap !== 'stop') return undefined;
  if (glue.has(textAt(words, at)) && textAt(words, at) !== 'how') return undefined;
  const found = phrase(told, at, 2.9, false);
  if (!found || found.to - found.from > 3) return undefined;
  let next = found.to + 1;
  while (next < found.to + 3 && (trailing.has(textAt(words, next)) || isFigure(textAt(words, next)))) next += 1;
  return textAt(words, next) === 'for' && words[next]?.gap === 'none' ? found : undefined;
}

/** "They have been moved to the new calendar software": what is new is what has to be learned, where nothing else is named. */
function novelty(told: Told, at: number): Found {
  const { words } = told;
  if (textAt(words, at) !== 'new' || words[at + 1]?.gap !== 'none' || newPeople.has(textAt(words, at + 1))) return undefined;
  const found = phrase(told, at + 1, 1.8, false);
  if (!found || newPeople.has(textAt(words, Math.min(found.to, at + 3)))) return undefined;
  return { ...found, from: at, to: Math.min(found.to, at + 4) };
}

/** "Lads, farm safety. Reps walk into yards": a few words that stand alone, where nothing else is named. */
function fragment(told: Told, at: number): Found {
  const { words } = told;
  const first = words[at];
  if (!first || (at > 0 && first.gap === 'none')) return undefined;
  let to = at;
  while (words[to + 1]?.gap === 'none' && to - at < 5) to += 1;
  const next = words[to + 1];
  if (!next || to - at > 3 || to === at) return undefined;
  for (let index = at; index <= to; index += 1) {
    const text = textAt(words, index);
    if (!isMatter(words, index) || text.endsWith('ed') || manners.has(text) || isOfAudience(told, index)) return undefined;
  }
  if (first.gap === 'comma' && offers.has(textAt(words, at - 1))) return { from: at, to, score: 2 };
  return next.gap === 'stop' ? { from: at, to, score: 1 } : undefined;
}
