import { z } from 'zod';
import type { InteractionResponse } from '../../app/ports.ts';
import { deedKey } from '../deed-key.ts';
import { fileCard } from '../file-card.ts';
import { optionally } from '../optional.ts';
import { within } from '../within.ts';
import type { Answer } from './answer.ts';
import { type Doing, joined, originOf, take } from './deed.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { done } from './invoke-answer.ts';
import { conversationIdOf } from './place.ts';
import { type Pointer, pointTo } from './private-answer.ts';
import { laneOf, paced } from './send-calls.ts';
import { upload } from './upload.ts';

type File = Extract<InteractionResponse, { kind: 'file' }>;

/** What asked for a file: when it is accepted, it is asked for again, so that nothing is kept meanwhile and whoever may no longer have it does not get it. */
type Asked = { action: string; value: Readonly<Record<string, string>> };

/**
 * Offers somebody a file in their 1:1 chat, the only place where Teams takes files from apps (Microsoft Learn: "Send and receive files using bot"); where it
 * cannot be offered, its text is said there. Never throws.
 */
export function offerFile({ tell, ...rest }: InteractionDependencies, doing: Doing, file: File, { action, value }: Asked): Promise<Pointer> {
  const { tenant, by } = doing;
  const consent = {
    description: rest.words.fileOffered,
    sizeInBytes: Buffer.from(file.content).byteLength,
    acceptContext: { action, value },
    declineContext: {},
  };
  const attachment = { contentType: 'application/vnd.microsoft.teams.card.file.consent', name: file.name, content: consent };
  const offering = tell
    .directlyAs(tenant, by.personId, { type: 'message', summary: file.name, attachments: [attachment] })
    .then((told) => (told === 'said' ? told : tell.directly(tenant, by.personId, { card: fileCard(file) })));
  return pointTo({ tell, ...rest }, doing, offering);
}

const Consent = z.object({
  replyToId: z.string().nullish(),
  value: z.object({
    action: z.string(),
    context: z.unknown(),
    uploadInfo: optionally(
      z.object({ uploadUrl: z.string(), contentUrl: z.string(), name: z.string(), uniqueId: optionally(z.string()), fileType: optionally(z.string()) }),
    ),
  }),
});
type UploadInfo = NonNullable<z.infer<typeof Consent>['value']['uploadInfo']>;

const Context = z.object({ action: z.string().min(1).max(200), value: z.record(z.string(), z.string()).default({}) });

/** Takes the answer to a file that was offered. What cannot be uploaded is said as text. Never throws. */
export async function takeFileConsent(dependencies: InteractionDependencies, activity: unknown, doing: Doing): Promise<Answer> {
  const { tell, words } = dependencies;
  const parsed = Consent.safeParse(activity);
  if (!parsed.success || doing.kind !== 'personal') return done;
  const { replyToId, value } = parsed.data;
  if (value.action === 'decline') {
    await within(longestMs, Promise.all([tell.say(doing, { text: words.fileDeclined }), takeAway(dependencies, doing, replyToId)]));
    return done;
  }
  const asked = Context.safeParse(value.context);
  if (value.action !== 'accept' || !asked.success || !value.uploadInfo) return done;
  const eventKey = deedKey([doing.activityId], doing.tenant, doing.by.personId, 'file', replyToId);
  const { outcome } = await take(dependencies, { type: 'ActionTaken', ...originOf(doing, eventKey), ...asked.data, inputs: {} });
  // What takes longer goes on; Teams waits for the answer only.
  if (outcome.kind === 'file') await within(longestMs, deliver(dependencies, doing, outcome, value.uploadInfo, replyToId));
  else if (outcome.kind === 'not kept' || outcome.kind === 'late') await tell.say(doing, { text: words.notKept });
  else if (outcome.kind === 'notice') await tell.say(doing, { text: outcome.text });
  else if (outcome.kind === 'errors') await tell.say(doing, { text: joined(outcome.errors) });
  return done;
}

// Together with what the app may take, within the five seconds of an invoke.
const longestMs = 1_500;

async function deliver(dependencies: InteractionDependencies, doing: Doing, file: File, info: UploadInfo, replyToId: string | null | undefined): Promise<void> {
  const { tell, logger } = dependencies;
  try {
    await upload(file.content, info.uploadUrl, doing.serviceUrl);
  } catch (error) {
    logger.warn({ error, channel: 'teams' }, 'A file could not be uploaded; its text was said instead.');
    return tell.say(doing, { card: fileCard(file) });
  }
  const { contentUrl, name, uniqueId, fileType } = info;
  const content = { ...(uniqueId && { uniqueId }), ...(fileType && { fileType }) };
  const attachment = { contentType: 'application/vnd.microsoft.teams.card.file.info', contentUrl, name, content };
  await tell.directlyAs(doing.tenant, doing.by.personId, { type: 'message', summary: name, attachments: [attachment] });
  await takeAway(dependencies, doing, replyToId);
}

/** A file that was offered is not offered any more. */
async function takeAway({ connector, pace, logger }: InteractionDependencies, doing: Doing, activityId: string | null | undefined): Promise<void> {
  if (!activityId) return;
  try {
    const where = { serviceUrl: doing.serviceUrl, conversationId: conversationIdOf(doing) };
    await paced({ pace }, laneOf(doing), () => connector.remove(where, activityId));
  } catch (error) {
    logger.debug({ error, channel: 'teams' }, 'The offer of a file could not be taken away.');
  }
}
