import { z } from 'zod';
import type { Tables } from './tables.ts';

/** Something that somebody did with a button or a form and that was acknowledged: from then on its effect must be there, once. */
export type Pressed = {
  as: string;
  alignment: string;
  question: string;
  by: 'button' | 'form';
  /** What was written into the form. */
  words?: string;
};

const InboxRow = z.object({
  event_key: z.string(),
  type: z.string(),
  status: z.string(),
  person_id: z.string(),
  message_ref: z.string().nullable(),
  stream: z.string(),
  settled_at: z.coerce.number().nullable(),
});
type InboxRow = z.infer<typeof InboxRow>;
const EventRow = z.object({ aggregate_id: z.string(), body: z.string() });
/** Only what is needed of the alignment's events. */
const Happened = z.looseObject({
  type: z.string(),
  at: z.number(),
  by: z.string().optional(),
  act: z.string().optional(),
  questionId: z.string().optional(),
  trigger: z.string().optional(),
  prompt: z.looseObject({ trigger: z.string() }).optional(),
  // Of the coach's events it is what was said to it.
  answer: z.looseObject({ questionId: z.string().optional(), status: z.string().optional(), source: z.string().optional() }).optional(),
});
export type Happened = z.infer<typeof Happened> & { alignment: string };
const OutboxRow = z.object({
  id: z.string(),
  status: z.string(),
  replaces: z.string().nullable(),
  // PostgreSQL gives large numbers as text.
  due_at: z.coerce.number(),
  destination: z.string(),
  audience: z.string(),
  seq: z.coerce.number(),
});
export type OutboxRow = z.infer<typeof OutboxRow>;

/** What Plumb's database knows of everything that came in, happened and was said. */
export type History = {
  inbox: readonly InboxRow[];
  happened: readonly Happened[];
  /** All domain events as they stand in the database, for looking up which messages they refer to. */
  events: string;
  texts: ReadonlySet<string>;
  outbox: readonly OutboxRow[];
};

/** `channel`: of one platform alone. */
export async function readHistory(tables: Tables, channel?: string): Promise<History> {
  const inbox = await tables.rows(
    InboxRow,
    `SELECT event_key, type, status, person_id, message_ref, stream, settled_at FROM inbox ${channel === undefined ? '' : `WHERE channel = '${channel}'`}`,
  );
  const events = eventsOf(channel, await tables.rows(EventRow, 'SELECT aggregate_id, body FROM events'));
  const texts = await tables.rows(z.object({ body: z.string() }), 'SELECT body FROM texts');
  return {
    inbox,
    happened: events.map(({ aggregate_id, body }) => ({ ...Happened.parse(JSON.parse(body)), alignment: aggregate_id })),
    events: events.map(({ body }) => body).join('\n'),
    texts: new Set(texts.map(({ body }) => body)),
    outbox: (await tables.rows(OutboxRow, 'SELECT id, status, replaces, due_at, destination, audience, seq FROM outbox ORDER BY seq')).filter(
      ({ destination }) => channel === undefined || goesTo(destination, channel),
    ),
  };
}

/** Whether a message goes to that platform. */
export function goesTo(destination: string, channel: string): boolean {
  return destination.split('/')[1] === channel;
}

const Opening = z.object({ conversation: z.object({ channel: z.string() }) });
type Event = z.infer<typeof EventRow>;

/** Events of alignments that did not begin in another platform. */
function eventsOf(channel: string | undefined, rows: readonly Event[]): Event[] {
  const elsewhere = new Set(
    rows.flatMap(({ aggregate_id, body }) => {
      const read = Opening.safeParse(JSON.parse(body));
      return read.success && read.data.conversation.channel !== channel ? [aggregate_id] : [];
    }),
  );
  return rows.filter(({ aggregate_id }) => channel === undefined || !elsewhere.has(aggregate_id));
}

/** What came in and is not done. */
export function unfinished({ inbox }: History): string[] {
  return inbox.filter(({ status }) => status !== 'done').map(({ event_key, type, status }) => `${type} ${event_key} is ${status}`);
}

/** Everything that was due must have gone; reminders of coming days may wait. */
export function undelivered({ outbox }: History, now = Date.now()): string[] {
  return outbox.filter(({ status, due_at }) => status !== 'done' && due_at <= now).map(({ id, status }) => `outbox row ${id} is ${status}`);
}

/** Presses of which nothing came. `isLate`: nothing was to come of it. */
export function withoutEffect<P extends Pressed>(
  { happened, texts }: History,
  pressed: readonly P[],
  isLate: (event: Happened, press: P) => boolean = () => false,
): string[] {
  return pressed
    .filter((press) => !happened.some((event) => isAbout(event, press) && isLate(event, press)))
    .filter((press) => !happened.some((event) => isEffect(event, press)) || (press.words !== undefined && !texts.has(press.words)))
    .map((press) => `${nameOf(press)} had no effect`);
}

function isEffect({ alignment, by, type, questionId, answer }: Happened, press: Pressed): boolean {
  if (alignment !== press.alignment || by !== press.as) return false;
  // To a follow-up, "skip" and "I don't know" leave the thin answer as it is.
  if (type === 'FollowUpDropped') return press.by === 'button' && questionId === press.question;
  if (type !== 'QuestionAnswered' || answer?.questionId !== press.question) return false;
  return press.by === 'form' ? answer.source === 'form' : answer.status === 'skipped' || answer.status === 'unknown';
}

/** Somebody's answer to the question that the press was about, whatever gave it. */
function isAbout({ alignment, type, answer }: Happened, press: Pressed): boolean {
  return alignment === press.alignment && type === 'QuestionAnswered' && answer?.questionId === press.question;
}

export function nameOf({ as, by, question, alignment }: Pressed): string {
  return `the ${by} of ${as} about ${question} of ${alignment}`;
}

/** What presses and forms did, under names that each can have only once. */
export function doneTwice({ happened, inbox }: History): string[] {
  const pressed = new Set(inbox.filter(({ type }) => type === 'ActionTaken' || type === 'FormSubmitted').map(({ event_key }) => event_key));
  return twice(
    happened.flatMap(({ alignment, type, act, questionId, answer }) =>
      act !== undefined && pressed.has(act) ? [`${type} of ${questionId ?? answer?.questionId ?? 'no question'} by ${act} in ${alignment}`] : [],
    ),
  );
}

/** Messages, by their references, whose rows are all done. */
export function handledMessages({ inbox }: History): ReadonlySet<string> {
  const refs = inbox.filter(({ type }) => type === 'MessagePosted');
  const waiting = new Set(refs.filter(({ status }) => status !== 'done').map(({ message_ref }) => message_ref));
  return new Set(refs.flatMap(({ message_ref: ref }) => (ref !== null && !waiting.has(ref) ? [ref] : [])));
}

/** Messages, by their references, that were read as one with others: what is said twice, or makes another sense beside the others, adds nothing of its own. */
export function readWithOthers({ inbox }: History): ReadonlySet<string> {
  const bursts = Map.groupBy(
    inbox.filter(({ type }) => type === 'MessagePosted'),
    ({ stream, settled_at }) => `${stream} ${settled_at}`,
  );
  return new Set([...bursts.values()].flatMap((rows) => (rows.length > 1 ? rows.flatMap(({ message_ref }) => message_ref ?? []) : [])));
}

const coached: readonly string[] = ['LivePromptShown', 'LivePromptAsked', 'LivePromptDismissed', 'ChallengePut', 'FocusDecided', 'PilotProposed'];

/** What the coach does once in a conversation: a prompt on one occasion, a challenge, what is decided. */
export function coachedTwice({ happened }: History): string[] {
  return twice(
    happened.flatMap(({ alignment, type, trigger, prompt }) =>
      coached.includes(type) ? [`${type} of ${trigger ?? prompt?.trigger ?? 'the conversation'} in ${alignment}`] : [],
    ),
  );
}

/** How often the coach came to do something, so that a trial says whether it was tried at all. */
export function coachFigures({ happened }: History): Record<string, number> {
  const count = (of: string) => happened.filter(({ type }) => type === of).length;
  return { prompts: count('LivePromptShown'), prompts_asked: count('LivePromptAsked'), challenges: count('ChallengePut'), decided: count('FocusDecided') };
}

export function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}
