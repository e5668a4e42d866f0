import { describe, expect, it } from '@jest/globals';
import { limits } from '../../../../src/channels/slack/block-kit/limits.ts';
import { toMessage } from '../../../../src/channels/slack/block-kit/to-message.ts';
import type { Card } from '../../../../src/views/card.ts';
import { realContext, realForms } from './real-cards.ts';
import { slackWords } from './words.ts';

function messageOf(card: Partial<Card>) {
  return toMessage({ summary: 'A card', blocks: [], actions: [], ...card }, { words: slackWords });
}

describe('what stands in a message', () => {
  it('keeps a mark of progress on one line with what it is about', () => {
    const { blocks } = messageOf({ blocks: [{ type: 'progress', label: 'So far', steps: [{ label: 'Follow up', done: 1, total: 2 }] }] });
    expect(JSON.stringify(blocks)).toContain('◐\u00a0Follow\u00a0up\u00a01/2');
  });
});

describe('the titles of forms', () => {
  it('are short enough to be read whole above a dialog', () => {
    const cut = Object.values(realForms(realContext())).filter(({ title }) => title.length > limits.viewTitle);
    expect(cut.map(({ title }) => title)).toEqual([]);
  });
});
