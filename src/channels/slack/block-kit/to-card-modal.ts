import type { ModalView } from '@slack/types';
import type { Card } from '../../../views/card.ts';
import { cardBlocks } from './card-blocks.ts';
import { appName, limits } from './limits.ts';
import { callbacks, toMetadata } from './metadata.ts';
import { modal } from './modal.ts';
import { piecesOf, plainOf } from './pieces.ts';
import type { ModalContext, Rendering } from './rendering.ts';

/**
 * A card as a dialog, for one that answers a press in Home or a command. Its title is the dialog's where it fits there. With a `context` its buttons tell
 * where they were pressed (`readContext`).
 */
export function toCardModal(card: Card, rendering: Rendering, context?: ModalContext): ModalView {
  const title = plainOf(piecesOf(card.title ?? '')).trim();
  const fits = title !== '' && title.length <= limits.viewTitle;
  return modal({
    title: fits ? title : appName,
    callback: callbacks.card,
    blocks: cardBlocks(card, rendering, 'view', !fits),
    close: rendering.words.close,
    ...(context && { metadata: toMetadata({ value: {}, context }) }),
  });
}
