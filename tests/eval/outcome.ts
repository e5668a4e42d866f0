import { textIdsIn } from '../../src/app/text-ids.ts';
import { briefToMarkdown, type DocumentContext } from '../../src/documents/markdown.ts';
import { type Brief, buildBrief } from '../../src/domain/brief.ts';
import type { Quote } from '../../src/domain/conversation.ts';
import { type AnswerStatus, currentAnswers, type QuestionId, questionIds, statusOf } from '../../src/domain/questions.ts';
import type { StartedAlignment } from '../../src/domain/state.ts';
import { type OpenStage, prompts } from '../app/conversation/stage.ts';
import type { DialogueLine } from './formats.ts';

/** `by`: whose answer counts; `others` gave a part of it, too. `turns`: where its words were said. */
export type FinalAnswer = { text: string; status: AnswerStatus; by: string; others?: readonly string[]; turns: readonly number[] };
export type Outcome = {
  status: StartedAlignment['status'] | 'nothing';
  answers: Partial<Record<QuestionId, FinalAnswer>>;
  taken: Readonly<Record<number, readonly QuestionId[]>>;
  /** Null where there is none to write: nothing was started, or it was taken back. `text` is the document as it would be exported. */
  brief: (Brief & { text: string }) | null;
};

/** How the conversation stands: what counts now as the answer to each question, and the brief as it would be written at this moment. */
export async function outcomeOf(scene: OpenStage, people: DialogueLine['people'], turnOf: TurnOf): Promise<Outcome> {
  const state = await scene.alignment();
  if (!state) return { status: 'nothing', answers: {}, taken: {}, brief: null };
  const texts = await scene.store().texts.load([...textIdsIn(state)]);
  const quote = ({ textId, start, end }: Quote) => texts.get(textId)?.body.slice(start, end);
  const answers = Object.fromEntries(questionIds.flatMap((id) => finalAnswer(state, id, quote, turnOf)));
  const isGivenUp = state.status === 'suggested' || state.status === 'declined' || state.status === 'withdrawn';
  return { status: state.status, answers, taken: takenIn(state, turnOf), brief: isGivenUp ? null : briefOf(state, quote, people) };
}

type Words = (quote: Quote) => string | undefined;
/** Message reference → turn. */
type TurnOf = ReadonlyMap<string, number>;

function finalAnswer(state: StartedAlignment, id: QuestionId, quote: Words, turnOf: TurnOf): [QuestionId, FinalAnswer][] {
  const status = statusOf(state.answers, id);
  const current = currentAnswers(state.answers, id);
  const [first] = current;
  if (status === 'open' || !first) return [];
  const others = new Set(current.map(({ by }) => by).filter((by) => by !== first.by));
  const turns = [...new Set(current.flatMap(({ messageRef }) => turnOf.get(messageRef) ?? []))];
  const text = current.flatMap((answer) => (answer.text ? (quote(answer.text) ?? '') : [])).join(' / ');
  return [[id, { text, status, by: first.by, ...(others.size > 0 && { others: [...others] }), turns }]];
}

function takenIn(state: StartedAlignment, turnOf: TurnOf): Outcome['taken'] {
  const taken: Record<number, QuestionId[]> = {};
  for (const id of questionIds) {
    for (const { status, messageRef } of state.answers[id] ?? []) {
      const turn = turnOf.get(messageRef);
      if (turn === undefined || (status !== 'clear' && status !== 'thin')) continue;
      taken[turn] = [...new Set([...(taken[turn] ?? []), id])];
    }
  }
  return taken;
}

function briefOf(state: StartedAlignment, quote: Words, people: DialogueLine['people']): Outcome['brief'] {
  const brief = buildBrief(state);
  const ctx: DocumentContext = {
    ...prompts,
    quote,
    name: (id) => people.find((person) => person.id === id)?.name ?? id,
    time: (at) => new Date(at).toISOString().slice(0, 16),
  };
  return { ...brief, text: briefToMarkdown(brief, ctx) };
}
