import { DateTime } from 'luxon';
import type { Promised } from '../domain/promise-state.ts';
import { noonOf } from '../domain/promises.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { ViewContext } from '../views/context.ts';
import { type PromiseOptions, promiseCard, promiseToldCard } from '../views/promise.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { messageLink } from './line-links.ts';
import { privatelyTo, say, threadOf, unpromptedTo } from './say.ts';
import { changedAmong, personOf, type Turn, type WorkingAlignment } from './turn.ts';
import { contextOf } from './view-context.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** After everything else in a turn: each promise to whoever made it, alone, as it stands now. */
export async function speakPromises(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const alignment of changedAmong(turn.alignments)) {
    const { before, state } = alignment;
    const was = promisesIn(before);
    const is = promisesIn(state);
    if (state.status === 'new' || was === is) continue;
    const ctx = await contextOf(dependencies, turn, state, alignment.events);
    for (const promise of was) if (!is.some(({ id }) => id === promise.id)) await takeBack(dependencies, turn, state, promise);
    for (const promise of is) {
      const earlier = was.find(({ id }) => id === promise.id);
      if (earlier !== promise) await show({ dependencies, turn, state, ctx }, promise, earlier);
    }
    tellThread({ dependencies, turn, state, ctx }, alignment);
  }
}

type Shown = { dependencies: HandleDependencies; turn: Turn; state: StartedAlignment; ctx: ViewContext };

function promisesIn(state: WorkingAlignment['state']): readonly Promised[] {
  return state.status === 'new' ? none : (state.promises ?? none);
}
const none: readonly Promised[] = [];

/** Where the cards of a promise stand: one at a time. */
function postsOf({ id: alignment }: StartedAlignment, { id }: Promised): string {
  return `${alignment}:promise:${id}:`;
}

async function standing({ store }: HandleDependencies, turn: Turn, state: StartedAlignment, promise: Promised): Promise<string[]> {
  return store.posts.named(privatelyTo(turn, promise.by).to, postsOf(state, promise));
}

async function takeBack(dependencies: HandleDependencies, turn: Turn, state: StartedAlignment, promise: Promised): Promise<void> {
  for (const replaces of await standing(dependencies, turn, state, promise)) say(dependencies, turn, privatelyTo(turn, promise.by), 'removed', { replaces });
}

/** Something new to press comes as a message of its own and takes the place of the last; anything else changes the card that stands there. */
async function show(shown: Shown, promise: Promised, earlier: Promised | undefined): Promise<void> {
  const { dependencies, turn, state, ctx } = shown;
  const card = promiseCard(ctx, state, promise, await optionsFor(shown, promise));
  const posts = await standing(dependencies, turn, state, promise);
  const quotes = [promise.words.textId];
  const news = newsOf(promise);
  const isNews = earlier === undefined || (news !== undefined && news !== newsOf(earlier));
  const last = posts.at(-1);
  if (!isNews && last !== undefined) {
    say(dependencies, turn, privatelyTo(turn, promise.by), card, { post: last, replaces: last, quotes });
    return;
  }
  for (const replaces of posts) say(dependencies, turn, privatelyTo(turn, promise.by), 'removed', { replaces });
  const { to, held } = await unpromptedTo(turn, promise.by);
  const { timeZone } = await personOf(turn, promise.by);
  const post = `${postsOf(state, promise)}${turn.now.toString(36)}`;
  // Where somebody has no chat with Plumb nobody learns that there is anything; and what comes after its day is of no use.
  const expiresAt = promise.status === 'proposed' ? (promise.due === undefined ? turn.now + 3 * day : noonOf(promise.due, timeZone) + 12 * hour) : undefined;
  say(dependencies, turn, to, card, { post, quotes, fleeting: true, ...held, ...(expiresAt !== undefined && { expiresAt }) });
}

/** What somebody is written to about once it was heard: the reminder of one day, and the question after it. */
function newsOf(promise: Promised): string | undefined {
  if (promise.status === 'open' && promise.reminded) return `reminder ${promise.due}`;
  return promise.status === 'asked' ? `asked ${promise.due}` : undefined;
}

async function optionsFor({ turn, state }: Shown, promise: Promised): Promise<PromiseOptions> {
  const { timeZone } = await personOf(turn, promise.by);
  const link = promise.status === 'proposed' ? await messageLink(turn, promise.by, state, promise.messageRef) : undefined;
  const localDate = (at: number) => DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
  return {
    canTell: canTell(state),
    ...(link !== undefined && { link }),
    ...(promise.status === 'open' && { askDay: localDate(promise.askAt), ...(promise.remindAt !== undefined && { remindDay: localDate(promise.remindAt) }) }),
  };
}

/** Whether there is a thread where the others are. */
export function canTell({ privately, conversation }: StartedAlignment): boolean {
  return !privately && conversation.thread !== '';
}

function tellThread({ dependencies, turn, state, ctx }: Shown, { events }: WorkingAlignment): void {
  for (const event of events) {
    const promise = event.type === 'PromiseTold' ? promisesIn(state).find(({ id }) => id === event.id) : undefined;
    if (promise?.status !== 'kept' && promise?.status !== 'let-go') continue;
    say(dependencies, turn, threadOf(state), promiseToldCard(ctx, promise), { post: `${state.id}:told:${promise.id}`, quotes: [promise.words.textId] });
  }
}
