import { type QuestionId, questionIds } from '../../src/domain/questions.ts';
import { type ContradictionFigures, contradictionFigures, type PromptFigures, promptFigures } from './coach-figures.ts';
import { eachLine } from './each-line.ts';
import type { Engine } from './engine.ts';
import { type Figure, hitsOf, percentiles, precisionRecall, share, sumHits } from './figures.ts';
import type { DialogueLine } from './formats.ts';
import { says } from './keywords.ts';
import { type PlayedDialogue, playDialogue } from './play-dialogue.ts';
import type { Line } from './read-lines.ts';

export type DialogueOutcome = { line: DialogueLine; played: PlayedDialogue; ms: number };
export type DialogueReport = {
  n: number;
  answers_f1: Figure;
  answers_precision: Figure;
  answers_recall: Figure;
  turns_placed: Figure;
  turns_taken_otherwise: Figure;
  prompts: PromptFigures;
  contradictions: ContradictionFigures;
  posts_at_channel_level: number;
  openings: Record<PlayedDialogue['opening']['how'], number>;
  in_step: Figure;
  brief: { must_say: Figure; must_not_say: Figure; agreed_focus: Figure };
  faults: number;
  ms: { p50: Figure; p99: Figure };
};

export async function playAll(engine: Engine, lines: readonly Line<DialogueLine>[], asTyped: boolean): Promise<DialogueOutcome[]> {
  return eachLine(lines, engine.atOnce, async ({ value: line }) => {
    const startedAt = performance.now();
    const played = await playDialogue(engine.language, line, { asTyped });
    return { line, played, ms: performance.now() - startedAt };
  });
}

/** docs/language.md defines each figure. */
export function dialogueReport(outcomes: readonly DialogueOutcome[]): DialogueReport {
  const answers = precisionRecall(sumHits(outcomes.flatMap(({ line, played }) => (line.expect.answers ? [hitsOf(answeredIn(played), expectedIn(line))] : []))));
  const inStep = outcomes.map(({ played }) => played.inStep);
  return {
    n: outcomes.length,
    answers_f1: answers.f1,
    answers_precision: answers.precision,
    answers_recall: answers.recall,
    ...turnFigures(outcomes),
    prompts: promptFigures(outcomes),
    contradictions: contradictionFigures(outcomes),
    posts_at_channel_level: outcomes.flatMap(({ played }) => played.posts).filter(({ audience, edits }) => audience === 'channel' && !edits).length,
    openings: openingsOf(outcomes),
    in_step: share(sum(inStep.map(({ right }) => right)), sum(inStep.map(({ of }) => of))),
    brief: briefFigures(outcomes),
    faults: sum(outcomes.map(({ played }) => played.faults.length)),
    ms: percentiles(outcomes.map(({ ms }) => ms)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function answeredIn({ answers }: Pick<PlayedDialogue, 'answers'>): Set<QuestionId> {
  return new Set(questionIds.filter((id) => answers[id]?.status === 'clear' || answers[id]?.status === 'thin'));
}

function expectedIn({ expect }: DialogueLine): Set<QuestionId> {
  return new Set(questionIds.filter((id) => typeof expect.answers?.[id] === 'string'));
}

/** Whether what was said in reply to a question was taken for it, and how much of what replies to none was taken as an answer. */
function turnFigures(outcomes: readonly DialogueOutcome[]): Pick<DialogueReport, 'turns_placed' | 'turns_taken_otherwise'> {
  const turns = outcomes.flatMap(({ line, played }) =>
    line.turns.flatMap(({ replyTo }, at) => (at > played.opening.turn ? [{ replyTo, line, taken: played.taken[at] ?? [] }] : [])),
  );
  const replies = turns.flatMap(({ replyTo, line, taken }) => (replyTo && typeof line.expect.answers?.[replyTo] === 'string' ? [taken.includes(replyTo)] : []));
  const others = turns.filter(({ replyTo }) => replyTo === undefined);
  return {
    turns_placed: share(replies.filter(Boolean).length, replies.length),
    turns_taken_otherwise: share(others.filter(({ taken }) => taken.length > 0).length, others.length),
  };
}

function openingsOf(outcomes: readonly DialogueOutcome[]): DialogueReport['openings'] {
  const openings = { addressed: 0, heard: 0, 'accepted the suggestion': 0, 'mentioned Plumb': 0 };
  for (const { played } of outcomes) openings[played.opening.how] += 1;
  return openings;
}

// What should be said counts as said from this share of its key words on; what must not be said has to be there nearly word for word.
const saidFrom = 0.6;
const wronglySaidFrom = 0.85;

type BriefCheck = { sentence: string; said: boolean };
export type BriefChecks = { mustSay: BriefCheck[]; mustNotSay: BriefCheck[]; focus: BriefCheck[] };

/** Loosely, by key words: whether the brief says what it must, and what it must not. A dialogue that leads to no brief says nothing. */
export function checkBrief({ expect }: DialogueLine, { brief }: Pick<PlayedDialogue, 'brief'>): BriefChecks {
  const text = brief?.text ?? '';
  const checks = (sentences: readonly string[], part: number) => sentences.map((sentence) => ({ sentence, said: says(text, sentence, part) }));
  return {
    mustSay: checks(expect.briefMustSay ?? [], saidFrom),
    mustNotSay: checks(expect.briefMustNotSay ?? [], wronglySaidFrom),
    focus: checks(expect.agreedFocus ? [expect.agreedFocus] : [], saidFrom),
  };
}

function briefFigures(outcomes: readonly DialogueOutcome[]): DialogueReport['brief'] {
  const checks = outcomes.map(({ line, played }) => checkBrief(line, played));
  const said = (of: readonly BriefCheck[]): Figure => share(of.filter((check) => check.said).length, of.length);
  return {
    must_say: said(checks.flatMap(({ mustSay }) => mustSay)),
    must_not_say: said(checks.flatMap(({ mustNotSay }) => mustNotSay)),
    agreed_focus: said(checks.flatMap(({ focus }) => focus)),
  };
}

export function dialogueMisses(outcomes: readonly DialogueOutcome[]): { severity: number; text: string }[] {
  return outcomes.flatMap(({ line, played }) => {
    const [answered, expected] = [answeredIn(played), expectedIn(line)];
    const missing = line.expect.answers ? [...expected.difference(answered)] : [];
    const extra = line.expect.answers ? [...answered.difference(expected)] : [];
    const { mustSay, mustNotSay } = checkBrief(line, played);
    const unsaid = mustSay.filter(({ said }) => !said).map(({ sentence }) => sentence);
    const wrong = mustNotSay.filter(({ said }) => said).map(({ sentence }) => sentence);
    const { falsely, missed, unexpected } = coachMisses(line, played);
    const severity = 5 * played.faults.length + 4 * falsely.length + 2 * extra.length + missing.length + wrong.length + missed.length + unexpected.length;
    if (severity === 0) return [];
    const notes = [
      `opened at turn ${played.opening.turn}: ${played.opening.how}; ended ${played.status}`,
      ...missing.map((id) => `not answered: ${id} (${line.expect.answers?.[id]}), stands as ${played.answers[id]?.status ?? 'open'}`),
      ...extra.map((id) => `answered although it was not: ${id}, with "${played.answers[id]?.text}" by ${played.answers[id]?.by}`),
      ...(unsaid.length > 0 ? [`brief does not say: ${unsaid.join(' | ')}`] : []),
      ...(wrong.length > 0 ? [`brief says: ${wrong.join(' | ')}`] : []),
      ...falsely.map(({ turn, evidence }) => `challenged at turn ${turn} although nothing is wrong, because of "${evidence}"`),
      ...missed.map((what) => `no prompt or challenge came: ${what}`),
      ...unexpected.map(({ trigger, turn, evidence }) => `prompt that was not expected: ${trigger} at turn ${turn}, because of "${evidence}"`),
      ...played.faults.map((fault) => `fault: ${fault}`),
    ];
    return [{ severity, text: `${line.id} (${line.title ?? ''})\n  ${notes.join('\n  ')}` }];
  });
}

function coachMisses({ expect }: DialogueLine, { livePrompts, challenges, decisions }: PlayedDialogue) {
  const found = [...challenges, ...decisions];
  const expected = expect.livePromptsExpected;
  const shown = new Set(livePrompts.map(({ trigger }) => trigger));
  return {
    falsely: expect.contradictions?.length === 0 ? found : [],
    missed: [
      ...(expected ?? []).filter((trigger) => !shown.has(trigger)),
      ...(expect.contradictions?.length && found.length === 0 ? ['a challenge of the contradiction'] : []),
    ],
    unexpected: expected ? livePrompts.filter(({ trigger }) => !expected.includes(trigger)) : [],
  };
}
