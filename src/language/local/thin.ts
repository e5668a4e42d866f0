import type { QuestionId } from '../../domain/questions.ts';
import type { Entities } from '../language.ts';

const figure = /\d|\b(?:half|third|quarter|double|twice|one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million)\b/;
const moment =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|q[1-4]|h[12]|20[23]\d|year[- ]end|quarter|spring|summer|autumn|fall|winter|christmas|easter|monday|tomorrow|yesterday|last week|next (?:week|month|year))\b/;
const businessEvent =
  /\b(?:lost|losing|acquired|bought|merger|launch\w*|regulat\w+|tariff\w*|competitor\w*|contract|tender\w*|exclusiv\w+|insolven\w+|churn\w*|reorgani[sz]\w*|closed|closing|entrant|opening|price (?:list|increase|change)|audit|frozen|new (?:law|product|market|plan|ceo|owner)|moved|switch\w*|retire|left|ends|ended|investors|board)\b/;
const reason =
  /\b(?:because|bc|since|as long as|if|unless|until|but|without|still|missing|needs?|must|has to|have to|also|who|so|the rest|half|they|nobody|nothing|only|plus|and|due to|for (?:juniors|the))\b|[,;:–-]\s*\w+\s\w+/;
const collective =
  /\b(?:committee|all of us|the three of us|everyone|everybody|the team|sales|one of|together|jointly|both|several|nobody|no one|board|steering|department|leadership|management|directors)\b/;
const learningOwner = /\b(?:l&d|ld|learning (?:and|&) development|hr|the trainer|academy|enablement|learning team|training (?:team|department))\b/;
const personal =
  /\b(?:open|kick|announce|sit|join|stop|quit|drop|ride|visit|record|present|attend|ask|review|coach|lead|front|say|tell|cancel|write|call|attend|told|giv|show|approve|praise|spend|chair|model|be at|start|halve|ban|kill|block)\w*\b/;
const vagueSupport = /\b(?:support|behind it|lead by example|whatever|communicat\w+)\b/;
const perWeek =
  /\b(?:week|weekly|wk|daily|every|each|monday|tuesday|wednesday|thursday|friday|month|monthly|per (?:rep|agent)|biweekly|fortnight\w*|a day|hour|minutes|min|one|two|three)\b|\b\d+\b(?!:)/;
const managing =
  /\b(?:coach|observ|listen|review|ride|sit|debrief|inspect|feedback|score|join|shadow|check|side[- ]by|role[- ]?play|look at|go over|do|does|run|runs|take)\w*\b/;
const source =
  /\b(?:finance|cost cent(?:er|re)|pot|opex|l&d|hr|sales|marketing|fund|plan|decides?|decision|approv\w*|sign\w*|cfo|vp|from|holds|boss|director|freeze|round|until|after|paid|pays|payroll)\b/;

/**
 * Whether an answer lacks what METHOD §2 calls a good answer. `low` is the answer's own words, normalised; `entities` what was recognised in them.
 */
export function isThin(questionId: QuestionId, low: string, entities: Entities): boolean {
  const words = low.split(/[^\p{L}\p{N}&%]+/u).filter(Boolean).length;
  switch (questionId) {
    case 'driver':
      return !(figure.test(low) || moment.test(low) || (businessEvent.test(low) && words >= 5) || words >= 14);
    case 'contribution':
      return (
        words < 5 ||
        (words < 10 && /\b(?:sell more|close more|be better|get better|better at \w+$|more confidence|energy|raise the bar|perform better|improve)\b/.test(low))
      );
    case 'sufficiency':
      return words < 5 || !(reason.test(low) || words >= 7) || /\bother (?:stuff|things|factors)\b/.test(low);
    case 'owner':
      return isThinOwner(low, entities);
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
      return !(entities.when?.weekday && entities.when.time);
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

/** One named person in the business: not L&D, not several, not a committee. */
function isThinOwner(low: string, { people }: Entities): boolean {
  const self = /\b(?:me|i|i'?m|i'?ll|myself)\b/.test(low);
  const [first, second] = people;
  if (!first && !self) return true;
  // Names in a row ("Tom and Ines") share it; a second name further on is somebody else in the story.
  const inARow = first !== undefined && second !== undefined && second.name.start - first.name.end <= 5;
  const withMe = first !== undefined && /\b(?:and (?:me|i)|(?:me|i) and (?!only))\b/.test(low);
  const oneOfThem = /\b(?:owns|owner|accountable|runs it|leads it)\b/.test(low);
  if ((inARow || withMe) && !oneOfThem) return true;
  return /\b(?:the (?:two|three|four) of us|all of us|together|jointly)\b/.test(low) || (!first && (collective.test(low) || learningOwner.test(low)));
}
