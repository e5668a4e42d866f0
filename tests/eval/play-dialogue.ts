import { DateTime } from 'luxon';
import { type RoomPerson, roomTenant } from '../../src/channels/room/people.ts';
import { messageRef } from '../../src/domain/conversation.ts';
import type { Language } from '../../src/language/language.ts';
import { createActor } from '../app/conversation/actor.ts';
import { cardText } from '../app/conversation/card-text.ts';
import { hour, minute, type OpenStage, openStage } from '../app/conversation/stage.ts';
import type { DialogueLine } from './formats.ts';
import { hearing } from './hearing.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
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
  livePrompts: readonly { trigger: string; turn: number; text: string; evidence: string }[];
  challenges: readonly { turn: number; text: string; evidence: string }[];
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
  let how: Opening['how'] = 'mentioned Plumb';
  let told = 0;
  for (const [at, turn] of dialogue.turns.entries()) {
    if (at > 0 || turn.afterHours) await scene.moveTo(scene.stage.now() + (turn.afterHours ? turn.afterHours * hour : betweenTurns));
    told = takePosts(scene, told, Math.max(0, at - 1), posts);
    if (turn.replyTo && at > asking) {
      inStep.of += 1;
      if ((await scene.alignment())?.asked?.questionId === turn.replyTo) inStep.right += 1;
    }
    const actor = createActor(scene.stage, turn.by);
    const addressed = isAddressed(turn);
    const said = await (at <= asking ? actor.asks(turn.text, { addressed }) : actor.says(turn.text, { addressed }));
    turnOf.set(messageRef({ ...said.event.conversation, messageId: said.event.messageId }), at);
    if (at === asking) how = await opened(scene, actor, turn.text, addressed, (again) => turnOf.set(again, at));
    told = takePosts(scene, told, at, posts);
  }
  const opening = { turn: asking, how };
  const outcome = await outcomeOf(scene, dialogue.people, turnOf);
  return { id: dialogue.id, opening, ...outcome, livePrompts: [], challenges: [], posts, inStep, faults: await faultsOf(scene) };
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
