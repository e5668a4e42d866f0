import { type Brief, type BriefDecision, type BriefKpi, type BriefLine, type BriefPilot, briefLines } from './brief.ts';
import type { PersonId, Quote } from './conversation.ts';
import type { ChangeAction } from './fitness-state.ts';
import { kpiKey } from './kpis.ts';
import { type QuestionId, questionIds } from './questions.ts';
import { understoodParts } from './restated.ts';
import type { Understood } from './state.ts';
import { sameQuote } from './status-report.ts';

export type BriefChange = { questionId: QuestionId; was: readonly BriefLine[]; is: readonly BriefLine[] };
/** `by` and `reason`: of whoever said it anew; absent where the request itself tells something else. */
export type UnderstoodChange = { part: keyof Understood; was?: Quote; is?: Quote; by?: PersonId; reason?: Quote };
/** A KPI whose figures are others than before; what is the same is absent. */
export type KpiChange = { kpi: BriefKpi; baseline?: { was?: Quote; is: Quote }; target?: { was?: Quote; is: Quote } };
/** `kpis`: whose figures were put right. `decisions` and `actions` are those that came since; `pilot` is another one than before. Absent where nothing of the kind differs. */
export type BriefDifference = {
  understood: readonly UnderstoodChange[];
  answers: readonly BriefChange[];
  kpis?: readonly KpiChange[];
  decisions?: readonly BriefDecision[];
  pilot?: BriefPilot;
  actions?: readonly ChangeAction[];
};

/** What differs between two versions. The same words by the same person are the same, whenever they were taken. */
export function differenceOf(before: Brief, after: Brief): BriefDifference {
  return {
    understood: understoodParts.flatMap((part): UnderstoodChange[] => {
      const [was, is] = [before.understood[part], after.understood[part]];
      if (sameQuote(was, is)) return [];
      const { by, reason } = after.restated?.find((one) => one.part === part) ?? {};
      return [{ part, ...(was && { was }), ...(is && { is }), ...(by !== undefined && { by }), ...(reason && { reason }) }];
    }),
    answers: questionIds.flatMap((questionId) => {
      const [was, is] = [briefLines(before, questionId), briefLines(after, questionId)];
      const same = was.length === is.length && was.every((line, at) => sameLine(line, is[at]));
      return same ? [] : [{ questionId, was, is }];
    }),
    ...kpisSince(before, after),
    ...coachedSince(before, after),
  };
}

function kpisSince(before: Brief, after: Brief): Pick<BriefDifference, 'kpis'> {
  const kpis = after.kpis.flatMap((kpi): KpiChange[] => {
    const was = before.kpis.find((known) => kpiKey(known) === kpiKey(kpi));
    const figure = (as: 'baseline' | 'target') => {
      const is = kpi[as];
      return was && is && !sameQuote(was[as], is) ? { [as]: { ...(was[as] && { was: was[as] }), is } } : {};
    };
    const figures = { ...figure('baseline'), ...figure('target') };
    return Object.keys(figures).length === 0 ? [] : [{ kpi, ...figures }];
  });
  return kpis.length > 0 ? { kpis } : {};
}

function coachedSince(before: Brief, after: Brief): Pick<BriefDifference, 'decisions' | 'pilot' | 'actions'> {
  const decisions = after.decisions.filter(({ at }) => !before.decisions.some((known) => known.at === at));
  const actions = after.actions.filter(({ id, at }) => !before.actions.some((known) => known.id === id && known.at === at));
  const isNewPilot = after.pilot !== undefined && !sameQuote(before.pilot?.group, after.pilot.group);
  return { ...(decisions.length > 0 && { decisions }), ...(after.pilot && isNewPilot && { pilot: after.pilot }), ...(actions.length > 0 && { actions }) };
}

function sameLine(one: BriefLine, other: BriefLine | undefined): boolean {
  const peopleOf = (line: BriefLine | undefined) => line?.people.map((person) => person.personId ?? '').join(' ');
  return sameQuote(one.quote, other?.quote) && one.by === other?.by && one.status === other?.status && peopleOf(one) === peopleOf(other);
}
