import { competenciesIn, currentLevelIn, type HeardLine, type Level } from './chain.ts';
import type { Decision, Pilot } from './coaching-state.ts';
import type { PersonId, Quote } from './conversation.ts';
import type { ChangeAction } from './fitness-state.ts';
import { currentKpis, gives } from './kpis.ts';
import { type GivenPoint, givenPoints } from './open-points.ts';
import {
  type Answer,
  type AnswerStatus,
  currentAnswers,
  type FactorId,
  factorIds,
  factorOf,
  type Kpi,
  type NamedPerson,
  type QuestionId,
  questionIds,
  statusOf,
  type WeeklyTime,
} from './questions.ts';
import { restatedIn } from './restated.ts';
import type { BriefAudience, RestatedPart, Signature, StartedAlignment, Understood } from './state.ts';

/** Where a statement comes from: who said it, when, and in which message. */
export type Origin = { by: PersonId; at: number; messageRef: string };

/** One statement of the brief: somebody's own words. */
export type BriefLine = {
  questionId: QuestionId;
  quote: Quote;
  status: 'clear' | 'thin';
  people: readonly NamedPerson[];
  /** Written into a form or a card, and so by nobody else; otherwise read out of a message. */
  source: Answer['source'];
  /** Why it was changed, where its author said so. */
  reason?: Quote;
  /** Corrects a part of the lines before it. */
  amends?: true;
} & Origin;

/**
 * A link of the alignment chain (METHOD §3); with neither lines nor what was heard it is missing, and shown as missing. `level`: of `current-level` only,
 * where it is known.
 */
export type ChainLink = {
  link: 'objective' | 'outcomes' | 'competencies' | 'current-level' | 'measurement';
  lines: readonly BriefLine[];
  heard: readonly HeardLine[];
  level?: Level;
};

/** Something that was decided of the focus, in the words of whoever decided. */
export type BriefDecision = Pick<Decision, 'outcome' | 'by' | 'at' | 'words' | 'messageRef' | 'about' | 'evidence'>;
/** The first group, once it is agreed. */
export type BriefPilot = Pick<Extract<Pilot, { status: 'agreed' }>, 'group' | 'outcome' | 'until'> & Origin;
export type BriefKpi = Kpi & Origin;

/** What is not clear: `open` was never spoken of. `who` said so, or was asked and has not answered. `given`: who finds it out, and until when. */
export type OpenPoint = { questionId: QuestionId; reason: Exclude<AnswerStatus, 'clear'> | 'open'; who?: PersonId; given?: GivenPoint };

/** A signature that is there, or the one that is not yet. The business side is signed by the requester or the owner. */
export type SignOff = { side: 'business' | 'partner'; signatures: readonly Signature[] };

/** The alignment brief (METHOD §10), from what the twelve answers give. It holds references to people's words only, never text of its own. */
export type Brief = {
  alignmentId: string;
  version: number;
  requester: PersonId;
  understood: Understood;
  /** What of it was said anew since, by whom and why. */
  restated?: readonly RestatedPart[];
  askedFor?: { quote: Quote } & Origin;
  about: readonly BriefLine[];
  chain: readonly ChainLink[];
  decisions: readonly BriefDecision[];
  /** Absent until a first group is agreed. */
  pilot?: BriefPilot;
  /** What else must change, besides training (METHOD §6): what is due now first, then the strongest for their cost. */
  actions: readonly ChangeAction[];
  factors: readonly { factor: FactorId; questions: readonly { questionId: QuestionId; lines: readonly BriefLine[] }[] }[];
  kpis: readonly BriefKpi[];
  weekly: readonly ({ when: WeeklyTime } & Origin)[];
  openPoints: readonly OpenPoint[];
  /** Who finds out what the focus waits for, where somebody does. */
  focusPoint?: GivenPoint;
  /** The objective on file that it fitted when it was signed, in the words it had then; absent in a draft. */
  fits?: string;
  signOff: readonly SignOff[];
  /** L&D partners who work on this: whose signature is waited for. */
  partners: readonly PersonId[];
  audience: BriefAudience;
};

/** The brief as the state stands now: the draft under review, the signed one, or what would be written at this moment. */
export function buildBrief(state: StartedAlignment): Brief {
  const lines = (id: QuestionId) => linesOf(state, id);
  const given = givenPoints(state);
  const focusPoint = given.find(({ point }) => point === 'focus');
  return {
    alignmentId: state.id,
    version: versionOf(state),
    requester: state.requester,
    understood: state.understood,
    ...restatedIn(state),
    ...(state.request && {
      askedFor: { quote: state.request, by: state.requester, at: state.openedAt, messageRef: state.requestMessage ?? state.request.textId },
    }),
    about: [...lines('driver'), ...lines('contribution')],
    chain: chainOf(state),
    decisions: (state.coaching?.decisions ?? []).map(decisionOf),
    ...pilotOf(state.coaching?.pilot),
    actions: inOrder(state.fitness?.actions ?? []),
    factors: factorIds.map((factor) => ({
      factor,
      questions: questionIds.filter((id) => factorOf[id] === factor).map((questionId) => ({ questionId, lines: lines(questionId) })),
    })),
    kpis: currentKpis(state.answers).map(({ kpi, answer }) => ({ ...kpi, ...originOf(answer) })),
    weekly: weeklyTimes(state),
    openPoints: questionIds.flatMap((id) => openPoint(state, id, given)),
    ...(focusPoint && { focusPoint }),
    signOff: signOffOf(state),
    partners: state.partners.map((partner) => partner.personId),
    audience: state.audience,
    ...fitOf(state),
  };
}

/** What is due now first; within a phase what moves most for the least. */
function inOrder(actions: readonly ChangeAction[]): ChangeAction[] {
  const phases = ['now', 'next', 'later'];
  const worth = ({ impact, cost }: ChangeAction) => impact - cost;
  return actions.toSorted((one, other) => phases.indexOf(one.phase) - phases.indexOf(other.phase) || worth(other) - worth(one));
}

/** That it fits none, or pulls against one, is for L&D partners alone, and stands in no brief. */
function fitOf({ status, signedContent }: StartedAlignment): Pick<Brief, 'fits'> {
  const fit = signedContent?.fit;
  const isSigned = status === 'aligned' || status === 'closed';
  return isSigned && fit?.kind === 'fits' && fit.objective !== undefined ? { fits: fit.objective } : {};
}

/** The brief as it was signed last, which a later draft is held against; undefined before the first signature. */
export function signedBrief(state: StartedAlignment): Brief | undefined {
  if (!state.signedContent) return undefined;
  const { understood, answers, agreed } = state.signedContent;
  const { pilot, ...brief } = buildBrief({ ...state, understood, answers });
  if (!agreed) return { ...brief, ...(pilot && { pilot }) };
  return { ...brief, decisions: agreed.decisions.map(decisionOf), ...pilotOf(agreed.pilot), actions: inOrder(agreed.actions) };
}

function chainOf(state: StartedAlignment): ChainLink[] {
  const answered = (link: ChainLink['link'], id: QuestionId): ChainLink => ({ link, lines: linesOf(state, id), heard: [] });
  const { level, skill, execution } = currentLevelIn(state);
  return [
    answered('objective', 'driver'),
    answered('outcomes', 'contribution'),
    { link: 'competencies', lines: [], heard: competenciesIn(state) },
    { link: 'current-level', lines: [], heard: [...skill, ...execution], ...(level && { level }) },
    answered('measurement', 'leading-kpis'),
  ];
}

function decisionOf({ outcome, by, at, words, messageRef, about, evidence }: Decision): BriefDecision {
  return { outcome, by, at, about, evidence, ...(words && { words }), ...(messageRef !== undefined && { messageRef }) };
}

function pilotOf(pilot: Pilot | undefined): { pilot?: BriefPilot } {
  if (pilot?.status !== 'agreed') return {};
  const { group, outcome, until, by, at, messageRef } = pilot;
  return { pilot: { group, by, at, messageRef, ...(outcome && { outcome }), ...(until && { until }) } };
}

function versionOf(state: StartedAlignment): number {
  if (state.status === 'reviewing') return state.review.version;
  return state.status === 'aligned' || state.status === 'closed' ? state.signedVersion : state.draftVersion + 1;
}

type SaidAnswer = Answer & { status: 'clear' | 'thin' };

function said(state: StartedAlignment, id: QuestionId): SaidAnswer[] {
  return currentAnswers(state.answers, id).filter((answer): answer is SaidAnswer => answer.status === 'clear' || answer.status === 'thin');
}

function linesOf(state: StartedAlignment, id: QuestionId): BriefLine[] {
  const lines = notPutRight(state, id).flatMap((answer): BriefLine[] => {
    if (!answer.text) return [];
    const amends = answer.effect === 'amends' && { amends: true as const };
    const { text: quote, status, source, reason, facts } = answer;
    return [{ questionId: id, quote, status, people: facts?.people ?? [], source, ...(reason && { reason }), ...amends, ...originOf(answer) }];
  });
  // What takes the place of all before it corrects nothing that can still be read.
  return lines.map(({ amends, ...line }, at) => (amends && at > 0 ? { ...line, amends } : line));
}

/** The times that were named for the call: of each person the last, which what they add to it completes. */
function weeklyTimes(state: StartedAlignment): Brief['weekly'] {
  const named = said(state, 'weekly-call').flatMap((answer) => (answer.facts?.when ? [{ when: answer.facts.when, ...originOf(answer) }] : []));
  return named.filter(({ by }, at) => !named.slice(at + 1).some((later) => later.by === by));
}

/** Without words about KPIs of which every figure was put right since: the correction stands in their place. */
function notPutRight(state: StartedAlignment, id: QuestionId): SaidAnswer[] {
  const all = said(state, id);
  if (id !== 'leading-kpis') return all;
  const kpis = currentKpis(state.answers).map(({ kpi }) => kpi);
  return all.filter(({ text, facts }, at) => {
    const isPutRight = facts?.kpis?.length && all.slice(at + 1).some((later) => later.facts?.kpis?.some(({ corrects }) => corrects));
    return !isPutRight || (text !== undefined && gives(text, kpis));
  });
}

function originOf(answer: Answer): Origin {
  return { by: answer.by, at: answer.at, messageRef: answer.messageRef };
}

function openPoint(state: StartedAlignment, questionId: QuestionId, all: readonly GivenPoint[]): OpenPoint[] {
  const reason = statusOf(state.answers, questionId);
  if (reason === 'clear') return [];
  const last = currentAnswers(state.answers, questionId).at(-1);
  const who = last?.delegatedTo?.personId ?? last?.by;
  const given = all.find(({ point }) => point === questionId);
  return [{ questionId, reason, ...(who !== undefined && { who }), ...(given && { given }) }];
}

function signOffOf(state: StartedAlignment): SignOff[] {
  return signOffBy(signaturesOf(state));
}

/** Signatures by the side that they stand for. */
export function signOffBy(signatures: readonly Signature[]): SignOff[] {
  return [
    { side: 'business', signatures: signatures.filter((signature) => signature.as !== 'partner') },
    { side: 'partner', signatures: signatures.filter((signature) => signature.as === 'partner') },
  ];
}

function signaturesOf(state: StartedAlignment): readonly Signature[] {
  if (state.status === 'reviewing') return state.review.signatures;
  if (state.status === 'paused') return state.review?.signatures ?? [];
  return state.status === 'aligned' || state.status === 'closed' ? state.signatures : [];
}

/** As long as somebody notes one thing after the other (milliseconds). */
const oneSitting = 60 * 60_000;

/** Who said something and when, once for each sitting, by its last word: for what stands in a table, without a place for its author. */
export function originsOf(said: readonly Pick<Origin, 'by' | 'at'>[]): Pick<Origin, 'by' | 'at'>[] {
  const kept: Pick<Origin, 'by' | 'at'>[] = [];
  for (const { by, at } of said.toSorted((one, other) => one.at - other.at)) {
    const before = kept.findIndex((other) => other.by === by && at - other.at < oneSitting);
    kept.splice(before === -1 ? kept.length : before, 1, { by, at });
  }
  return kept;
}

/** What was said on one question. */
export type SaidOn = { questionId: QuestionId; lines: readonly BriefLine[] };

/**
 * What a brief says under one factor: without what METHOD §10 gives a part of its own, for the same words twice make a brief long, not clear. Reinforcement
 * is such a part as a whole.
 */
export function standsUnder(brief: Brief, factor: FactorId): SaidOn[] {
  const { questions = [] } = brief.factors.find((each) => each.factor === factor) ?? {};
  const own: readonly QuestionId[] = ['driver', 'contribution', 'weekly-call', ...(brief.kpis.length > 0 ? (['data-source'] as const) : [])];
  return questions.flatMap(({ questionId, lines }): SaidOn[] => {
    if (own.includes(questionId)) return [];
    const shown = questionId === 'leading-kpis' && brief.kpis.length > 0 ? lines.filter((line) => isLeftOut(brief, line)) : lines;
    return shown.length === 0 ? [] : [{ questionId, lines: shown }];
  });
}

/** What gave the table no name and no figure, such as a bare correction ("10, not 8") would be lost otherwise. */
function isLeftOut({ kpis }: Brief, line: BriefLine): boolean {
  return !gives(line.quote, kpis);
}

/** The statements of one question. */
export function briefLines(brief: Brief, questionId: QuestionId): readonly BriefLine[] {
  return brief.factors.flatMap(({ questions }) => questions.filter((question) => question.questionId === questionId)).flatMap((question) => question.lines);
}
