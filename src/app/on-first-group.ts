import type { By, Command } from '../domain/command.ts';
import { may, rolesOf } from '../domain/permissions.ts';
import type { StartedAlignment } from '../domain/state.ts';
import type { Reading } from '../language/language.ts';
import { quoteOf, type ReadText } from './burst.ts';

const widens =
  /\b(?:no pilot|(?:everybody|everyone|all of them|all teams) at once|at once after all|(?:skip|drop|forget) (?:the|that) (?:pilot|first group))\b/iu;
// As an answer to which group goes first; in the middle of a conversation it may be said of anything.
const all = /^\W*(?:no\W+)?(?:all|everybody|everyone|the whole (?:team|force|sales force))\b(?: (?:of them|at once|together|please|in one go))*\W*$/iu;

// "North America", "Iberia and Italy": names, and nothing said about them.
const names = /^\W*(?:(?:\p{Lu}[\p{L}\p{N}&'’.-]*|and|or|the|of|in|our|&|\+)[\s,/]*){1,8}\W*$/u;
const group =
  /\b(?:teams?|regions?|groups?|offices?|units?|branch(?:es)?|districts?|segments?|divisions?|countr(?:y|ies)|squads?|pods?|(?:north|south|east|west)(?:ern)?)\b/iu;
const longestName = 60;
// One word, and no name: an answer to something else, or to nothing.
const empty =
  /^\W*(?:yes|yeah|yep|no|nope|none|nobody|nothing|not|ok|okay|thanks|thank|maybe|perhaps|later|sure|fine|great|good|hm+|why|what|which|skip|stop|undo|done|right|exactly|agreed|let|i|it|we|tbd)\b/iu;

type FirstGroup = Extract<Command, { type: 'AgreePilot' | 'DeclinePilot' }>;

/** Words on the first group by whoever may decide on it: everybody after all, or, while that is the one open question, the name of a group. */
export function onFirstGroup(state: StartedAlignment, by: By, reading: Reading, source: ReadText): FirstGroup | undefined {
  const order = orderIn(state, by, reading, source);
  return order && may(order.type, rolesOf(state, by.by, by.standing)) ? order : undefined;
}

function orderIn(state: StartedAlignment, by: By, reading: Reading, source: ReadText): FirstGroup | undefined {
  const pilot = state.coaching?.pilot?.status;
  const isOpen = pilot === 'proposed' && state.status === 'clarifying' && !state.asked;
  const { text } = source;
  if ((pilot === 'agreed' || isOpen) && widens.test(text)) return { type: 'DeclinePilot', ...by };
  if (!isOpen || state.requester !== by.by) return undefined;
  if (all.test(text)) return { type: 'DeclinePilot', ...by };
  return isName(text, reading) ? { type: 'AgreePilot', ...by, group: quoteOf(source, { start: 0, end: text.length }), messageRef: by.act } : undefined;
}

function isName(text: string, { acts, wishes, answers }: Reading): boolean {
  if (text.trim().length > longestName || text.includes('?') || empty.test(text) || wishes.length > 0 || answers.length > 0) return false;
  return acts.every((act) => act === 'answer' || act === 'chit-chat') && (names.test(text) || group.test(text));
}
