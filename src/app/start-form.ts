import { type PersonId, wholeChat } from '../domain/conversation.ts';
import { essentials } from '../domain/questions.ts';
import { fieldError } from '../views/forms.ts';
import { answerLimit } from '../views/prefill.ts';
import { placesOffered, privately, startForm } from '../views/start-form.ts';
import { notice } from './administer.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InboundEvent, InteractionResponse } from './ports.ts';
import type { Problems } from './read-answers.ts';
import { isBusy, open } from './take-command.ts';
import { postThread } from './thread-post.ts';
import type { Turn } from './turn.ts';
import { contextFor } from './view-context.ts';
import { viewerOf } from './viewer.ts';

// Whoever is asked has two seconds; where Plumb is in more places, a command in the place itself starts there.
const placesLookedAt = 300;
const placesAtOnce = 30;

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;
type CommandGiven = EventOf<'CommandGiven'>;

/** The form that starts an alignment with everything at once; where it was asked for, and what was written already, is filled in. */
export async function openStartForm(
  dependencies: HandleDependencies,
  turn: Turn,
  { personId, conversation, value }: EventOf<'FormRequested'>,
): Promise<InteractionResponse> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const request = value['text']?.slice(0, answerLimit) ?? '';
  const places = await placesFor(turn, personId);
  return { kind: 'form', form: startForm(ctx, { places, place: value['place'] ?? conversation.place, request }) };
}

/** Where both Plumb and the person are, as many as a form can offer. */
export async function placesFor(turn: Turn, personId: PersonId): Promise<{ place: string; name: string }[]> {
  const viewer = viewerOf(turn, personId);
  const places = await turn.channel.directory.places(turn.tenant);
  const read: { place: string; name: string }[] = [];
  // A few at a time: a platform that has to be asked for each would refuse them all at once.
  for (let from = 0; from < Math.min(places.length, placesLookedAt) && read.length < placesOffered; from += placesAtOnce) {
    const some = places.slice(from, from + placesAtOnce);
    const member = await Promise.all(some.map(({ place }) => viewer.isMember(place)));
    read.push(...some.filter((_, at) => member[at]));
  }
  return read.slice(0, placesOffered);
}

/** The form came back: the same as the command to start, in the place that was chosen. Who may read that place is asked of the platform, not of the form. */
export async function takeStartForm(dependencies: HandleDependencies, turn: Turn, event: EventOf<'FormSubmitted'>): Promise<InteractionResponse> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const problems = problemsOf(event.inputs);
  const to = await destinationOf(dependencies, turn, event);
  if ('problem' in to) problems['where'] = to.problem;
  if ('problem' in to || Object.keys(problems).length > 0)
    return { kind: 'errors', errors: Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, fieldError(ctx, problem)])) };
  const order = asCommand(event, to.conversation);
  if (to.place !== undefined) {
    if (to.conversation.thread === '') await postThread(dependencies, turn, order);
    else await open(dependencies, turn, order);
    const named = await contextFor(dependencies, turn, { refersTo: [], people: [], places: [to.place] });
    const place = { place: named.placeName(to.place) };
    const text = to.conversation.thread === '' ? named.words.plain('notice.started-there', place) : named.words.plain('notice.started-in-chat', place);
    return { kind: 'notice', text };
  }
  await open(dependencies, turn, order);
  return notice(dependencies, turn, { kind: 'started-privately' });
}

function problemsOf(inputs: Readonly<Record<string, string>>): Problems {
  const problems: Problems = {};
  if ((inputs['request']?.trim() ?? '') === '') problems['request'] = 'required';
  for (const field of ['request', ...essentials]) if ((inputs[field]?.trim().length ?? 0) > answerLimit) problems[field] = 'too-long';
  return problems;
}

type Destination = { conversation: CommandGiven['conversation']; place?: string } | { problem: 'choice' | 'place' | 'private-busy' | 'no-chat' };

async function destinationOf(dependencies: HandleDependencies, turn: Turn, { personId, inputs }: EventOf<'FormSubmitted'>): Promise<Destination> {
  const { directory, name: channel } = turn.channel;
  const where = inputs['where'];
  if (!where) return { problem: 'choice' };
  if (where === privately) {
    const conversation = await directory.privateConversation(turn.tenant, personId);
    if (!conversation) return { problem: 'no-chat' };
    return (await isBusy(dependencies, turn, conversation)) ? { problem: 'private-busy' } : { conversation };
  }
  const known = (await directory.places(turn.tenant)).find(({ place }) => place === where);
  if (!known || !(await directory.isMember(turn.tenant, where, personId))) return { problem: 'place' };
  const conversation = { channel, tenant: turn.tenant, place: where, thread: known.hasNoThreads ? wholeChat : '' };
  // A thread of its own can be made in a channel at any time; a chat has room for one request.
  if (known.hasNoThreads && (await isBusy(dependencies, turn, conversation))) return { problem: 'private-busy' };
  return { conversation, place: where };
}

function asCommand({ eventKey, personId, at, inputs }: EventOf<'FormSubmitted'>, conversation: CommandGiven['conversation']): CommandGiven {
  const answers = essentials.flatMap((id) => (inputs[id]?.trim() ? [[id, inputs[id].trim()] as const] : []));
  const text = inputs['request']?.trim() ?? '';
  return {
    type: 'CommandGiven',
    command: 'start',
    eventKey,
    conversation,
    personId,
    at,
    text,
    ...(answers.length > 0 && { answers: Object.fromEntries(answers) }),
  };
}
