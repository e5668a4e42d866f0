import type { FakeSlack } from '../../channels/slack/fake-slack/open-fake-slack.ts';

/** Where people talk with Plumb: a thread, or a 1:1 chat with `thread` ''. */
export type Where = { place: string; thread: string };

type Message = NonNullable<ReturnType<FakeSlack['state']['messages']['get']>>[number];

/** What Plumb's bot shows there, oldest first. */
export function postsIn({ state }: FakeSlack, { place, thread }: Where): Message[] {
  return (state.messages.get(place) ?? []).filter((one) => one.botId !== undefined && (thread === '' || one.threadTs === thread || one.ts === thread));
}

/** Everything that Plumb's bot shows anywhere. */
export function allPosts({ state }: FakeSlack): Message[] {
  return [...state.messages.values()].flat().filter((one) => one.botId !== undefined);
}

/** Something of Plumb's came there after that moment (a ts), or changed. */
export function reactedSince(slack: FakeSlack, where: Where, ts: string): boolean {
  return postsIn(slack, where).some((post) => post.ts > ts || (post.edited !== undefined && post.edited.ts > ts));
}

/** The id of the outbox row that a post was made from; undefined for what only answers a press. */
export function outboxIdOf({ metadata }: Pick<Message, 'metadata'>): string | undefined {
  const id = metadata?.event_payload['id'];
  return typeof id === 'string' ? id : undefined;
}
