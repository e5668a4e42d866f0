import type { ConversationRef } from '../domain/conversation.ts';
import { joinCard } from '../views/channel.ts';
import { noticeCard } from '../views/notice.ts';
import { welcomeCard } from '../views/welcome.ts';
import { answersLast } from './asides.ts';
import { goneFrom, staysNamed } from './gone.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { joinPost, keepOutOfAbsent, welcomePost } from './installation.ts';
import { channelOf, privatelyTo, say, type Where } from './say.ts';
import { speakAgain } from './speak-again.ts';
import { speakAlignment } from './speak-alignment.ts';
import { speakFitnessAgain } from './speak-fitness.ts';
import { speakFollow } from './speak-follow.ts';
import { speakPromises } from './speak-promises.ts';
import { changedAmong, type Turn } from './turn.ts';
import { speakUnreached } from './unreached.ts';
import { contextFor } from './view-context.ts';

/** Puts into words everything that happened in a turn, for everybody it concerns. */
export async function speak(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  for (const alignment of changedAmong(turn.alignments)) await speakAlignment(dependencies, turn, alignment);
  await speakFollow(dependencies, turn);
  await speakAgain(dependencies, turn);
  await speakFitnessAgain(dependencies, turn);
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: turn.refusals.map((refusal) => refusal.personId) });
  for (const { personId, code, belonging } of turn.refusals) {
    const to = { ...privatelyTo(turn, personId), ...belonging };
    say(dependencies, turn, to, noticeCard(ctx, { kind: 'refused', code, who: [] }), { expiresAt: turn.now + answersLast });
  }
  for (const { conversation } of turn.greetings) say(dependencies, turn, hereIn(conversation), noticeCard(ctx, { kind: 'help' }));
  for (const conversation of turn.otherRequests) {
    const kind = conversation.thread === '' ? 'another-request' : 'another-request-chat';
    say(dependencies, turn, hereIn(conversation), noticeCard(ctx, { kind }));
  }
  for (const { place } of turn.joined) say(dependencies, turn, channelOf(turn, place), joinCard(ctx, place), { post: joinPost(turn.now) });
  for (const personId of turn.welcomed) say(dependencies, turn, privatelyTo(turn, personId), welcomeCard(ctx), { post: welcomePost });
  await speakUnreached(dependencies, turn);
  await speakPromises(dependencies, turn);
  await redact(dependencies, turn);
  keepOutOfAbsent(turn);
}

function hereIn(conversation: ConversationRef): Where {
  return { to: { kind: 'conversation', conversation }, audience: conversation.thread === '' ? 'private' : 'thread' };
}

/** Where Plumb repeated words that are erased now, it takes its own post back too, unless this turn writes it anew. */
async function redact(dependencies: HandleDependencies, turn: Turn): Promise<void> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  const rewritten = new Set(turn.outbox.map((message) => message.replaces));
  for (const ref of goneFrom(turn)) {
    for (const { post, message } of await dependencies.store.posts.quoting(ref)) {
      if (rewritten.has(post) || staysNamed(turn, ref, post, message)) continue;
      rewritten.add(post);
      // Said anew, Home would come to the end of the chat; this stands where it stood.
      const where: Where = { ...message, audience: message.audience === 'home' ? 'private' : message.audience };
      say(dependencies, turn, where, noticeCard(ctx, { kind: 'redacted' }), { post, replaces: post });
    }
  }
}
