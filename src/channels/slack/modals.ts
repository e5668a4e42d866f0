import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Logger } from '../../app/ports.ts';
import { optionally } from '../optional.ts';
import { slackCode } from './errors.ts';
import type { Workspace } from './workspace.ts';

/** A modal that stands before somebody; `hash` names its state, so that a newer one is not overwritten. */
export type OpenModal = { id: string; hash: string | undefined };

export type Modals = {
  /** Opens a modal over what is there. Undefined when Slack refuses: a trigger lives for 3 s and once (docs.slack.dev, "Modals"). Never throws. */
  open(workspace: Workspace, triggerId: string, view: ModalView, from: 'modal' | 'elsewhere'): Promise<OpenModal | undefined>;
  /** Shows something else in it; when it was closed meanwhile, nothing happens. False when Slack refuses. Never throws. */
  fill(workspace: Workspace, modal: OpenModal, view: ModalView): Promise<boolean>;
};

const Opened = z.object({ view: z.object({ id: z.string().min(1), hash: optionally(z.string()) }) });
// What Slack says of a modal that was closed, or is no longer the one that was to be filled.
const gone = new Set(['not_found', 'view_not_found', 'hash_conflict']);

export function createModals(logger: Logger): Modals {
  return {
    async open({ client }, trigger_id, view, from) {
      try {
        const answer = from === 'modal' ? await client.views.push({ trigger_id, view }) : await client.views.open({ trigger_id, view });
        const { id, hash } = Opened.parse(answer).view;
        return { id, hash: hash ?? undefined };
      } catch (error) {
        logger.warn({ error, code: slackCode(error) }, 'A form could not be opened in Slack.');
        return undefined;
      }
    },
    async fill({ client }, { id, hash }, view) {
      try {
        await client.views.update({ view_id: id, view, ...(hash !== undefined && { hash }) });
        return true;
      } catch (error) {
        const code = slackCode(error);
        if (code !== undefined && gone.has(code)) return true;
        logger.warn({ error, code }, 'A form that was opened in Slack could not be filled.');
        return false;
      }
    },
  };
}
