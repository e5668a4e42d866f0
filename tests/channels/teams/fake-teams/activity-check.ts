import { type Complain, checkCard, isTooLargeCard, mentionTexts } from './card-check.ts';
import { ConnectorError, isObject, type Json, type Place } from './model.ts';
import { account, type State } from './state.ts';

export const adaptiveCard = 'application/vnd.microsoft.card.adaptive';
export const fileConsent = 'application/vnd.microsoft.teams.card.file.consent';
const fileInfo = 'application/vnd.microsoft.teams.card.file.info';
const knownAttachments = new Set([
  adaptiveCard,
  fileConsent,
  fileInfo,
  'application/vnd.microsoft.card.hero',
  'application/vnd.microsoft.card.thumbnail',
  'image/png',
]);

// Microsoft Learn, "Format your bot messages" and "Status codes": about 100 KB for a message, counted as UTF-16 with everything in it.
const mostBytes = 100 * 1_024;

/** What the connector takes as an activity from the bot. Throws ConnectorError: 400 for a malformed one, 413 for one that is too large. */
export function checkActivity(state: State, where: Place, activity: unknown): Json {
  if (!isObject(activity)) throw badArgument('The activity is not an object.');
  if (JSON.stringify(activity).length * 2 > mostBytes) throw new ConnectorError(413, 'MessageSizeTooBig', 'Message size too large.');
  if (activity['type'] === 'typing') return activity;
  if (activity['type'] !== 'message') throw badArgument(`Unknown activity type ${String(activity['type'])}.`);
  const complaints: string[] = [];
  const complain: Complain = (pointer, what) => complaints.push(`${pointer}: ${what}`);
  checkText(state, where, activity, complain);
  const attachments = activity['attachments'] ?? [];
  if (!Array.isArray(attachments)) throw badArgument('/attachments: is a list');
  if (attachments.length === 0 && (typeof activity['text'] !== 'string' || activity['text'] === '')) complain('/text', 'a message has a text or an attachment');
  for (const [index, one] of attachments.entries()) checkAttachment(state, where, one, `/attachments/${index}`, complain);
  checkLabel(activity, complain);
  const { conversation } = activity;
  if (isObject(conversation) && typeof conversation['id'] === 'string' && conversation['id'].split(';')[0] !== where.id)
    complain('/conversation/id', 'is the conversation that it is sent to');
  if (complaints.length > 0) throw badArgument(complaints.join('; '));
  return activity;
}

export function badArgument(message: string): ConnectorError {
  // Microsoft Learn, "Status codes from bot conversational APIs".
  return new ConnectorError(400, 'Bad Argument', message);
}

/** Checks a card that comes outside of a message: in a dialog or in the answer to a press. */
export function complaintsAboutCard(state: State, tenant: string, card: unknown): string[] {
  const large = isTooLargeCard(card) ? ['/: the card is larger than 28 KB'] : [];
  return [...large, ...checkCard(card, (id) => mayMention(state, tenant, id))];
}

function checkText(state: State, where: Place, activity: Json, complain: Complain) {
  const { text, summary, textFormat, entities = [], attachmentLayout } = activity;
  if (text !== undefined && typeof text !== 'string') return complain('/text', 'is a text');
  if (summary !== undefined && typeof summary !== 'string') complain('/summary', 'is a text');
  if (textFormat !== undefined && !['plain', 'markdown', 'xml'].includes(String(textFormat))) complain('/textFormat', 'is plain, markdown or xml');
  if (attachmentLayout !== undefined && !['list', 'carousel'].includes(String(attachmentLayout))) complain('/attachmentLayout', 'is list or carousel');
  if (!Array.isArray(entities)) return complain('/entities', 'is a list');
  const marks = mentionTexts(entities, '/entities', complain, (id) => mayMention(state, where.tenant, id));
  for (const mark of marks) if (!(text ?? '').includes(mark)) complain('/entities', `${mark} stands nowhere in the text`);
  for (const mark of (text ?? '').match(/<at>.*?<\/at>/g) ?? []) if (!marks.includes(mark)) complain('/entities', `${mark} has no entity`);
}

/** Microsoft Learn, "Bot messages with AI-generated content": the label and the feedback buttons. */
function checkLabel(activity: Json, complain: Complain) {
  const entities = Array.isArray(activity['entities']) ? activity['entities'] : [];
  for (const [index, one] of entities.entries()) {
    if (!isObject(one) || one['type'] !== 'https://schema.org/Message') continue;
    if (one['@type'] !== 'Message' || one['@context'] !== 'https://schema.org') complain(`/entities/${index}`, 'is a Message of https://schema.org');
    const { additionalType } = one;
    if (additionalType !== undefined && !(Array.isArray(additionalType) && additionalType.every((each) => each === 'AIGeneratedContent')))
      complain(`/entities/${index}/additionalType`, 'is AIGeneratedContent');
  }
  const data = activity['channelData'];
  const loop = isObject(data) ? data['feedbackLoop'] : undefined;
  if (loop !== undefined && !(isObject(loop) && (loop['type'] === 'default' || loop['type'] === 'custom')))
    complain('/channelData/feedbackLoop', 'is default or custom');
}

function checkAttachment(state: State, where: Place, one: unknown, at: string, complain: Complain) {
  if (!isObject(one) || typeof one['contentType'] !== 'string') return complain(at, 'has a content type');
  if (!knownAttachments.has(one['contentType'])) return complain(`${at}/contentType`, `${one['contentType']} is not known`);
  if (one['contentType'] === adaptiveCard) {
    if (isTooLargeCard(one['content'])) throw new ConnectorError(413, 'MessageSizeTooBig', 'Message size too large.');
    for (const each of checkCard(one['content'], (id) => mayMention(state, where.tenant, id))) complain(`${at}/content`, each);
  }
  if (one['contentType'] === fileConsent) checkFileConsent(where, one, at, complain);
}

/** Microsoft Learn, "Send and receive files": in 1:1 chats alone, with the size that will be uploaded. */
function checkFileConsent(where: Place, one: Json, at: string, complain: Complain) {
  const { content } = one;
  if (where.kind !== 'personal') complain(at, 'files can be offered in a 1:1 chat alone');
  if (typeof one['name'] !== 'string' || one['name'] === '') complain(`${at}/name`, 'is a file name');
  if (!isObject(content) || typeof content['sizeInBytes'] !== 'number' || content['sizeInBytes'] <= 0)
    complain(`${at}/content/sizeInBytes`, 'is a number of bytes');
}

function mayMention(state: State, tenant: string, id: string): boolean {
  if (id === state.botId || account(state, tenant, id)) return true;
  return [...state.people.values()].some((one) => one.tenant === tenant && one.email === id);
}
