import { currentAnswers, type QuestionId } from '../domain/questions.ts';
import { delegatePrivateCard, delegateThreadCard } from '../views/delegate.ts';
import { noticeCard } from '../views/notice.ts';
import { whoIsMeantCard } from '../views/who-is-meant.ts';
import { asideFor } from './asides.ts';
import { belongingTo, privatelyTo, say, threadOf, unpromptedTo, voiceOf } from './say.ts';
import { quotedIn, type Telling } from './telling.ts';
import { threadLink } from './thread-link.ts';

/** Asks whom a written name means, where the name was written. */
export function askWho({ dependencies, turn, state, ctx, events, quotes }: Telling): void {
  for (const event of events) {
    if (event.type !== 'PersonAskedFor') continue;
    const post = `${state.id}:who:${event.name.textId}:${event.name.start}`;
    say(dependencies, turn, asideFor(turn, state, event) ?? voiceOf(turn, state), whoIsMeantCard(ctx, state, event), { post, quotes });
  }
}

// More than three pickers at once would bury the draft; the others stay open points.
const pickersAtOnce = 3;

/** Names of those who lead and sustain the change, as far as nobody knows yet who is meant. */
export function askWhoIsUnknown({ dependencies, turn, state, ctx, quotes }: Telling): void {
  const named = (['owner', 'manager-role'] as const).flatMap((questionId: QuestionId) =>
    currentAnswers(state.answers, questionId).flatMap((answer) => (answer.facts?.people ?? []).map((person) => ({ questionId, person }))),
  );
  const unknown = named.filter(({ person }) => person.personId === undefined && ctx.quote(person.name)).slice(0, pickersAtOnce);
  for (const { questionId, person } of unknown)
    say(dependencies, turn, voiceOf(turn, state), whoIsMeantCard(ctx, state, { name: person.name, questionId }), { quotes });
}

/** Whoever was named to answer instead is asked, where the asker wanted it; and thanked in their private chat. */
export async function askDelegates({ dependencies, turn, before, state, ctx, events }: Telling): Promise<void> {
  // They see the topic, and that stands in the request.
  const quotes = quotedIn(state, state.understood);
  for (const event of events) {
    if (event.type !== 'QuestionAnswered') continue;
    const { questionId, delegatedTo, by } = event.answer;
    if (delegatedTo) {
      const about = { questionId, asker: by, to: delegatedTo.personId };
      const post = `${state.id}:delegated:${questionId}:${delegatedTo.personId}`;
      // In a private conversation the thread is no place to ask.
      if (delegatedTo.privately || state.privately) {
        const { to, held } = await unpromptedTo(turn, delegatedTo.personId, belongingTo(state, 'question'));
        const link = await threadLink(turn, state.conversation, delegatedTo.personId);
        say(dependencies, turn, to, delegatePrivateCard(ctx, state, { ...about, ...link }), { post, quotes, ...held });
      } else say(dependencies, turn, threadOf(state), delegateThreadCard(ctx, state, about), { post, quotes });
    } else if (before.status !== 'new') {
      const waited = currentAnswers(before.answers, questionId).find((answer) => answer.delegatedTo?.personId === by);
      const askedPrivately = waited && (waited.delegatedTo?.privately || before.privately);
      if (!askedPrivately) continue;
      const post = `${state.id}:delegated:${questionId}:${by}`;
      say(dependencies, turn, privatelyTo(turn, by), noticeCard(ctx, { kind: 'thanks-delegate', person: waited.by }), { post, replaces: post });
    }
  }
}
