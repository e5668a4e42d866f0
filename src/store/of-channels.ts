import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { OfChannels } from '../app/store.ts';
import type { ChannelName } from '../domain/conversation.ts';

/** Every platform that there is. */
export const channelNames: readonly ChannelName[] = ['slack', 'teams', 'room'];

/** Streams are named after the conversation that they began in (conversationKey). */
export function streamsIn({ channels }: OfChannels): RawBuilder<SqlBool> {
  return beginsWith(
    'stream',
    channels?.map((channel) => `${channel}/`),
  );
}

/** Destinations are named by destinationKey. */
export function destinationsIn({ channels }: OfChannels): RawBuilder<SqlBool> {
  return beginsWith(
    'destination',
    channels?.flatMap((channel) => [`conversation/${channel}/`, `person/${channel}/`]),
  );
}

/** Only ever a filter on rows that an index gives in their order: what waits for others is little. */
function beginsWith(column: string, beginnings: readonly string[] | undefined): RawBuilder<SqlBool> {
  if (!beginnings) return sql<SqlBool>`true`;
  if (beginnings.length === 0) return sql<SqlBool>`false`;
  const each = beginnings.map((beginning) => sql`${sql.ref(column)} like ${`${beginning}%`}`);
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}
