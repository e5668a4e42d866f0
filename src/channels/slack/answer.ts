import { DeliveryError, type InteractionResponse } from '../../app/ports.ts';
import { fileCard } from '../file-card.ts';
import type { Outcome } from '../hand-over.ts';
import { loadingModal } from './block-kit/loading-modal.ts';
import { noticeModal } from './block-kit/notice-modal.ts';
import type { ModalContext } from './block-kit/rendering.ts';
import { toCardModal } from './block-kit/to-card-modal.ts';
import { toModal } from './block-kit/to-modal.ts';
import { uploadFile } from './files.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import type { OpenModal } from './modals.ts';
import { isDirect, type Place } from './place.ts';
import type { Surface } from './tell.ts';
import type { Workspace } from './workspace.ts';

/** Shows one person what came of what they did, where they look. Never throws. */
export async function answer(
  dependencies: InteractionDependencies,
  workspace: Workspace,
  surface: Surface,
  outcome: Outcome,
  context: ModalContext,
): Promise<void> {
  const { tell, modals, words } = dependencies;
  switch (outcome.kind) {
    case 'nothing':
      return;
    case 'notice':
      // The same words twice would only crowd a chat.
      if (outcome.alsoOn === (surface.kind === 'message' ? 'card' : surface.kind)) return;
      await tell.say(workspace, surface, { text: outcome.text });
      return answerLater(dependencies, workspace, surface, outcome, context);
    case 'errors':
      return tell.say(workspace, surface, { text: Object.values(outcome.errors).join('\n') });
    case 'card':
      // Home shows itself anew after every press.
      return surface.kind === 'home' ? undefined : tell.say(workspace, surface, { card: outcome.card });
    case 'form': {
      const view = toModal(outcome.form, { words }, context);
      const opened = await modals.open(workspace, surface.triggerId, view, surface.kind === 'modal' ? 'modal' : 'elsewhere');
      if (!opened) await tell.say(workspace, surface, { text: words.notKept });
      return;
    }
    case 'file':
      return sendFile(dependencies, workspace, surface, outcome);
    case 'not kept':
      return tell.say(workspace, surface, { text: words.notKept });
    default:
      return outcome satisfies never;
  }
}

/** Gives what took longer than the answer to a press may. Never throws. */
export async function answerLater(
  dependencies: InteractionDependencies,
  workspace: Workspace,
  surface: Surface,
  { later }: { later?: Promise<InteractionResponse> },
  context: ModalContext,
): Promise<void> {
  if (later) await answer(dependencies, workspace, surface, await later, context);
}

/**
 * Opens a modal at once, because a trigger lives for 3 s only, and fills it with the form as soon as `asked` gives it. Where Slack opens none, the person
 * is told.
 */
export async function answerInModal(
  dependencies: InteractionDependencies,
  workspace: Workspace,
  surface: Surface,
  asked: Promise<Outcome>,
  context: ModalContext,
): Promise<void> {
  const { modals, tell, words } = dependencies;
  const opening = modals.open(workspace, surface.triggerId, loadingModal(words), surface.kind === 'modal' ? 'modal' : 'elsewhere');
  const [opened, outcome] = await Promise.all([opening, asked]);
  if (opened) await fill(dependencies, workspace, surface, opened, outcome, context);
  else if (outcome.kind === 'form') await tell.say(workspace, surface, { text: words.notKept });
  else await answer(dependencies, workspace, surface, outcome, context);
}

async function fill(
  dependencies: InteractionDependencies,
  workspace: Workspace,
  surface: Surface,
  opened: OpenModal,
  outcome: Outcome,
  context: ModalContext,
): Promise<void> {
  const { modals, words } = dependencies;
  const show = async (view: ReturnType<typeof noticeModal>): Promise<void> => {
    if (!(await modals.fill(workspace, opened, view))) await modals.fill(workspace, { ...opened, hash: undefined }, noticeModal(words, words.notKept));
  };
  switch (outcome.kind) {
    case 'form':
      return show(toModal(outcome.form, { words }, context));
    case 'notice':
      await show(noticeModal(words, outcome.text));
      return answerLater(dependencies, workspace, surface, outcome, context);
    case 'errors':
      return show(noticeModal(words, Object.values(outcome.errors).join('\n')));
    case 'card':
      return show(toCardModal(outcome.card, { words }, context));
    case 'nothing':
      return show(noticeModal(words, words.late));
    case 'not kept':
      return show(noticeModal(words, words.notKept));
    case 'file':
      await show(noticeModal(words, outcome.name));
      return sendFile(dependencies, workspace, surface, outcome);
    default:
      return outcome satisfies never;
  }
}

type FileResponse = Extract<InteractionResponse, { kind: 'file' }>;

/**
 * A file: in the thread where it was asked for, if everybody there may have it; else in the 1:1 chat of whoever asked; where neither takes files, its text.
 * Never throws.
 */
async function sendFile(dependencies: InteractionDependencies, workspace: Workspace, surface: Surface, file: FileResponse): Promise<void> {
  const { tell, words } = dependencies;
  const { personId, kind, at } = surface;
  const isThere = kind === 'message' && isDirect(at.place);
  if (file.shared && kind === 'message' && !isThere) {
    const there = await upload(dependencies, workspace, at, file);
    if (there === 'sent') return;
    if (there === 'perhaps') return tell.say(workspace, surface, { text: words.filePerhaps });
  }
  const sent = await upload(dependencies, workspace, personId, file);
  // What is said in a modal would cover what somebody looks at.
  if (sent === 'sent') return isThere || kind !== 'message' ? undefined : tell.say(workspace, surface, { text: words.fileInChat });
  if (sent === 'perhaps') return tell.say(workspace, surface, { text: words.filePerhaps });
  await tell.directly(workspace, personId, { card: fileCard(file, { note: words.fileFailed, open: words.fileOpen }) });
}

/** 'perhaps': it may stand there, so it is not sent anywhere else. */
async function upload(
  { logger }: InteractionDependencies,
  workspace: Workspace,
  to: Place | string,
  file: FileResponse,
): Promise<'sent' | 'perhaps' | 'failed'> {
  try {
    await uploadFile(workspace, { to, ...file });
    return 'sent';
  } catch (error) {
    // An older installation lacks the scope files:write, Plumb may not be in that channel, and not every server takes files.
    logger.warn({ error }, 'A file could not be sent in Slack; whoever asked for it is told.');
    return error instanceof DeliveryError && error.failure.perhapsSent ? 'perhaps' : 'failed';
  }
}
