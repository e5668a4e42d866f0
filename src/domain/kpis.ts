import type { Quote } from './conversation.ts';
import { type Answer, type Answers, currentAnswers, type Kpi } from './questions.ts';

/** The KPIs that count now, each with the answer that it comes from. One that corrects another takes its place and keeps what it does not say. */
export function currentKpis(answers: Answers): { kpi: Kpi; answer: Answer }[] {
  let found: { kpi: Kpi; answer: Answer }[] = [];
  for (const answer of currentAnswers(answers, 'leading-kpis')) {
    if (answer.status !== 'clear' && answer.status !== 'thin') continue;
    for (const kpi of answer.facts?.kpis ?? []) {
      const earlier = found.find((one) => kpi.corrects && (isSameName(one.kpi.name, kpi.corrects) || isSameName(one.kpi.corrects, kpi.corrects)));
      // The first name stays the one that all later ones go back to: readings are kept under it.
      const merged = { kpi: earlier ? { ...earlier.kpi, ...kpi, corrects: earlier.kpi.corrects ?? earlier.kpi.name } : kpi, answer };
      found = earlier ? found.map((one) => (one === earlier ? merged : one)) : [...found, merged];
    }
  }
  return found;
}

/**
 * Names a KPI in readings and on cards (short, letters and digits only): the same for one whose name or figures were put right later. FNV-1a over where its
 * first name stands, since such places are long.
 */
export function kpiKey({ name, corrects }: Pick<Kpi, 'name' | 'corrects'>): string {
  const { textId, start } = corrects ?? name;
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(`${textId}:${start}`)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return `k${hash.toString(36)}`;
}

/** Whether a figure or a name of these KPIs stands in that stretch of words. */
export function gives(words: Quote, kpis: readonly Kpi[]): boolean {
  const within = (quote: Quote | undefined) => quote?.textId === words.textId && quote.start >= words.start && quote.end <= words.end;
  return kpis.some(({ name, baseline, target }) => within(name) || within(baseline) || within(target));
}

function isSameName(one: Quote | undefined, other: Quote): boolean {
  return one !== undefined && one.textId === other.textId && one.start === other.start;
}
