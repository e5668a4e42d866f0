import type { QuestionId } from '../../domain/questions.ts';
import type { Entities, Span } from '../language.ts';

const figure = /\d|\b(?:half|third|quarter|double|twice|one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million)\b/;
const moment =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|q[1-4]|h[12]|20[23]\d|year[- ]end|quarter|spring|summer|autumn|fall|winter|christmas|easter|monday|tomorrow|yesterday|last week|next (?:week|month|year))\b/;
const businessEvent =
  /\b(?:lost|losing|acquired|bought|merger|launch\w*|regulat\w+|tariff\w*|competitor\w*|contract|tender\w*|exclusiv\w+|insolven\w+|churn\w*|reorgani[sz]\w*|closed|closing|entrant|opening|price (?:list|increase|change)|audit|frozen|new (?:law|product|market|plan|ceo|owner)|moved|switch\w*|retire|left|ends|ended|investors|board)\b/;
/** "More revenue this quarter", "we must sell more": a wish, with or without a period, is not what drives it. */
const wish =
  /^(?:(?:well|just|basically|honestly|simply|mainly|to|we|i|they|the board|my boss|management|need|needs|want|wants|must|should|have to|has to|would like|like|to see|a|some|it'?s|it is|about|because|for|get|have|be|all)[\s,]+){0,7}(?:more|better|higher|improved?|improving|increased?|increasing|grow|growing|growth(?: in)?|boost|sell(?:ing)? more|close more|win more|stronger|bigger|good)(?:\s(?:revenue|sales|results?|numbers?|growth|business|deals?|customers?|profits?|margins?|turnover|performance|market share|share|pipeline|money|income|success|our|the|in|of|and|overall|top line|bottom line|faster|more|quickly|much)){0,5}(?:\s(?:this|next|the coming|in the next|by the end of the|every|each|for the)\s(?:quarter|year|month|half|season))?[\s.!]*$/;
const reason =
  /\b(?:because|bc|since|as long as|if|unless|until|but|without|still|missing|needs?|must|has to|have to|also|who|so|the rest|half|they|nobody|nothing|only|plus|and|due to|for (?:juniors|the))\b|[,;:–-]\s*\w+\s\w+/;
const learning = '(?:l&d|ld|learning(?: (?:and|&) development)?|hr|people ops|enablement|the academy|training team)';
/** "Ana from L&D", "Ana, our learning lead", "Ana (HR)", "L&D, Ana": METHOD §2 wants somebody in the business. */
const fromLearning = new RegExp(
  `^,?\\s?(?:\\(|from |in |at |of |is |our |the |my |head of |who (?:runs|leads|heads) )*${learning}\\b(?! (?:supports?|helps?|is|will|can|to|should))`,
);
const learningBefore = new RegExp(`\\b${learning}(?:'s)?(?: (?:lead|manager|head|partner|director|team))?[,:]?\\s(?:\\(|is |with |\\w+ )?$`);
const personal =
  /\b(?:open|kick|announce|sit|join|stop|quit|drop|ride|visit|record|present|attend|ask|review|coach|lead|front|say|tell|cancel|write|call|attend|told|giv|show|approve|praise|spend|chair|model|be at|start|halve|ban|kill|block)\w*\b/;
const vagueSupport = /\b(?:support|behind it|lead by example|whatever|communicat\w+)\b/;
const perWeek =
  /\b(?:week|weekly|wk|daily|every|each|monday|tuesday|wednesday|thursday|friday|month|monthly|per (?:rep|agent)|biweekly|fortnight\w*|a day|hour|minutes|min|one|two|three)\b|\b\d+\b(?!:)/;
const managing =
  /\b(?:coach|observ|listen|review|ride|sit|debrief|inspect|feedback|score|join|shadow|check|side[- ]by|role[- ]?play|look at|go over|do|does|run|runs|take)\w*\b/;
const source =
  /\b(?:finance|cost cent(?:er|re)|pot|opex|l&d|hr|sales|marketing|fund|plan|decides?|decision|approv\w*|sign\w*|cfo|vp|from|holds|boss|director|freeze|round|until|after|paid|pays|payroll)\b/;

/** Whether an answer, a stretch of a normalised text, lacks what METHOD §2 calls a good answer. `entities` are what was recognised in it. */
export function isThin(questionId: QuestionId, text: string, span: Span, entities: Entities): boolean {
  const low = text.slice(span.start, span.end);
  const words = low.split(/[^\p{L}\p{N}&%]+/u).filter(Boolean).length;
  switch (questionId) {
    case 'driver':
      return wish.test(low) || !(figure.test(low) || moment.test(low) || (businessEvent.test(low) && words >= 5) || words >= 14);
    case 'contribution':
      return (
        words < 5 ||
        (words < 10 && /\b(?:sell more|close more|be better|get better|better at \w+$|more confidence|energy|raise the bar|perform better|improve)\b/.test(low))
      );
    case 'sufficiency':
      return words < 5 || !(reason.test(low) || words >= 7) || /\bother (?:stuff|things|factors)\b/.test(low);
    case 'owner':
      return isThinOwner(text, span, entities);
    case 'owner-role':
      return words < 5 || (words < 8 && (!personal.test(low) || vagueSupport.test(low)));
    case 'manager-role':
      return words < 4 || !(entities.people.length > 0 || (managing.test(low) && perWeek.test(low)));
    case 'leading-kpis':
      return !entities.kpis.some((kpi) => kpi.leading && kpi.baseline && kpi.target);
    case 'data-source':
      return (
        words < 6 &&
        /\b(?:the system|reports?|someone|somebody|find a way|somewhere|various|different)\b/.test(low) &&
        !/\b(?:crm|salesforce|hubspot|excel|sap|dynamics|dashboard)\b/.test(low)
      );
    case 'weekly-call':
      // Every other week is not the weekly call that was asked for.
      return !(entities.when?.weekday && entities.when.time) || /\b(?:every (?:other|second|2nd|two)|bi-?weekly|fortnight\w*|alternate)\b/.test(low);
    case 'context':
      return words < 4 || (words < 6 && /\b(?:special|practical|fun|interesting|b2b|b2c|relevant|unique)\b/.test(low));
    case 'reinforcement':
      return words < 4 || (words < 6 && /\b(?:some|something|maybe|follow ups?|e-?learning)\b/.test(low));
    case 'budget':
      return !(
        /\d/.test(low) ||
        (/\b(?:no|none|zero|nothing|not|nope|yes)\b/.test(low) && source.test(low)) ||
        (source.test(low) && words >= 4) ||
        /^(?:none|zero|no (?:budget|money))\b/.test(low)
      );
    default:
      return questionId satisfies never;
  }
}

/** One named person in the business: not L&D, not several, not a committee, not somebody's team. */
function isThinOwner(text: string, { start, end }: Span, { people }: Entities): boolean {
  const low = text.slice(start, end);
  const [first, second] = people;
  if (!first) return !/\bmine\b/.test(low);
  // Names in a row ("Tom and Ines") share it; a second name further on is somebody else in the story.
  const inARow = second !== undefined && second.name.start - first.name.end <= 5;
  const oneOfThem = /\b(?:owns|owner|accountable|runs it|leads it)\b/.test(low);
  if (inARow && !oneOfThem) return true;
  if (fromLearning.test(text.slice(first.name.end, Math.min(end, first.name.end + 40))) || learningBefore.test(text.slice(start, first.name.start)))
    return true;
  return /\b(?:the (?:two|three|four) of us|all of us|together|jointly)\b/.test(low);
}
