import type { PersonId } from '../domain/conversation.ts';
import { type Notice, noticeCard } from '../views/notice.ts';
import { partnerNoticeCard, partnerTakenCard } from '../views/suggestion.ts';
import { belongingTo, privatelyTo, say, unpromptedTo } from './say.ts';
import { partnersOf } from './standing.ts';
import { fitForPartners } from './strategy-on-file.ts';
import { quotedIn, type Telling } from './telling.ts';
import { requestLink } from './thread-link.ts';

/** Tells the L&D partners who cover the place that a request was heard; `again` when its words changed. */
export async function tellPartners(telling: Telling, again = false): Promise<void> {
  const { dependencies, turn, state, ctx } = telling;
  const { quotes, ...fit } = await fitForPartners(telling);
  for (const personId of partnersOf(turn.settings, state.conversation.place)) {
    if (personId === state.requester || state.partners.some((partner) => partner.personId === personId)) continue;
    const link = await requestLink(turn, state);
    const card = partnerNoticeCard(ctx, state, { ...fit, ...(link !== undefined && { link }) });
    const post = `${state.id}:heard:${personId}`;
    const { to, held } = await unpromptedTo(turn, personId, belongingTo(state, 'request'));
    say(dependencies, turn, to, card, { post, ...(again && { replaces: post }), quotes: quotedIn(state, [state.understood, quotes]), ...held });
  }
}

/** Takes back what partners were told; not from `but`. */
export function untellPartners({ dependencies, turn, state }: Telling, { but }: { but?: PersonId } = {}): void {
  const told = [...partnersOf(turn.settings, state.conversation.place), ...state.partners.map((partner) => partner.personId)];
  for (const personId of new Set(told.filter((id) => id !== but)))
    say(dependencies, turn, privatelyTo(turn, personId), 'removed', { replaces: `${state.id}:heard:${personId}` });
}

/** What somebody claimed, gave back or handed over shows in their own chat too, in place of what told them of the request. */
export async function confirmToPartners(telling: Telling): Promise<void> {
  for (const event of telling.events) {
    if (event.type === 'PartnerJoined') await confirmTaken(telling, event.personId);
    if (event.type === 'PartnerLeft') confirm(telling, event.personId, { kind: 'given-back', person: event.personId });
    if (event.type === 'PartnerReplaced') {
      const { from, to, cover } = event;
      confirm(telling, from, { kind: 'handed-over', from, to, cover });
      await confirmTaken(telling, to);
    }
  }
}

async function confirmTaken(telling: Telling, personId: PersonId): Promise<void> {
  const { dependencies, turn, state, ctx } = telling;
  const { quotes, ...fit } = await fitForPartners(telling);
  const link = await requestLink(turn, state);
  const post = `${state.id}:heard:${personId}`;
  const card = partnerTakenCard(ctx, state, { ...fit, ...(link !== undefined && { link }) });
  say(dependencies, turn, privatelyTo(turn, personId, belongingTo(state, 'request')), card, {
    post,
    replaces: post,
    quotes: quotedIn(state, [state.understood, quotes]),
  });
}

function confirm({ dependencies, turn, state, ctx }: Telling, personId: PersonId, notice: Notice): void {
  const post = `${state.id}:heard:${personId}`;
  say(dependencies, turn, privatelyTo(turn, personId), noticeCard(ctx, notice, state.id), { post, replaces: post });
}
