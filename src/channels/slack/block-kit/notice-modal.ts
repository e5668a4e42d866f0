import type { ModalView } from '@slack/types';
import type { SlackWords } from '../words.ts';
import { appName } from './limits.ts';
import { toldModal } from './modal.ts';

/** A short answer to a press in a dialog. */
export function noticeModal(words: SlackWords, text: string): ModalView {
  return toldModal(appName, text, words);
}
