const month = '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const day = '\\d{1,2}(?:st|nd|rd|th|\\.)?';
const period = `(?:${month}(?: 20\\d\\d)?|(?:the |this |next )?(?:week|month|quarter|year|spring|summer|autumn|fall|winter|half)|q[1-4](?: 20\\d\\d)?)`;

/** A day or a stretch of time that something may be put off to, in normalised words. */
export const dateWords = `(?:(?:(?:the )?(?:end|middle|beginning|start)(?: of)?|mid|early|late)[ -](?:the )?${period}|${day}(?: of)? ${month}(?:,? 20\\d\\d)?|${month} ${day}(?:,? 20\\d\\d)?(?!\\d)|${month}(?: 20\\d\\d)?|20\\d\\d-\\d\\d-\\d\\d|\\d{1,2}[./]\\d{1,2}(?:[./]\\d{2,4})?|q[1-4](?: 20\\d\\d)?|next (?:week|month|quarter|year|spring|summer|autumn|fall|winter)|(?:kw|week) ?\\d{1,2}|(?:mon|tues|wednes|thurs|fri)days?)\\b`;

const many = '(?:\\d{1,2}|one|two|three|four|five|six|half|several|a few|short|weekly)';
const manner = '(?:online|remote|virtual|in[- ]person|on[- ]?site|live|blended|hybrid|self[- ]paced|face[- ]to[- ]face|video|digital)';
const form =
  '(?:(?:half|full)[- ]days?|half a day|days?|hours?|minutes?|evenings?|mornings?|afternoons?|sessions?|modules?|webinars?|workshops?|e-?learnings?|coaching(?: sessions?)?|clinics?|boot ?camps?|courses?|videos?)';

/** How something is taught, in normalised words. */
export const formWords = `(?:${many} (?:${manner} )?(?:${form})(?: ${form})?|${manner}(?: (?:${many} )?${form})?|(?:webinars?|e-?learnings?|coaching sessions?|coaching)(?: series)?)`;

/** A sum, in normalised words. */
export const moneyWords = '[€$£]?\\s?\\d[\\d.,]*\\s?(?:k\\b|m\\b|thousand|million|euros?|dollars?|eur|usd|gbp|chf)?';

const budget = '(?:budget|money for (?:this|it|the \\p{L}+))';
/** The budget is another one than before. */
export const sums: readonly RegExp[] = [
  new RegExp(
    `\\b${budget} (?:is|was|got|has been|had been|were|goes|went|has gone|comes|stands)\\b(?: (?:been|now|only|just|up|down|cut|raised|reduced|increased|lowered|approved|set|back))*(?: (?:to|at|by finance (?:to|at)))? (?:about )?${moneyWords}`,
    'u',
  ),
  new RegExp(
    `\\b(?:cut|raised|reduced|increased|lowered|changed|set|trimmed|doubled|halved) (?:the |our )${budget}(?: (?:down|up))?(?: from \\S+)? to ${moneyWords}`,
    'u',
  ),
];

/** Things of an office day: what is said of them is about no brief. */
export const otherMatters =
  /\b(?:lunch|dinner|breakfast|party|parties|cake|coffee|beers?|drinks?|chairs?|desks?|flights?|trains? (?:is|was|at|to)|hotels?|rooms?|offices?|passwords?|channels?|slides?|decks?|invoices?|laptops?|phones?|printers?|games?|weather|birthdays?|parking|badges?|vacations?|holidays?|invites?|dentist|doctor|kids?|gym|football|weekend|canteen|kitchen|offsite|customers? visit|sick|budget (?:meeting|review|round|call|planning))\b/;
