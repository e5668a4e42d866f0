import type { QuestionId } from '../../../domain/questions.ts';
import type { Span } from '../../language.ts';

const opening =
  "(?:(?:well|yes|yep|ok|so|um|uh|oh|sorry|no one but|nobody but|only|just|probably|i guess|i think|i suppose|for now|actually|it'?s|it is|it would be|it'?d be|that'?s|that is|that would be|that'?d be|this is|gonna be|will be|owner|the owner|business owner|name|owned by|by|the owner is|owner is)[\\s,:=–-]+){0,4}";
const ending =
  '(?=$|\\s*[,.;:!()–-]|\\s(?:again|only|alone|personally|for now|of course|obviously|i guess|i think|as (?:the )?(?:vp|head|sales|director|owner|lead)|and|with|as|in|on|then|please|plus)\\b)';
const matter =
  '(?:it|this|that|these|them|the (?:whole (?:thing|lot|programme|initiative)|programme|program|change|training|initiative|topic|rollout|thing|project|outcome|result|course)|the (?:[\\w-]+ )?(?:numbers?|targets?|figures?|quota))';
const carrying = `(?:(?:own|lead|run|drive|take|carry|answer for|answer|head|front|look after|hold|champion|handle|have)(?:\\s${matter}\\b|(?=$|\\s*[,.;!)–-]))|(?:am|will|do|would|can)(?=$|\\s*[,.;!)–-]|\\s(?:it|this|that|so|with|for now|again|myself)\\b))`;

/** Ways in which somebody says that they are the one, for normalised text; the group is the pronoun. */
const asOwner: readonly RegExp[] = [
  /(?:^|\b(?:it'?s|that'?s|is|all)\s)\W*(mine)(?=\W*$|[,.;:]|\s(?:again|now|then|for now)\b)/,
  new RegExp(`^[\\s"'(*•-]*${opening}(me|i(?!\\sonly\\s\\w)|myself)${ending}`),
  new RegExp(
    `\\b(i)(?:'ll| will| would|'d| can| shall| am going to|'m going to)?(?: (?:personally|myself|also|alone|still|definitely|already|happily|will))? ${carrying}`,
  ),
  /\b(i)'?m (?:the |also |still )?(?:(?:business |overall )?owner|accountable|responsible|on the hook|answerable|the one|leading|driving|running|owning)\b/,
  /\b(?:and|&|\+|plus) (i|me|myself)(?=$|\s*[,.;:!()–-]|\s(?:both|own|will|do|share|together|lead|run)\b)|\b(?:put|count|write|note|name) (me) (?:down|in|as)\b|\b(?:down to|up to|on|with|for|by|=|:) (me|myself)(?=$|[\s]*[,.;!)])|\b(?:owner|it|that|this)(?:'s| is| will be| would be| should be| must be| has to be| had better be)? (me|myself)\b/,
];
/** The same for what people do: "I pull it from …", "me and Ana coach …". */
const asDoer =
  /(?<!\b(?:if|think|when|unless|where|so|but|what|that|because) )\b(i)(?:'ll| will|'m going to| can| could| would|'d)? (?:personally |myself |also |then |just |still |will |usually |can )?(?:pull|export|extract|run|send|download|keep|update|maintain|own|track|report|collect|count|get it|take it|do|open|kick|announce|front|coach|observe|listen|sit in|join|review|ride|attend|chair|present|record|host|lead|stop|be|look (?:at|through|over)|go (?:through|over)|walk through|check|spot-check|discuss)\b(?!n't| not)|^[\s(]*(me|myself)(?=\s(?:and|&|\+|with|plus)\b|,|\.|$)|\band (me|myself)\b|\b(?:pulled|exported|done|run|sent|kept|maintained) by (me|myself)\b/;

const notMe = /\b(?:not|isn't|rather than|instead of|nor|never)\s$/;

/** Where somebody names themselves as the one meant: the pronoun ("I", "me", "myself"). For normalised text. */
export function selfIn(low: string, { start, end }: Span, questionId: QuestionId): Span | undefined {
  const text = low.slice(start, Math.min(end, start + 600));
  for (const pattern of questionId === 'owner' ? asOwner : [asDoer]) {
    const match = pattern.exec(text);
    const pronoun = match?.slice(1).find((group) => group !== undefined);
    if (!match || !pronoun) continue;
    const at = match.index + match[0].search(new RegExp(`\\b${pronoun}\\b`));
    if (!notMe.test(text.slice(Math.max(0, at - 14), at))) return { start: start + at, end: start + at + pronoun.length };
  }
  return undefined;
}
