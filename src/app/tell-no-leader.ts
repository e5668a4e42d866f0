import { buildBrief } from '../domain/brief.ts';
import type { PersonId } from '../domain/conversation.ts';
import { isFormer } from '../domain/former.ts';
import { peopleNamed } from '../domain/permissions.ts';
import { noLeaderCard } from '../views/sign-off.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { belongingTo, say, unpromptedTo } from './say.ts';
import { quotedInTopic } from './telling.ts';
import { threadLink } from './thread-link.ts';
import type { Turn, WorkingAlignment } from './turn.ts';
import { contextOf } from './view-context.ts';

/** Whoever leads what is signed is gone with this person: L&D partners learn it, each alone, and can name an owner. */
export async function tellNoLeader(dependencies: HandleDependencies, turn: Turn, { state }: WorkingAlignment, gone: PersonId): Promise<void> {
  if (state.status !== 'aligned' && state.status !== 'reviewing') return;
  const owners = peopleNamed(state, 'owner');
  const others = owners.filter((id) => id !== gone);
  const isLead = state.requester === gone || (isFormer(state.requester) && owners.includes(gone));
  if (!isLead || others.length > 0) return;
  const ctx = await contextOf(dependencies, turn, state);
  const quotes = quotedInTopic(state).filter((ref) => !turn.eraseTexts.has(ref));
  for (const { personId } of state.partners.filter((partner) => partner.personId !== gone)) {
    const { to, held } = await unpromptedTo(turn, personId, belongingTo(state, 'message'));
    const { link } = await threadLink(turn, state.conversation, personId);
    say(dependencies, turn, to, noLeaderCard(ctx, buildBrief(state), link), { post: `${state.id}:no-leader:${turn.now}:${personId}`, quotes, ...held });
  }
}
