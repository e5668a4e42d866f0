import { type QuestionId, questionIds } from '../../../src/domain/questions.ts';
import type { Prompts } from '../../../src/prompts.ts';
import type { Card, CardBlock } from '../../../src/views/card.ts';
import { plainText } from '../../../src/views/text.ts';

/** All words of a card, line by line: what somebody who looks at it reads. */
export function cardText(card: Card): string {
  return [card.title ? plainText(card.title) : '', ...card.blocks.flatMap(blockText)].filter((line) => line !== '').join('\n');
}

function blockText(block: CardBlock): string[] {
  switch (block.type) {
    case 'text':
      return [plainText(block.text)];
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${plainText(value)}`);
    case 'list':
      return block.items.map(({ text, note }) => [plainText(text), note ? plainText(note) : ''].join(' '));
    case 'table':
      return [block.columns.join(' | '), ...block.rows.map((row) => row.map((cell) => plainText(cell)).join(' | '))];
    case 'progress':
      return [block.label, ...block.steps.map(({ label, done, total }) => `${label} ${done}/${total}`)];
    case 'input':
      return [block.label, block.hint ?? '', block.value ?? ''];
    case 'image':
      return [block.alt];
    case 'divider':
      return [];
    default:
      return block satisfies never;
  }
}

/** The question that a card puts, whichever wording it uses. */
export function questionIn(prompts: Prompts, card: Card): QuestionId | undefined {
  const text = cardText(card);
  return questionIds.find((id) => [...prompts.questions[id].ask, ...prompts.questions[id].followUps].some((wording) => text.includes(wording)));
}

export function buttonsOf(card: Card): string[] {
  return card.actions.map(({ action }) => action);
}
