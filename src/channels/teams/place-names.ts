import type { Person } from '../../domain/conversation.ts';

const mostNames = 5;

/** Channels are named with their team, since many teams have a channel of the same name; the General channel is called by its team. */
export function nameChannel(team: string | undefined, channel: string | undefined): string {
  return [team, channel].filter((name) => name !== undefined && name !== '').join(' > ');
}

/** Chats are called by who is in them. */
export function nameChat(members: readonly Pick<Person, 'name'>[]): string {
  const names = members.slice(0, mostNames).map(({ name }) => name);
  return [...names, ...(members.length > mostNames ? ['…'] : [])].join(', ');
}
