import { z } from 'zod';
import type { FakeTeams } from '../../channels/teams/fake-teams/open-fake-teams.ts';
import type { Tables } from '../tables.ts';
import type { Talker } from './people.ts';
import type { Where } from './posts.ts';

type Evidence = { teams: FakeTeams; talkers: readonly Talker[]; talk: { said: readonly { where: Where }[] } };

/** Nothing that one tenant said, nor anybody of it, was told to another one's connector or in answer to its people. */
export function mixedTenants({ teams, talkers }: Evidence): string[] {
  const markers = new Map(talkers.map(({ tenant, marker }) => [tenant, marker]));
  const told = [
    ...teams.calls.map(({ tenant, operation, body }) => ({ tenant, what: `a ${operation}`, text: JSON.stringify(body) })),
    ...teams.deliveries.map(({ activity, answer }) => ({ tenant: tenantIn(activity), what: 'an answer', text: JSON.stringify(answer.body ?? '') })),
  ];
  return told.flatMap(({ tenant, what, text }) =>
    [...markers]
      .filter(([other, marker]) => other !== tenant && (text.includes(marker) || text.includes(other)))
      .map(([other]) => `${what} told ${tenant} of ${other}`),
  );
}

const Tenant = z.object({ conversation: z.object({ tenantId: z.string() }) });

function tenantIn(activity: unknown): string {
  return Tenant.parse(activity).conversation.tenantId;
}

const ReferenceRow = z.object({ tenant: z.string(), kind: z.string(), id: z.string(), body: z.string() });
const Reference = z.looseObject({ serviceUrl: z.string(), botId: z.string(), chat: z.string().optional(), added: z.boolean().optional() });

/** How to reach each tenant, each place that people talked in, and everybody who talked is known, once, and right. */
export async function brokenReferences(tables: Tables, { teams, talkers, talk }: Evidence): Promise<string[]> {
  const rows = await tables.rows(ReferenceRow, "SELECT tenant, kind, id, body FROM conversation_references WHERE channel = 'teams'");
  const keys = new Set(rows.map(({ tenant, kind, id }) => `${tenant} ${kind} ${id}`));
  const places = talk.said.map(({ where }) => where).filter(({ place }) => teams.place(place).kind !== 'personal');
  const wanted = [
    ...talkers.flatMap(({ tenant, who }) => [`${tenant} tenant ${tenant}`, `${tenant} person ${who}`]),
    ...places.map(({ tenant, place }) => `${tenant} place ${place}`),
  ];
  const missing = [...new Set(wanted)].filter((key) => !keys.has(key)).map((key) => `the reference ${key} is missing`);
  const wrong = rows.flatMap(({ tenant, kind, id, body }) => {
    const { serviceUrl, botId, chat, added } = Reference.parse(JSON.parse(body));
    const isRight =
      serviceUrl === teams.serviceUrl(tenant) && botId === teams.botId && (chat === undefined || (chat === teams.personal(id) && added !== false));
    return isRight ? [] : [`the reference ${tenant} ${kind} ${id} is wrong: ${body}`];
  });
  return [...missing, ...wrong];
}
