import type { ModalView } from '@slack/types';
import type { SlackWords } from '../words.ts';
import { toldModal } from './modal.ts';

/** What is opened at once and filled a moment later: the right to open anything lasts three seconds. */
export function loadingModal(words: SlackWords): ModalView {
  return toldModal(words.loadingTitle, words.loading, words);
}
