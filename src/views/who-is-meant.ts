import type { Quote } from '../domain/conversation.ts';
import type { QuestionId } from '../domain/questions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Card } from './card.ts';
import { quoted, type ViewContext } from './context.ts';
import { button, textBlock } from './parts.ts';
import { plainText } from './text.ts';

/** Asks whom a written name means. The name comes back as `textId:start:end`, the person as the input "person". */
export function whoIsMeantCard(ctx: ViewContext, state: StartedAlignment, { name, questionId }: { name: Quote; questionId: QuestionId }): Card {
  const { words } = ctx;
  const value = { alignment: state.id, question: questionId, name: `${name.textId}:${name.start}:${name.end}` };
  return {
    summary: words.plain('who-is-meant.summary', { words: plainText(quoted(ctx, name)) }),
    title: words.say('who-is-meant.title'),
    blocks: [
      textBlock(words.say('who-is-meant.text', { words: quoted(ctx, name) })),
      { type: 'input', id: 'person', label: words.plain('who-is-meant.label'), kind: 'person', required: true },
    ],
    actions: [button(ctx, 'resolve-person', 'button.resolve-person', value, { style: 'primary' })],
  };
}
