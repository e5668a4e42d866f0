import { DateTime } from 'luxon';
import { type RoomPerson, roomTenant } from '../../src/channels/room/people.ts';
import { messageRef } from '../../src/domain/conversation.ts';
import type { Language } from '../../src/language/language.ts';
import { createActor } from '../app/conversation/actor.ts';
import { buttonsOf, cardText } from '../app/conversation/card-text.ts';
import { hour, minute, type OpenStage, openStage } from '../app/conversation/stage.ts';
import type { DialogueLine } from './formats.ts';
import { hearing } from './hearing.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type Coached, watchCoach } from './watch-coach.ts';
import { mentionsPlumb, writtenMentions } from './written-mentions.ts';

/** How the conversation began: heard at once, by the private suggestion that its author accepted, or because they mentioned Plumb where it had heard nothing. */
export type Opening = { turn: number; how: 'addressed' | 'heard' | 'accepted the suggestion' | 'mentioned Plumb' };
/** `to`: whom a private post is for. `edits`: it takes the place of an earlier post. */
export type PlayedPost = { turn: number; audience: string; to?: string; text: string; edits?: true };
export type PlayedDialogue = {
  id: string;
  opening: Opening;
  answers: Outcome['answers'];
  /** For each turn whose words were taken as an answer at some time, to which questions. */
  taken: Outcome['taken'];
  livePrompts: Coached['livePrompts'];
  challenges: Coached['challenges'];
  decisions: Coached['decisions'];
  /** The most live prompts that one person had open at the same time. */
  mostOpen: Coached['mostOpen'];
  posts: readonly PlayedPost[];
  brief: Outcome['brief'];
  status: Outcome['status'];
  /** Turns that say which question they reply to, while Plumb waited for an answer to that question. */
  inStep: { right: number; of: number };
  /** What must never happen: private words in public, and work that failed for good. */
  faults: readonly string[];
};

/** Between two turns where the file says nothing: long enough that they are not read as one. */
const betweenTurns = 2 * minute;
/** After the last turn: long enough for what waits until somebody has finished, and too short for the reminders of the next day. */
const afterwards = 2 * hour;

/**
 * Plays the turns as they are typed on the whole way of an event, on a store of its own and a clock that is moved: the first on a Monday at 10:00 of the first
 * speaker. `asTyped`: Plumb is addressed only where the words mention it; otherwise also where the file says so.
 */
export async function playDialogue(language: Language, dialogue: DialogueLine, { asTyped = false } = {}): Promise<PlayedDialogue> {
  const people = dialogue.people.map(asRoomPerson);
  const zone = people.find(({ id }) => id === dialogue.turns[0]?.by)?.timeZone ?? 'UTC';
  const scene = await openStage({
    language,
    people,
    settings: {
      externalModel: { conversations: true, hearing: true },
      partners: dialogue.people.filter(({ role }) => role === 'ld-partner').map(({ id }) => ({ personId: id })),
    },
    startAt: DateTime.fromISO('2026-11-23T10:00', { zone }).toMillis(),
  });
  try {
    return await playOn(scene, language, dialogue, asTyped);
  } finally {
    await scene.ends();
  }
}

function asRoomPerson({ id, name, role, tz }: DialogueLine['people'][number]): RoomPerson {
  return { channel: 'room', tenant: roomTenant, id, name, timeZone: tz, external: false, title: role, place: tz };
}

async function playOn(scene: OpenStage, language: Language, dialogue: DialogueLine, asTyped: boolean): Promise<PlayedDialogue> {
  const isAddressed = ({ text, addressedTo }: DialogueLine['turns'][number]) => mentionsPlumb(text) || (!asTyped && addressedTo === 'bot');
  const asking = await askingTurn(language, dialogue, isAddressed);
  const posts: PlayedPost[] = [];
  const turnOf = new Map<string, number>();
  const inStep = { right: 0, of: 0 };
  const coach = watchCoach(scene);
  const claims = partnerOf(scene, dialogue);
  let how: Opening['how'] = 'mentioned Plumb';
  let told = 0;
  const look = async (at: number): Promise<void> => {
    told = takePosts(scene, told, at, posts);
    await coach.look(at);
  };
  for (const [at, turn] of dialogue.turns.entries()) {
    if (at > 0 || turn.afterHours) await scene.moveTo(scene.stage.now() + (turn.afterHours ? turn.afterHours * hour : betweenTurns));
    await look(Math.max(0, at - 1));
    if (at > asking) await claims();
    if (turn.replyTo && at > asking) {
      inStep.of += 1;
      if ((await scene.alignment())?.asked?.questionId === turn.replyTo) inStep.right += 1;
    }
    const actor = createActor(scene.stage, turn.by);
    const addressed = isAddressed(turn);
    const said = await (at <= asking ? actor.asks(turn.text, { addressed }) : actor.says(turn.text, { addressed }));
    turnOf.set(messageRef({ ...said.event.conversation, messageId: said.event.messageId }), at);
    if (at === asking) how = await opened(scene, actor, turn.text, addressed, (again) => turnOf.set(again, at));
    if (at >= asking) await claims();
    await look(at);
  }
  await scene.moveTo(scene.stage.now() + afterwards);
  await look(dialogue.turns.length - 1);
  const opening = { turn: asking, how };
  const outcome = await outcomeOf(scene, dialogue.people, turnOf);
  return { id: dialogue.id, opening, ...outcome, ...coach.coached(), posts, inStep, faults: await faultsOf(scene) };
}

/** The L&D partner who says most takes the conversation on as soon as they see that they can, as a person would who was told of it. */
function partnerOf(scene: OpenStage, { people, turns }: DialogueLine): () => Promise<void> {
  const said = (id: string) => turns.filter(({ by }) => by === id).length;
  const [partner] = people.filter(({ role }) => role === 'ld-partner').toSorted((one, other) => said(other.id) - said(one.id));
  if (!partner) return async () => undefined;
  const actor = createActor(scene.stage, partner.id);
  let claimed = false;
  return async () => {
    if (claimed || !actor.sees().some(({ card }) => buttonsOf(card).includes('claim'))) return;
    claimed = true;
    await actor.presses('claim');
  };
}

/** The first turn that is heard, of those before the first that speaks to Plumb; the first turn of all where none is. */
async function askingTurn(language: Language, { turns }: DialogueLine, isAddressed: (turn: DialogueLine['turns'][number]) => boolean): Promise<number> {
  for (const [at, turn] of turns.entries()) {
    if (isAddressed(turn) || turn.replyTo) return turn.replyTo ? 0 : at;
    if ((await hearing(language, turn.text, writtenMentions(turn.text))).band !== 'no') return at;
  }
  return 0;
}

/** Sees to it that there is a conversation, as a person would: accepts the private suggestion, or asks again and mentions Plumb. */
async function opened(
  scene: OpenStage,
  actor: ReturnType<typeof createActor>,
  text: string,
  addressed: boolean,
  saidAgain: (ref: string) => void,
): Promise<Opening['how']> {
  const state = await scene.alignment();
  if (state && state.status !== 'suggested') return addressed ? 'addressed' : 'heard';
  if (state) {
    await actor.presses('start');
    return 'accepted the suggestion';
  }
  const { event } = await actor.asks(`@Plumb ${text}`);
  saidAgain(messageRef({ ...event.conversation, messageId: event.messageId }));
  return 'mentioned Plumb';
}

/** Adds what was sent since the last look; returns how much was sent in all. */
function takePosts({ platform }: OpenStage, from: number, turn: number, posts: PlayedPost[]): number {
  for (const { card, audience, to, replaces } of platform.sends.slice(from)) {
    if (card === 'removed') continue;
    posts.push({ turn, audience, ...(to.kind === 'person' && { to: to.personId }), text: cardText(card), ...(replaces !== undefined && { edits: true }) });
  }
  return platform.sends.length;
}

async function faultsOf(scene: OpenStage): Promise<string[]> {
  const dead = await scene.store().deadLetters.list(roomTenant);
  return [...scene.platform.failures, ...dead.map(({ what, reason }) => `${what}: ${reason}`)];
}
