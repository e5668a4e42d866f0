import type { By, Command } from '../domain/command.ts';
import { isAnswered, type QuestionId, questionIds } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Language } from '../language/language.ts';
import type { ReadText } from './burst.ts';
import { givenAnswers } from './given-answers.ts';
import { cueCommands } from './hear-cues.ts';
import { peopleAround } from './people-around.ts';
import { sideOf } from './standing.ts';
import type { Turn } from './turn.ts';

/** `heard`: what helps to coach, in the words of whoever asked for the training. */
export type WrittenAnswer = { answer: Command; heard: readonly Command[] };

/** An answer typed into a field: it is known which question it is for; the language only says how good it is and what is in it. */
export async function writtenAnswer(
  language: Language,
  turn: Turn,
  state: StartedAlignment,
  by: By,
  { questionId, text, source }: { questionId: QuestionId; text: string; source: 'form' | 'said' },
): Promise<WrittenAnswer> {
  // Acts are unique in their workspace, texts among all of them.
  const textId = `${turn.tenant}:${by.act}:${questionId}`;
  const reading = await language.readReply(
    {
      text,
      tenant: turn.tenantLanguage,
      around: peopleAround(turn, state.conversation.place, ...(state.audience.kind === 'channel' ? [state.audience.place] : [])),
    },
    {
      asked: questionId,
      field: true,
      side: sideOf(state, turn.settings, by.by),
      followUp: false,
      answered: questionIds.filter((id) => isAnswered(state.answers, id)),
      addressed: true,
      mentions: [],
      people: [],
    },
  );
  const read = reading.answers.find((answer) => answer.questionId === questionId);
  if (!read && reading.acts.includes('dont-know')) return { answer: { type: 'SayUnknown', ...by, questionId, messageRef: textId }, heard: [] };
  turn.texts.set(textId, { textId, messageRef: textId, author: by.by, body: text, at: turn.now });
  const whole = { start: 0, end: text.length };
  const from: ReadText = {
    text,
    mentions: [],
    addressed: true,
    parts: [{ textId, messageRef: textId, ...whole }],
    author: by.by,
    tenant: turn.tenant,
    place: state.conversation.place,
    directory: turn.channel.directory,
  };
  const answer = { questionId, text, span: whole, confidence: 1, thin: read?.thin ?? true };
  const answers = await givenAnswers(from, [answer], reading.entities);
  // What others type is for whoever asked them, and not for a challenge in front of all.
  const heard = by.by === state.requester ? cueCommands(turn, state, from, reading, by) : [];
  return { answer: { type: 'RecordAnswers', ...by, answers, source, correction: source === 'form', messageRef: textId }, heard };
}
