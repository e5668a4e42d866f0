import { z } from 'zod';
import { parseJson } from '../../parse-json.ts';

function orNothing<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .catch(undefined)
    .transform((value) => value ?? undefined);
}

/** Whatever stands for an id: some services number things. */
const anyId = z.union([z.string().min(1), z.number().transform(String)]);
const id = orNothing(anyId);
const words = orNothing(z.string().min(1));
const flag = orNothing(z.boolean());

const ThinAccount = z.looseObject({ id, aadObjectId: id, name: words, tenantId: id });
/** A place or an organisation is told as an object with an id, or as the id alone. */
const Named = orNothing(z.union([z.looseObject({ id: anyId, name: words }), anyId.transform((only) => ({ id: only }))]));

/** An activity as the Bot Framework's activity schema wants it at the least (its sections on fields that "SHOULD" be there), and less than that. */
export const ThinActivity = z.looseObject({
  type: z.string().min(1),
  name: words,
  id,
  replyToId: id,
  from: orNothing(ThinAccount),
  recipient: orNothing(ThinAccount),
  conversation: orNothing(
    z.union([z.looseObject({ id: anyId, conversationType: words, isGroup: flag, tenantId: id }), anyId.transform((only) => ({ id: only }))]),
  ),
  channelData: orNothing(z.looseObject({ tenant: Named, team: Named, channel: Named, teamsChannelId: id, teamsTeamId: id })),
  entities: orNothing(z.array(z.unknown())),
  membersAdded: orNothing(z.array(ThinAccount)),
  membersRemoved: orNothing(z.array(ThinAccount)),
  text: orNothing(z.string()),
  value: z.unknown().optional(),
});
export type ThinActivity = z.infer<typeof ThinActivity>;

export const ThinMention = z.looseObject({
  type: z.literal('mention'),
  text: words,
  mentioned: orNothing(z.looseObject({ id, name: words })),
});

const Whole = z.record(z.string(), z.unknown());

/** An object, also one that was written as JSON; undefined for anything else. */
export function objectIn(value: unknown): Record<string, unknown> | undefined {
  const parsed = Whole.safeParse(typeof value === 'string' ? parseJson(value) : value);
  return parsed.success ? parsed.data : undefined;
}
