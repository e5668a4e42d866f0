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

function postOf({ id }: StartedAlignment, { point, owner, remindedAt }: GivenPoint): string {
  return `${id}:open:${point}:${owner}${remindedAt === undefined ? '' : ':again'}`;
}

async function askFor(telling: Telling, event: Extract<DomainEvent, { type: 'OpenPointGiven' }>): Promise<void> {
  const { turn, before, state } = telling;
  const given = pointOf(state, event.point);
  if (!given) return;
  const was = before.status === 'new' ? undefined : waitingPoints(before).find(({ point, owner }) => point === event.point && owner === given.owner);
  if (was && event.by === given.owner) return tellOf(telling, given, event.by);
  // Whoever takes a point themselves knows of it.
  if (event.by === given.owner) return;
  const { to, held } = await unpromptedTo(turn, given.owner, belongingTo(state, 'question'));
  sayTo(telling, given, { to, held, link: await threadLink(turn, state.conversation, given.owner) });
}

/** On the day their own chat says so once; two working days later whoever asked for it learns that it is still open. */
async function remindOf(telling: Telling, event: Extract<DomainEvent, { type: 'OpenPointReminded' }>): Promise<void> {
  const { dependencies, turn, state } = telling;
  const given = pointOf(state, event.point);
  if (!given) return;
  if (event.which === 'lead') return tellOf(telling, given, given.owner);
  const to = privatelyTo(turn, given.owner, belongingTo(state, 'question'));
  const { remindedAt, ...asked } = given;
  if (given.by !== given.owner) say(dependencies, turn, to, 'removed', { replaces: postOf(state, asked) });
  sayTo(telling, given, { to, held: {}, link: await threadLink(turn, state.conversation, given.owner) });
}

type Sent = { to: ReturnType<typeof privatelyTo>; held: { notBefore?: number }; link: { link?: string } };

function sayTo({ dependencies, turn, state, ctx }: Telling, given: GivenPoint, { to, held, link }: Sent): void {
  const quotes = quotedIn(state, state.understood);
  say(dependencies, turn, to, openPointCard(ctx, buildBrief(state), given, link), { post: postOf(state, given), quotes, ...held });
}

/** Nothing waits for them any more: what was asked says how it ended, in place. */
async function endFor({ dependencies, turn, state, ctx }: Telling, given: GivenPoint): Promise<void> {
  const now = waitingPoints(state).find(({ point }) => point === given.point);
  if (now && now.owner === given.owner) return;
  const post = postOf(state, given);
  if ((await dependencies.store.posts.platformId(post)) === undefined) return;
  const label = pointLabel(ctx, buildBrief(state), given.point);
  say(dependencies, turn, privatelyTo(turn, given.owner), endedPointCard(ctx, label, endOf(state, given, now)), { post, replaces: post });
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
