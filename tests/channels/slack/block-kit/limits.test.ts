import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inputsModal } from '../../../../src/channels/slack/block-kit/inputs-modal.ts';
import { loadingModal } from '../../../../src/channels/slack/block-kit/loading-modal.ts';
import { noticeModal } from '../../../../src/channels/slack/block-kit/notice-modal.ts';
import { readPress } from '../../../../src/channels/slack/block-kit/read-press.ts';
import { toCardModal } from '../../../../src/channels/slack/block-kit/to-card-modal.ts';
import { toHome } from '../../../../src/channels/slack/block-kit/to-home.ts';
import { toMessage } from '../../../../src/channels/slack/block-kit/to-message.ts';
import { toModal } from '../../../../src/channels/slack/block-kit/to-modal.ts';
import type { Card } from '../../../../src/views/card.ts';
import { anyCard, anyForm, words } from './any-card.ts';
import { everybodySaid, realCards, realContext, realForms } from './real-cards.ts';
import { problemsOfMessage, problemsOfView } from './slack-limits.ts';
import { slackWords } from './words.ts';

const rendering = { words: slackWords };
const context = { place: 'C0SALES', thread: '1795424400.000100', postId: '1795424400.000200' };

/** The dialogs that the buttons of a message open. */
function dialogsOf(card: Card) {
  return toMessage(card, rendering).blocks.flatMap((block) => {
    if (block.type !== 'actions') return [];
    return block.elements.flatMap((element) => {
      const pressed = readPress(element);
      return pressed?.kind === 'inputs' ? [inputsModal(pressed, slackWords, context)] : [];
    });
  });
}

describe('what people and Plumb can say', () => {
  it('never makes a message that Slack refuses', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(problemsOfMessage(toMessage(card, rendering))).toEqual([]);
        expect(dialogsOf(card).flatMap(problemsOfView)).toEqual([]);
      }),
      // Shrinking texts of this length takes minutes, and the first example says enough.
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('never makes a Home or a dialog that Slack refuses', () => {
    fc.assert(
      fc.property(anyCard, anyForm, words, (card, form, text) => {
        const views = [toHome(card, rendering), toCardModal(card, rendering, context), toModal(form, rendering, context), noticeModal(slackWords, text)];
        expect(views.flatMap(problemsOfView)).toEqual([]);
      }),
      // Shrinking texts of this length takes minutes, and the first example says enough.
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('may be nothing at all', () => {
    const empty = { summary: '', blocks: [], actions: [] };
    expect(problemsOfMessage(toMessage(empty, rendering))).toEqual([]);
    expect([toHome(empty, rendering), toCardModal(empty, rendering), loadingModal(slackWords)].flatMap(problemsOfView)).toEqual([]);
  });
});

const contexts = {
  'as people write': realContext(),
  'at full length': everybodySaid(`${'as long as a field takes, & more '.repeat(90)}`),
  'at enormous length': everybodySaid('<!channel> *so much* '.repeat(2_000)),
  'as nothing': everybodySaid(''),
};

describe.each(Object.entries(contexts))('cards and forms %s', (_, ctx) => {
  it.each(Object.entries(realCards(ctx)))('%s is within what Slack takes', (_name, card) => {
    expect(problemsOfMessage(toMessage(card, rendering))).toEqual([]);
    expect([toHome(card, rendering), toCardModal(card, rendering), ...dialogsOf(card)].flatMap(problemsOfView)).toEqual([]);
  });

  it.each(Object.entries(realForms(ctx)))('%s is within what Slack takes', (_name, form) => {
    expect(problemsOfView(toModal(form, rendering, context))).toEqual([]);
  });
});

describe('a card that is too big', () => {
  const shownBy = (card: Card) => JSON.stringify(toMessage(card, rendering).blocks);

  it('keeps everything of a brief in which every answer is long', () => {
    const long = everybodySaid('a good answer of a size that people really write down when they are asked about their own business. '.repeat(4));
    const shown = shownBy(realCards(long)['brief'] ?? { summary: '', blocks: [], actions: [] });
    expect(shown).toContain('Sign-off');
    expect(shown).not.toContain(slackWords.more);
  });

  it('gets shorter texts before anything is left out', () => {
    const text = 'word '.repeat(2_000);
    const shown = shownBy({
      summary: 's',
      blocks: [
        { type: 'text', text },
        { type: 'text', text },
        { type: 'text', text: 'the end' },
      ],
      actions: [],
    });
    expect(shown).toContain('…');
    expect(shown).toContain('the end');
  });

  it('loses its end last, says so, and keeps its buttons', () => {
    const blocks = Array.from({ length: 300 }, (_, at) => ({ type: 'text' as const, style: 'subtle' as const, text: `line ${at}` }));
    const shown = shownBy({ summary: 's', blocks, actions: [{ action: 'later', label: 'Later' }] });
    expect(shown).toContain('line 0');
    expect(shown).not.toContain('line 299');
    expect(shown).toContain(slackWords.more);
    expect(shown).toContain('Later');
  });

  it('is split over several blocks where it is one long text', () => {
    const blocks = toMessage({ summary: 's', blocks: [{ type: 'text', text: 'word '.repeat(1_500) }], actions: [] }, rendering).blocks;
    expect(blocks.length).toBe(3);
    expect(JSON.stringify(blocks)).not.toContain('…');
  });
});
