import type { KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import type { SlackWords } from '../words.ts';
import { paragraph } from './blocks.ts';
import { fitting } from './fit.ts';
import { appName, limits } from './limits.ts';
import { callbacks } from './metadata.ts';
import { isBlank } from './pieces.ts';
import { plainText } from './text.ts';

type Dialog = { title: string; callback: string; blocks: KnownBlock[]; close: string; submit?: string | PlainTextElement; metadata?: string };

/** A dialog whose title and buttons are as short as Slack wants them. */
export function modal({ title, callback, blocks, close, submit, metadata }: Dialog): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: titleOf(title, limits.viewTitle),
    close: titleOf(close, limits.viewButton),
    ...(submit !== undefined && { submit: typeof submit === 'string' ? titleOf(submit, limits.viewButton) : submit }),
    ...(metadata !== undefined && { private_metadata: metadata }),
    // Slack takes no view with nothing in it.
    blocks: blocks.length > 0 ? blocks : [{ type: 'section', text: titleOf(title, limits.header) }],
  };
}

/** Never empty: Slack refuses that. */
export function titleOf(text: string, max: number): PlainTextElement {
  return plainText(text, max) ?? { type: 'plain_text', text: appName };
}

/** A dialog that only says something. */
export function toldModal(title: string, text: string, words: SlackWords): ModalView {
  const said = isBlank(text) ? appName : text;
  const blocks = fitting('view', { words }, ({ maxText }) => paragraph(said, maxText));
  return modal({ title, callback: callbacks.told, blocks, close: words.close });
}
