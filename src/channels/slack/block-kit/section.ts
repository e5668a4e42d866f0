import type { KnownBlock, SectionBlock } from '@slack/types';
import { limits } from './limits.ts';

/** Text that is in Slack's mark-up already. `verbatim`: no address or channel name in it becomes a link (docs: composition-objects/text-object). */
export function section(mrkdwn: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: mrkdwn, verbatim: true } };
}

/** Text blocks that follow each other as one: every block takes a part of what a message may have. */
export function merged(blocks: readonly KnownBlock[], between = '\n\n'): KnownBlock[] {
  const together: KnownBlock[] = [];
  for (const block of blocks) {
    const [before, words] = [wordsOf(together.at(-1)), wordsOf(block)];
    const both = before === undefined || words === undefined ? undefined : `${before}${between}${words}`;
    if (both === undefined || both.length > limits.sectionText) together.push(block);
    else together.splice(-1, 1, section(both));
  }
  return together;
}

function wordsOf(block: KnownBlock | undefined): string | undefined {
  return block?.type === 'section' && !block.accessory ? block.text?.text : undefined;
}
