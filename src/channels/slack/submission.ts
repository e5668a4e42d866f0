import type { InboundEvent } from '../../app/ports.ts';
import { deedKey } from '../deed-key.ts';
import { handOver, type Outcome } from '../hand-over.ts';
import { answer, answerLater } from './answer.ts';
import { noticeModal } from './block-kit/notice-modal.ts';
import { readSubmission } from './block-kit/read-submission.ts';
import type { Submission } from './block-kit/rendering.ts';
import { toModal } from './block-kit/to-modal.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { SubmissionPayload } from './payloads.ts';
import { conversationOf, isHome } from './place.ts';
import { ownContext } from './press.ts';
import type { Surface } from './tell.ts';
import type { Workspace } from './workspace.ts';

/** What stands in the answer to a modal that was sent (docs.slack.dev, "Modals": response actions). */
export type ModalResponse =
  | { response_action: 'clear' }
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: ReturnType<typeof noticeModal> };
export type AckModal = (response?: ModalResponse) => Promise<void>;

const clear: ModalResponse = { response_action: 'clear' };

/** Takes a modal that somebody sent. Unlike a press it is answered in the response, so that mistakes show beside their fields and nothing typed is lost. */
export async function takeSubmission(dependencies: InteractionDependencies, workspace: Workspace, body: unknown, ack: AckModal): Promise<void> {
  const payload = SubmissionPayload.safeParse(body);
  const submission = payload.success ? readSubmission(payload.data.view) : undefined;
  // Its fields cannot be read, so at least nobody believes that they were kept.
  if (!payload.success || !submission) return ack({ response_action: 'update', view: noticeModal(dependencies.words, dependencies.words.notKept) });
  const { user, trigger_id: triggerId, view } = payload.data;
  const context = ownContext(submission.context, user.id);
  const at = { place: context.place, thread: context.thread };
  const eventKey = deedKey([triggerId], user.id, view.id, view.hash, view.state);
  const origin = { eventKey, conversation: conversationOf(workspace, at), personId: user.id, at: dependencies.clock.now() };
  const outcome = await handOver(dependencies, eventOf(origin, submission), async () => undefined);
  const fields = view.blocks.flatMap(({ type, block_id }) => (type === 'input' && block_id !== undefined ? [block_id] : []));
  await ack(responseTo(dependencies, outcome, fields, context));
  const surface: Surface = { kind: 'modal', personId: user.id, triggerId, at };
  if (outcome.kind === 'file') await answer(dependencies, workspace, surface, outcome, context);
  if (outcome.kind === 'notice') await answerLater(dependencies, workspace, surface, outcome, context);
  if (isHome(at)) dependencies.home.refresh(workspace, user.id);
}

type Origin = Pick<InboundEvent, 'eventKey' | 'conversation' | 'personId' | 'at'>;

function eventOf(origin: Origin, submission: Submission): InboundEvent {
  const { value, inputs } = submission;
  return submission.kind === 'form'
    ? { type: 'FormSubmitted', ...origin, submit: submission.submit, value, inputs }
    : { type: 'ActionTaken', ...origin, action: submission.action, value, inputs };
}

function responseTo({ words }: InteractionDependencies, outcome: Outcome, fields: readonly string[], context: Submission['context']): ModalResponse {
  switch (outcome.kind) {
    case 'errors':
      return besideFields(words, outcome.errors, fields);
    case 'notice':
      // What is below the dialog shows it: nobody has to close another one to see that it was saved.
      if (outcome.alsoOn === (isHome(context) ? 'home' : 'card')) return clear;
      return { response_action: 'update', view: noticeModal(words, outcome.text) };
    case 'form':
      return { response_action: 'update', view: toModal(outcome.form, { words }, context) };
    case 'not kept':
      // Beside a field, so that the form stays open with what was typed.
      return besideFields(words, { '': words.notKept }, fields);
    case 'nothing':
    case 'card':
    case 'file':
      return clear;
    default:
      return outcome satisfies never;
  }
}

/** Slack refuses errors for fields that it does not show, so those of other fields are told beside the first one. */
function besideFields(words: InteractionDependencies['words'], problems: Readonly<Record<string, string>>, fields: readonly string[]): ModalResponse {
  const [first] = fields;
  if (first === undefined) return { response_action: 'update', view: noticeModal(words, Object.values(problems).join('\n')) };
  const errors: Record<string, string> = {};
  for (const [field, problem] of Object.entries(problems)) {
    const shown = fields.includes(field) ? field : first;
    errors[shown] = errors[shown] === undefined ? problem : `${errors[shown]}\n${problem}`;
  }
  return { response_action: 'errors', errors };
}
