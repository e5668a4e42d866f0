import type { Brief, BriefLine, Origin } from './brief.ts';
import type { PersonId, Quote } from './conversation.ts';
import type { QuestionId } from './questions.ts';
import { understoodParts } from './restated.ts';
import type { Signature, Understood } from './state.ts';

/** The parts of a brief that say something, in METHOD §10's order. */
export type StatementPart =
  | { part: 'asked-for' }
  | { part: 'understood'; what: keyof Understood }
  | { part: 'answer'; questionId: QuestionId }
  | { part: 'chain'; link: Brief['chain'][number]['link'] }
  | { part: 'action' }
  | { part: 'pilot'; what: 'group' | 'outcome' | 'until' }
  | { part: 'kpi'; what: 'name' | 'baseline' | 'target' }
  | { part: 'decision'; outcome: Brief['decisions'][number]['outcome'] }
  | { part: 'found-out' };

/**
 * One statement of a brief with its evidence: whose words, when and in which message; `origin` is absent only where no text says whose they are any more.
 * `written`: into a form or a card. `confirmedBy`: who has signed it as it stands.
 */
export type Statement = StatementPart & { quote: Quote; origin?: Origin; written?: true; reason?: Quote; confirmedBy: readonly PersonId[] };

/** Every stretch of somebody's words that a brief shows. `originOf` says whose words a text is, for what the request told. */
export function statementsOf(brief: Brief, originOf: (textId: string) => Origin | undefined = () => undefined): Statement[] {
  const signatures = brief.signOff.flatMap((side) => side.signatures);
  const said = (of: StatementPart, quote: Quote, origin: Origin | undefined, more: Pick<Statement, 'written' | 'reason'> = {}): Statement => ({
    ...of,
    quote,
    ...(origin && { origin: { by: origin.by, at: origin.at, messageRef: origin.messageRef } }),
    ...more,
    confirmedBy: origin ? confirmedBy(signatures, origin) : [],
  });
  const line = (one: BriefLine): Statement => said({ part: 'answer', questionId: one.questionId }, one.quote, one, changed(one));
  const { askedFor, pilot, focusPoint } = brief;
  const lines = brief.factors.flatMap(({ questions }) => questions.flatMap((question) => question.lines));
  const known = (quote: Quote) => requestOf(brief, quote) ?? lines.find((one) => one.quote.textId === quote.textId) ?? originOf(quote.textId);
  const found = focusPoint?.settled;
  return [
    ...(askedFor ? [said({ part: 'asked-for' }, askedFor.quote, askedFor)] : []),
    ...understoodParts.flatMap((what) => {
      const quote = brief.understood[what];
      const anew = brief.restated?.find(({ part }) => part === what);
      return quote ? [said({ part: 'understood', what }, quote, anew ?? known(quote), anew && changed(anew))] : [];
    }),
    ...lines.map(line),
    ...brief.chain.flatMap(({ link, heard }) => heard.map((one) => said({ part: 'chain', link }, one.quote, one))),
    ...brief.actions.map((one) => said({ part: 'action' }, one.text, { ...one, messageRef: one.text.textId }, { written: true })),
    ...(['group', 'outcome', 'until'] as const).flatMap((what) => (pilot?.[what] ? [said({ part: 'pilot', what }, pilot[what], pilot)] : [])),
    ...brief.kpis.flatMap((kpi) =>
      (['name', 'baseline', 'target'] as const).flatMap((what) => (kpi[what] ? [said({ part: 'kpi', what }, kpi[what], known(kpi[what]) ?? kpi)] : [])),
    ),
    ...brief.decisions.flatMap(({ outcome, words, by, at, messageRef }) =>
      words ? [said({ part: 'decision', outcome }, words, { by, at, messageRef: messageRef ?? words.textId })] : [],
    ),
    ...(found?.words ? [said({ part: 'found-out' }, found.words, { ...found, messageRef: found.words.textId }, { written: true })] : []),
  ];
}

function changed({ source, reason }: Pick<BriefLine, 'source' | 'reason'>): Pick<Statement, 'written' | 'reason'> {
  return { ...(source === 'form' && { written: true }), ...(reason && { reason }) };
}

function requestOf({ askedFor }: Brief, quote: Quote): Origin | undefined {
  return askedFor?.quote.textId === quote.textId ? askedFor : undefined;
}

/** Who has put their name to it since it was said. */
function confirmedBy(signatures: readonly Signature[], { at }: Origin): PersonId[] {
  return [...new Set(signatures.filter((signature) => signature.at >= at).map(({ by }) => by))];
}
