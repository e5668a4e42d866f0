import type { Quote } from './conversation.ts';
import { type Answer, type Answers, currentAnswers, type Kpi } from './questions.ts';

/** The KPIs that count now, each with the answer that it comes from. One that corrects another takes its place and keeps what it does not say. */
export function currentKpis(answers: Answers): { kpi: Kpi; answer: Answer }[] {
  let found: { kpi: Kpi; answer: Answer }[] = [];
  for (const answer of currentAnswers(answers, 'leading-kpis')) {
    if (answer.status !== 'clear' && answer.status !== 'thin') continue;
    for (const kpi of answer.facts?.kpis ?? []) {
      const earlier = found.find((one) => kpi.corrects && isSameName(one.kpi.name, kpi.corrects));
      const merged = { kpi: earlier ? { ...earlier.kpi, ...kpi } : kpi, answer };
      found = earlier ? found.map((one) => (one === earlier ? merged : one)) : [...found, merged];
    }
  }
  return found;
}

function isSameName(one: Quote, other: Quote): boolean {
  return one.textId === other.textId && one.start === other.start;
}
