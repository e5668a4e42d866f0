import type { By, Command } from '../domain/command.ts';
import { may, rolesOf } from '../domain/permissions.ts';
import type { AlignmentState, StartedAlignment } from '../domain/state.ts';
import { noticeCard, type SimpleNotice } from '../views/notice.ts';
import type { ReadText } from './burst.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import { ifReadable } from './if-readable.ts';
import { actOf, type MessageEvent } from './read-message.ts';
import { privatelyTo, say } from './say.ts';
import { standingOf } from './standing.ts';
import { command, type Turn, type WorkingAlignment, workOnAlignment } from './turn.ts';
import { contextFor } from './view-context.ts';

const noPrompts = /\b(?:stop|no more|quit|don['’]?t|do not)\b.{0,20}\b(?:suggest\w*|prompt\w*|hints?|coach\w*)\b/iu;

/** An L&D partner tells Plumb to suggest nothing more: what is open is put away, and nobody else learns what it was about. */
export function noMorePrompts(state: StartedAlignment, by: By, { text, addressed }: Pick<ReadText, 'text' | 'addressed'>): Command[] {
  if (!addressed || !noPrompts.test(text) || !may('SetPromptLimit', rolesOf(state, by.by, by.standing))) return [];
  return without(state, by);
}

function without({ coaching }: StartedAlignment, by: By): Command[] {
  const open = coaching?.prompts.find(({ status }) => status === 'open');
  return [...(open ? [{ type: 'DismissPrompt', ...by, trigger: open.trigger } as const] : []), { type: 'SetPromptLimit', ...by, limit: 0 }];
}

const lead = String.raw`^\W*(?:(?:@?plumb|please|pls|ok(?:ay)?|hi|hey|hello|thanks|thank you|can you|could you|would you|just|and|but)\W+)*`;
const what = String.raw`\b(?:suggest(?:ions?|ing)?|prompts|prompting|hints?|coaching me)\b`;
/** Said to Plumb alone, where a request for training could stand as well: the whole message has to be about that. */
const noneHere = new RegExp(
  String.raw`${lead}(?:(?:stop|quit|don['’]?t|do not|turn off|switch off|mute)\b.{0,30}|(?:no|enough)(?: more| further)?(?: of)?(?: the| these| your)? )${what}.{0,40}$`,
  'isu',
);
const againHere = new RegExp(
  String.raw`${lead}(?:(?:resume|restart|start|turn|switch|send|show|give|bring|unmute|i(?:['’]d)? (?:want|would like|like))\b.{0,30})?${what}.{0,20}\b(?:again|back|on)\b.{0,20}$|${lead}(?:resume|restart|turn on|switch on|unmute)\b.{0,20}${what}.{0,20}$`,
  'isu',
);
/** Longer messages say something else as well. */
const mostWords = 14;

// As many as anybody leads at a time.
const searched = 100;
const open = ['clarifying', 'reviewing', 'aligned', 'paused'] as const;

type Chosen = 'prompts-off' | 'prompts-on';

/** What somebody wants of the prompts by a message to Plumb alone, if it is about them. */
function chosenIn(text: string): Chosen | undefined {
  if (text.trim().split(/\s+/u).length > mostWords) return undefined;
  if (noneHere.test(text)) return 'prompts-off';
  return againHere.test(text) ? 'prompts-on' : undefined;
}

/**
 * In their own chat with Plumb an L&D partner wants no more prompts, or wants them again: it holds in every conversation that is theirs. Whether it was
 * that; for everybody else such words are what they always were.
 */
export async function choosePrompts(dependencies: HandleDependencies, turn: Turn, event: MessageEvent): Promise<boolean> {
  const { conversation, personId, text } = event;
  const chosen = event.type === 'MessagePosted' && conversation.thread === '' ? chosenIn(text) : undefined;
  if (!chosen) return false;
  const own = await theirs(dependencies, turn, personId);
  const standing = standingOf(turn.settings, personId);
  if (own.length === 0 && !standing.includes('listed-partner')) return false;
  const by: By = { by: personId, act: actOf(event), standing };
  for (const { alignment, state } of own) {
    const orders: Command[] = chosen === 'prompts-off' ? without(state, by) : [{ type: 'SetPromptLimit', ...by, limit: undefined }];
    for (const order of orders) command(alignment, order, turn.now);
  }
  await sayPromptsChosen(dependencies, turn, personId, own.length === 0 ? 'prompts-none' : chosen);
  return true;
}

/** Told to them alone, with how to get them back. */
export async function sayPromptsChosen(
  dependencies: HandleDependencies,
  turn: Turn,
  personId: string,
  kind: Extract<SimpleNotice, Chosen | 'prompts-none'>,
): Promise<void> {
  const ctx = await contextFor(dependencies, turn, { refersTo: [], people: [] });
  say(dependencies, turn, privatelyTo(turn, personId), noticeCard(ctx, { kind }));
}

async function theirs({ store, logger }: HandleDependencies, turn: Turn, person: string): Promise<{ alignment: WorkingAlignment; state: StartedAlignment }[]> {
  const rows = await store.aggregates.list({ tenant: turn.tenant, kind: 'alignment', person, statuses: open, limit: searched });
  const found = [];
  for (const { ref } of rows) {
    const alignment = await ifReadable(logger, ref, () => workOnAlignment(turn, store, ref.id));
    if (alignment && isPartnerIn(turn, alignment.state, person)) found.push({ alignment, state: alignment.state });
  }
  return found;
}

function isPartnerIn(turn: Turn, state: AlignmentState, person: string): state is StartedAlignment {
  return state.status !== 'new' && state.conversation.channel === turn.channel.name && state.partners.some(({ personId }) => personId === person);
}
