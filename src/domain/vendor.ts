import { type Brief, briefLines } from './brief.ts';
import type { PersonId, Quote } from './conversation.ts';
import { isFormer } from './former.ts';
import type { QuestionId } from './questions.ts';
import type { StartedAlignment } from './state.ts';
import { type VendorPoint, vendorPoints } from './vendor-answer.ts';
import type { Cleaned, LeftOut } from './vendor-words.ts';
import type { VendorWriting } from './vendor-writing.ts';

/** What a vendor may learn of a brief (METHOD §10), line by line: whoever sends it chooses among these, and nothing else is in it. */
export const vendorLineIds = [
  'contribution',
  'kpis',
  'definition',
  'audience',
  'pilot',
  'deadline',
  'context',
  'reinforcement',
  'driver',
  'competencies',
  'baselines',
  'manager-role',
  'format',
] as const;
export type VendorLineId = (typeof vendorLineIds)[number];

/** Findings and plans of the house: they go out only where whoever sends it wants them to. */
const internal: ReadonlySet<VendorLineId> = new Set<VendorLineId>(['driver', 'competencies', 'baselines', 'manager-role', 'format']);

/** `kept`: whether it goes out unless somebody says otherwise. */
export type VendorLine = { id: VendorLineId; texts: readonly string[]; kept: boolean };
export type VendorKpi = { name: string; baseline?: string; target?: string };

/** Everything that may go to a vendor, with names and money taken out of it already. */
export type VendorOffer = {
  /** What it is about: the focus that was agreed. */
  topic: string;
  lines: readonly VendorLine[];
  kpis: readonly VendorKpi[];
  /** What is left for later, as far as the brief says so: what was asked for before the focus changed. */
  scope: readonly string[];
  left: LeftOut;
};

/** `words`: of a quote, undefined where they were erased. `topic`: what the brief is about, in people's words. */
export type VendorReader = { words(quote: Quote): string | undefined; clean(text: string): Cleaned; topic: string };

/** What of the signed brief may go to a vendor. Never in it: owner, budget, decisions, findings of the fitness check, who said what. */
export function vendorOffer(brief: Brief, state: Pick<StartedAlignment, 'coaching'>, { words, clean, topic }: VendorReader): VendorOffer {
  const left = { names: 0, amounts: 0, contacts: 0, clauses: 0 };
  const read = (text: string): string => {
    const cleaned = clean(text);
    for (const kind of ['names', 'amounts', 'contacts', 'clauses'] as const) left[kind] += cleaned.left[kind];
    return cleaned.text;
  };
  const textsOf = (quotes: readonly (Quote | undefined)[]) => {
    const texts = quotes.flatMap((quote) => (quote ? [words(quote)?.trim() ?? ''] : []));
    return [...new Set(texts.filter((text) => text !== '').map(read))].filter((text) => /[\p{L}\p{N}]/u.test(text));
  };
  const answered = (id: QuestionId) => textsOf(briefLines(brief, id).map(({ quote }) => quote));
  const kpis = brief.kpis.flatMap(({ name, baseline, target }): VendorKpi[] => {
    const [[named], [today], [aim]] = [textsOf([name]), textsOf([baseline]), textsOf([target])];
    return named === undefined ? [] : [{ name: named, ...(today !== undefined && { baseline: today }), ...(aim !== undefined && { target: aim }) }];
  });
  const texts: Readonly<Record<VendorLineId, readonly string[]>> = {
    contribution: answered('contribution'),
    kpis: kpis.map(({ name, target }) => [name, ...(target === undefined ? [] : [target])].join(': ')),
    definition: textsOf([definitionIn(state)]),
    audience: textsOf([brief.understood.audience]).map(withoutWhose),
    pilot: textsOf([brief.pilot?.group, brief.pilot?.outcome, brief.pilot?.until]),
    deadline: textsOf([brief.understood.deadline]),
    context: answered('context'),
    reinforcement: answered('reinforcement'),
    driver: answered('driver'),
    competencies: textsOf(brief.chain.flatMap(({ link, heard }) => (link === 'competencies' ? heard.map(({ quote }) => quote) : []))),
    baselines: kpis.flatMap(({ name, baseline }) => (baseline === undefined ? [] : [`${name}: ${baseline}`])),
    'manager-role': answered('manager-role'),
    format: textsOf([brief.understood.format]),
  };
  return {
    topic: read(topic),
    lines: vendorLineIds.flatMap((id) => (texts[id].length === 0 ? [] : [{ id, texts: texts[id], kept: !internal.has(id) }])),
    kpis,
    scope: textsOf(leftForLater(brief)),
    left,
  };
}

/** "My 80 account managers" are 80 account managers to a vendor. */
function withoutWhose(text: string): string {
  return text.replace(/^(?:my|our)\s+(?=\S)/iu, '');
}

/** What the topic means to those who asked: what was said when somebody asked for it. */
function definitionIn({ coaching }: Pick<StartedAlignment, 'coaching'>): Quote | undefined {
  const prompt = coaching?.prompts.find(({ trigger, status }) => trigger === 'fuzzy-topic' && status === 'asked');
  return prompt?.answer?.quote;
}

/** What a vendor's answer is held against: each point that the brief speaks of, in its words. Where to meet next needs no words of the brief. */
export function pointsToHold(
  brief: Brief,
  state: Pick<StartedAlignment, 'coaching' | 'vendorWritings'>,
  words: VendorReader['words'],
  topic: string,
): { point: VendorPoint; texts: readonly string[] }[] {
  const textsOf = (quotes: readonly (Quote | undefined)[]) =>
    quotes.flatMap((quote) => (quote ? [words(quote)?.trim() ?? ''] : [])).filter((text) => text !== '');
  const answered = (id: QuestionId) => textsOf(briefLines(brief, id).map(({ quote }) => quote));
  const outcome = answered('contribution');
  const texts: Readonly<Record<VendorPoint, readonly string[]>> = {
    outcome: outcome.length > 0 ? outcome : answered('driver'),
    definition: [topic, ...textsOf([definitionIn(state)])],
    audience: textsOf([brief.understood.audience]),
    pilot: textsOf([brief.pilot?.group, brief.pilot?.outcome, brief.pilot?.until]),
    kpi: brief.kpis.flatMap(({ name, target }) => textsOf([name]).map((named) => [named, ...textsOf([target])].join(': '))),
    reinforcement: answered('reinforcement'),
    // What they wrote to the vendor counts, also where they took out what Plumb had put there.
    scope: textsOf(lastWriting(state)?.scope ?? leftForLater(brief)),
    'next-step': [],
  };
  return vendorPoints.flatMap((point) => (texts[point].length > 0 || point === 'next-step' ? [{ point, texts: texts[point] }] : []));
}

/** What was asked for before the focus changed. */
function leftForLater({ decisions, understood }: Brief): (Quote | undefined)[] {
  return decisions.at(-1)?.outcome === 'changed' ? [understood.topic] : [];
}

/** What the form begins with: what that person wrote last, and what is not part of it as whoever wrote last said it. */
export type VendorWrittenBefore = { own?: VendorWriting; scope?: readonly Quote[] };

/** What was written to a vendor before, as far as it is this person's to read. */
export function writtenBefore(state: Pick<StartedAlignment, 'vendorWritings'>, personId: PersonId): VendorWrittenBefore {
  const own = state.vendorWritings?.find(({ by }) => by === personId);
  const scope = (own ?? lastWriting(state))?.scope;
  return { ...(own && { own }), ...(scope && { scope }) };
}

/** Of somebody who asked to be forgotten nothing is left that could be read. */
function lastWriting({ vendorWritings = [] }: Pick<StartedAlignment, 'vendorWritings'>): VendorWriting | undefined {
  return vendorWritings.findLast(({ by }) => !isFormer(by));
}

/** What whoever sends it adds: in their own words, and none of it is taken out. */
export type VendorSending = {
  lines: ReadonlySet<VendorLineId>;
  scope: readonly string[];
  joins: string;
  time: string;
  contact: string;
  reach: string;
};

/** Which lines go out, and only those. */
export function chosenLines({ lines }: VendorOffer, { lines: chosen }: Pick<VendorSending, 'lines'>): readonly VendorLine[] {
  return lines.filter(({ id }) => chosen.has(id));
}
