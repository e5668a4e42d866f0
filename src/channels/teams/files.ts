import { z } from 'zod';
import type { InboundEvent, InteractionResponse } from '../../app/ports.ts';
import { deedKey } from '../deed-key.ts';
import { fileCard, linkCard } from '../file-card.ts';
import { optionally } from '../optional.ts';
import { tooLate, within } from '../within.ts';
import type { Answer } from './answer.ts';
import { type Doing, joined, originOf, take, tellLater } from './deed.ts';
import type { InteractionDependencies } from './interaction-dependencies.ts';
import { done } from './invoke-answer.ts';
import { conversationIdOf } from './place.ts';
import { type Pointer, pointTo, sayPointer } from './private-answer.ts';
import { laneOf, paced } from './send-calls.ts';
import { upload } from './upload.ts';

type File = Extract<InteractionResponse, { kind: 'file' }>;

/**
 * What asked for a file: when it is accepted, it is asked for again, so that nothing is kept meanwhile and whoever may no longer have it does not get it.
 * `sent`: it was a form.
 */
type Asked = { action: string; value: Readonly<Record<string, string>>; inputs?: Readonly<Record<string, string>>; sent?: true };

/**
 * Gives a file to whoever asked, and the line that belongs where they are. In a conversation Teams takes no files from apps, so those who read the file anyway
 * get a link to it there; else it is offered in the 1:1 chat. `seenBy`: who sees that line. Never throws.
 */
export async function giveFile(
  dependencies: InteractionDependencies,
  doing: Doing,
  file: File,
  asked: Asked,
  { seenBy }: { seenBy: 'them' | 'all' } = { seenBy: 'them' },
): Promise<Pointer> {
  const { tell, words } = dependencies;
  if (doing.kind !== 'personal' && file.shared && file.link) {
    const said = await within(longestMs, tell.say(doing, { card: linkCard(file, { note: words.fileLink, open: words.fileOpen }) }));
    if (seenBy === 'all') return { text: '' };
    return { text: said === tooLate ? words.late : words.fileShared };
  }
  const pointer = await offerFile(dependencies, doing, file, asked);
  // Without a chat there is still the link, which nobody but them may be shown.
  const isLink = pointer.text === words.cannotTellPrivately && seenBy === 'them' && file.link;
  return isLink ? { text: words.fileLink, addHere: { label: words.fileOpen, url: isLink.url } } : pointer;
}

/** Gives a file that took longer than the response may, the same way. Never throws. */
export function giveFileLater(dependencies: InteractionDependencies, doing: Doing, asked: Asked): (file: File) => Promise<void> {
  return async (file) => {
    const pointer = await giveFile(dependencies, doing, file, asked, { seenBy: 'all' });
    // What was offered in their chat shows itself there; in the conversation nobody has to be told of it.
    if (pointer.text === dependencies.words.cannotTellPrivately) await sayPointer(dependencies, doing, pointer);
  };
}

/**
 * Offers somebody a file in their 1:1 chat, the only place where Teams takes files from apps (Microsoft Learn: "Send and receive files using bot"); where it
 * cannot be offered, its text and a link are said there. Never throws.
 */
async function offerFile({ tell, ...rest }: InteractionDependencies, doing: Doing, file: File, asked: Asked): Promise<Pointer> {
  const { tenant, by } = doing;
  const { words } = rest;
  const consent = {
    description: words.fileOffered,
    sizeInBytes: Buffer.from(file.content).byteLength,
    acceptContext: contextOf(asked),
    declineContext: {},
  };
  const attachment = { contentType: 'application/vnd.microsoft.teams.card.file.consent', name: file.name, content: consent };
  const offering = tell
    .directlyAs(tenant, by.personId, { type: 'message', summary: file.name, attachments: [attachment] })
    .then((told) => (told === 'said' ? told : tell.directly(tenant, by.personId, { card: fileCard(file, { open: words.fileOpen }) })));
  return pointTo({ tell, ...rest }, doing, offering);
}

function contextOf({ action, value, inputs, sent }: Asked): Asked {
  return { action, value, ...(inputs && Object.keys(inputs).length > 0 && { inputs }), ...(sent && { sent }) };
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

const values = z.record(z.string(), z.string()).default({});
const Context = z.object({ action: z.string().min(1).max(200), value: values, inputs: values, sent: optionally(z.literal(true)) });

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
  const { action, sent, ...rest } = asked.data;
  const origin = originOf(doing, eventKey);
  const event: InboundEvent = sent
    ? { type: 'FormSubmitted', ...origin, submit: action, ...rest, again: true }
    : { type: 'ActionTaken', ...origin, action, ...rest };
  const { outcome } = await take(dependencies, event);
  // What takes longer goes on; Teams waits for the answer only.
  const { uploadInfo } = value;
  const bring = (file: File): Promise<void> => deliver(dependencies, doing, file, uploadInfo, replyToId);
  if (outcome.kind === 'file') await within(longestMs, bring(outcome));
  else if (outcome.kind === 'not kept' || outcome.kind === 'late') await tell.say(doing, { text: words.notKept });
  else if (outcome.kind === 'notice') {
    await tell.say(doing, { text: outcome.text });
    if (outcome.later) void tellLater(dependencies, doing.tenant, doing.by.personId, outcome.later, bring);
  } else if (outcome.kind === 'errors') await tell.say(doing, { text: joined(outcome.errors) });
  return done;
}

// Together with what the app may take, within the five seconds of an invoke.
const longestMs = 1_500;

async function deliver(dependencies: InteractionDependencies, doing: Doing, file: File, info: UploadInfo, replyToId: string | null | undefined): Promise<void> {
  const { tell, logger, words } = dependencies;
  try {
    await upload(file.content, info.uploadUrl, doing.serviceUrl);
  } catch (error) {
    logger.warn({ error, channel: 'teams' }, 'A file could not be uploaded; its text was said instead.');
    return tell.say(doing, { card: fileCard(file, { note: words.fileFailed, open: words.fileOpen }) });
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
