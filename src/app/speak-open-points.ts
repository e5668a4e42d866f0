import { buildBrief } from '../domain/brief.ts';
import type { DomainEvent } from '../domain/event.ts';
import { type GivenPoint, waitingPoints } from '../domain/open-points.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { endedPointCard, openPointCard, type PointEnd, pointLabel, pointNewsCard } from '../views/open-points.ts';
import { belongingTo, privatelyTo, say, unpromptedTo } from './say.ts';
import { quotedIn, type Telling } from './telling.ts';
import { threadLink } from './thread-link.ts';

/** What happens to open points, and changes how a brief stands that is signed already. */
export const openPointEvents = ['OpenPointGiven', 'OpenPointReminded', 'OpenPointSettled'] as const satisfies readonly DomainEvent['type'][];

/** Whoever finds something out is asked, reminded and thanked in their own chat; whoever asked for it hears what came of it. */
export async function speakOpenPoints(telling: Telling): Promise<void> {
  const { before, state, events } = telling;
  const was = before.status === 'new' ? [] : waitingPoints(before);
  for (const given of was) await endFor(telling, given);
  for (const event of events) {
    if (event.type === 'OpenPointGiven') await askFor(telling, event);
    if (event.type === 'OpenPointReminded') await remindOf(telling, event);
    if (event.type === 'OpenPointSettled') await tellOf(telling, pointOf(state, event.point), event.by);
  }
}

function pointOf(state: StartedAlignment, point: GivenPoint['point']): GivenPoint | undefined {
  return state.openPoints?.find((given) => given.point === point);
}

function postsOf({ id }: StartedAlignment, { point, owner }: GivenPoint): string {
  return `${id}:open:${point}:${owner}`;
}

/** The names of the cards on which somebody is asked for a point, oldest first; there is one at most. */
async function standing({ dependencies, turn, state }: Telling, given: GivenPoint): Promise<string[]> {
  const name = postsOf(state, given);
  const names = await dependencies.store.posts.named(privatelyTo(turn, given.owner).to, name);
  // One id of a person may begin with that of another.
  return names.filter((each) => each === name || each.startsWith(`${name}:`)).toSorted();
}

async function takeBack(telling: Telling, given: GivenPoint): Promise<void> {
  const { dependencies, turn, state } = telling;
  const to = privatelyTo(turn, given.owner, belongingTo(state, 'question'));
  for (const replaces of await standing(telling, given)) say(dependencies, turn, to, 'removed', { replaces });
}

async function askFor(telling: Telling, event: Extract<DomainEvent, { type: 'OpenPointGiven' }>): Promise<void> {
  const { turn, before, state } = telling;
  const given = pointOf(state, event.point);
  if (!given) return;
  const was = before.status === 'new' ? undefined : waitingPoints(before).find(({ point, owner }) => point === event.point && owner === given.owner);
  if (was && event.by === given.owner) {
    await showMoved(telling, given);
    return tellOf(telling, given, event.by);
  }
  // Whoever takes a point themselves knows of it.
  if (event.by === given.owner) return;
  if (was) await takeBack(telling, given);
  const { to, held } = await unpromptedTo(turn, given.owner, belongingTo(state, 'question'));
  sayTo(telling, given, { to, held, link: await threadLink(turn, state.conversation, given.owner) });
}

/** Whoever asks for a later day sees it on the card that they have. */
async function showMoved(telling: Telling, given: GivenPoint): Promise<void> {
  const { turn, state } = telling;
  const post = (await standing(telling, given)).at(-1);
  if (post === undefined) return;
  const to = privatelyTo(turn, given.owner, belongingTo(state, 'question'));
  sayTo(telling, given, { to, held: {}, link: await threadLink(turn, state.conversation, given.owner), post });
}

/** On the day their own chat says so once; two working days later whoever asked for it learns that it is still open. */
async function remindOf(telling: Telling, event: Extract<DomainEvent, { type: 'OpenPointReminded' }>): Promise<void> {
  const { turn, state } = telling;
  const given = pointOf(state, event.point);
  if (!given) return;
  if (event.which === 'lead') return tellOf(telling, given, given.owner);
  const to = privatelyTo(turn, given.owner, belongingTo(state, 'question'));
  await takeBack(telling, given);
  sayTo(telling, given, { to, held: {}, link: await threadLink(turn, state.conversation, given.owner) });
}

/** `post`: of the card that is changed in place. */
type Sent = { to: ReturnType<typeof privatelyTo>; held: { notBefore?: number }; link: { link?: string }; post?: string };

function sayTo({ dependencies, turn, state, ctx }: Telling, given: GivenPoint, { to, held, link, post }: Sent): void {
  const quotes = quotedIn(state, state.understood);
  const where = post === undefined ? { post: `${postsOf(state, given)}:${turn.now.toString(36)}` } : { post, replaces: post };
  say(dependencies, turn, to, openPointCard(ctx, buildBrief(state), given, link), { ...where, quotes, ...held });
}

/** Nothing waits for them any more: what was asked says how it ended, in place. */
async function endFor(telling: Telling, given: GivenPoint): Promise<void> {
  const { dependencies, turn, state, ctx } = telling;
  const now = waitingPoints(state).find(({ point }) => point === given.point);
  if (now && now.owner === given.owner) return;
  const label = pointLabel(ctx, buildBrief(state), given.point);
  const to = privatelyTo(turn, given.owner);
  for (const post of await standing(telling, given)) {
    // Who was not asked yet need not hear that it is over.
    const isSeen = (await dependencies.store.posts.platformIdAt(to.to, post)) !== undefined;
    if (isSeen) say(dependencies, turn, to, endedPointCard(ctx, label, endOf(state, given, now)), { post, replaces: post });
    else say(dependencies, turn, to, 'removed', { replaces: post });
  }
}

function endOf(state: StartedAlignment, given: GivenPoint, now: GivenPoint | undefined): PointEnd {
  if (now) return { kind: 'somebody-else', person: now.owner };
  const settled = pointOf(state, given.point)?.settled;
  if (settled?.how === 'not-theirs') return given.by === given.owner ? { kind: 'over' } : { kind: 'not-yours', person: given.by };
  if (settled) return { kind: 'settled-thanks' };
  const last = given.point === 'focus' ? undefined : state.answers[given.point]?.at(-1);
  return { kind: last?.by === given.owner ? 'answered' : 'over' };
}

/** Whoever asked for a point hears what its owner says of it; not what they did themselves. */
async function tellOf({ dependencies, turn, state, ctx }: Telling, given: GivenPoint | undefined, by: string): Promise<void> {
  if (!given || given.by === by) return;
  const { to, held } = await unpromptedTo(turn, given.by, belongingTo(state, 'message'));
  const quotes = quotedIn(state, [state.understood, given]);
  say(dependencies, turn, to, pointNewsCard(ctx, buildBrief(state), given), { quotes, ...held });
}
