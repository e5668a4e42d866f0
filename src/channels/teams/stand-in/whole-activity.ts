import { inThread, type PlaceKind } from '../place.ts';
import { tellsWords } from './thin-place.ts';

/** What is remembered of an activity to which nothing has to be added. */
export type Whole = {
  type: string;
  id: string;
  place: string;
  root: string | undefined;
  kind: PlaceKind;
  tenant: string;
  team: string | undefined;
  from: { id: string; aadObjectId: string; name?: string };
};

const kinds: readonly PlaceKind[] = ['personal', 'channel', 'groupChat'];

/** Undefined where something has to be added. Without schemas: to look for gaps in what has none must cost next to nothing. */
export function wholeIn(activity: unknown): Whole | undefined {
  const [type, id] = [textAt(activity, 'type'), textAt(activity, 'id')];
  const conversation = at(activity, 'conversation');
  const kind = kinds.find((one) => one === textAt(conversation, 'conversationType'));
  const [place, root] = textAt(conversation, 'id')?.split(inThread) ?? [];
  const tenant = textAt(conversation, 'tenantId');
  const team = textAt(at(at(activity, 'channelData'), 'team'), 'id');
  const sender = at(activity, 'from');
  const [senderId, aadObjectId, name] = [textAt(sender, 'id'), textAt(sender, 'aadObjectId'), textAt(sender, 'name')];
  if (type === undefined || id === undefined || place === undefined || kind === undefined || tenant === undefined) return undefined;
  const bot = textAt(at(activity, 'recipient'), 'id');
  if (senderId === undefined || aadObjectId === undefined || bot === undefined || senderId === bot) return undefined;
  if (kind === 'channel' && (team === undefined || root === undefined)) return undefined;
  if (!(tellsWords(type) ? hasMentions(activity) : type === 'invoke' && hasData(activity))) return undefined;
  return { type, id, place, root, kind, tenant, team, from: { id: senderId, aadObjectId, ...(name !== undefined && { name }) } };
}

/** Whoever is mentioned is named beside the text, and nothing was pressed. */
function hasMentions(activity: unknown): boolean {
  if (at(activity, 'value') !== undefined) return false;
  const text = textAt(activity, 'text');
  if (text === undefined || !(text.includes('@') || text.includes('<at'))) return true;
  const entities = at(activity, 'entities');
  return Array.isArray(entities) && entities.some((entity) => textAt(at(entity, 'mentioned'), 'id') !== undefined);
}

function hasData(activity: unknown): boolean {
  const [name, value] = [textAt(activity, 'name'), at(activity, 'value')];
  if (name === 'adaptiveCard/action') {
    const data = at(at(value, 'action'), 'data');
    return textAt(data, 'action') !== undefined && typeof at(data, 'value') === 'object';
  }
  return name !== undefined && (!name.startsWith('task/') || typeof at(value, 'data') === 'object');
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
