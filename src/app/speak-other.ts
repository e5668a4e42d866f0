import { startedPostCard } from '../views/channel.ts';
import { channelOf, say } from './say.ts';
import { quotedIn, type Telling } from './telling.ts';
import { threadPost } from './thread-post.ts';

/** A further request of the message gets a post that carries its thread, as a command does; its alignment opens once that post is out. */
export function postOthers({ dependencies, turn, state, events, ctx }: Telling): void {
  for (const event of events) {
    const other = event.type === 'OtherRequestStarted' ? state.others?.[event.other] : undefined;
    if (event.type !== 'OtherRequestStarted' || !other) continue;
    const opens = { eventKey: dependencies.newId(), personId: event.by, text: '', other: { alignment: state.id, index: event.other } };
    const card = startedPostCard(ctx, { startedBy: event.by, understood: other.understood });
    say(dependencies, turn, channelOf(turn, state.conversation.place), card, {
      post: threadPost(event.startedAs),
      opens,
      quotes: quotedIn(state, other),
    });
  }
}
