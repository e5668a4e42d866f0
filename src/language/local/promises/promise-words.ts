import { listed } from '../normalise.ts';

const alternatives = (words: string) => listed(words).join('|');

/** What somebody hands over, finds out or does once: with a date it is something that others wait for. */
const deeds = alternatives(`
  send, share, forward, e-?mail, mail, post, upload, drop, pass, hand, bring, deliver, submit, return, provide,
  prepare, draft, write, put, pull, compile, collect, gather, create, finish, complete, finali[sz]e, fix, update, review,
  check, look (?:into|up|at|over|through), find (?:out|somebody|someone|a), figure out, sort(?: out)?, clarify, confirm, ask, call, ring, phone, ping, chase,
  speak (?:to|with), talk (?:to|with), discuss, meet, invite, book, schedule, set up, arrange, organi[sz]e, order, sign off,
  do (?:it|that|this|them|so), get (?:you|back|this|that|it|them|these|those|him|her|the|a|an|my|our|@), let (?!me|us)[\\p{L}@'-]+(?: [\\p{L}'-]+)? know,
  come back (?:to|with), report back, revert, circle back, follow up, tell, introduce, connect, present, add, run (?:it|this|that) (?:by|past), raise (?:it|this|that),
  have(?= (?!to\\b|been\\b|had\\b|time\\b|got\\b)), give (?:you|him|her|them|@[\\p{L}-]+) (?:a|an|the|my|our|some|feedback|access|an answer|numbers)`);
const doing =
  'sending|sharing|forwarding|e-?mailing|mailing|posting|uploading|bringing|delivering|preparing|drafting|writing|updating|reviewing|booking|getting back to';

/** What is surely handed to somebody, so that without a date it is worth asking for one. */
const handing =
  /^(?:send|share|forward|e-?mail)\b(?! (?:my|our|all|some|more|people|everyone|everybody|them all)\b)(?:.*\b(?:you|over|across|round|around|on)\b| (?:him|her|them|it|that|this|those|these|the|a|an|@))|^get you (?:the|a|an|that|those|these|some)\b|^(?:get|come) back to (?:you|them|him|her|everyone|@[\p{L}-]+) (?:on|with|about)\b/u;

const sure = '(?:also |then |just |now |definitely |certainly |gladly |happily |personally |of course |still |first |make sure to |be sure to |go ahead and )*';

/** "I'll", and what it may begin with. */
export const ownPromise = new RegExp(
  `\\b(?:i'll|i will|i'm going to|i am going to|i'm gonna|i shall|i promise to|ill(?= (?:send|share|forward|draft|e-?mail)\\b)) ${sure}(?:(?<deed>${deeds})(?![\\p{L}])|be (?<doing>${doing})\\b)`,
  'gu',
);

/** "Will send the list tomorrow", "Sending it on Friday": who says so leaves themselves out. */
export const shortPromise = new RegExp(
  `^\\s*(?:(?:and|so|ok(?:ay)?|sure|yes|yep|yeah|great|thanks|good|fine|noted|got it|on it|deal|of course|@[\\p{L}-]+)[,!.: -]*)*(?:(?:will|gonna) ${sure}(?<deed>${deeds})|(?<doing>${doing}))(?![\\p{L}])`,
  'gu',
);

/** "You'll have the numbers on Monday": said by whoever brings them. */
export const yoursSoon =
  /\b(?:you'll|you will|you guys will|you both will|you all will) (?:have|get|receive|find) (?!to\b|a chance\b|time\b|used\b|more\b|better\b|fewer\b|less\b)/gu;

export const handedOver = handing;

/** It hangs on something else, or nobody knows yet. */
export const unsure =
  /\b(?:if(?! (?:that's|it's|that is|it is) (?:ok|okay|fine|all right|alright|useful|helpful)\b)(?! that works)|unless|in case|provided|assuming|once|as soon as|until|till?|whenever|depending|subject to|try|maybe|perhaps|probably|hopefully|might|may|would|could|won't|wouldn't|never|not|neither)\b/;

/** Again and again: what belongs into a brief, and no deed of one day. */
export const again =
  /\b(?:every|each|weekly|daily|monthly|fortnightly|quarterly|hourly|always|usually|regularly|from now on|going forward|in future|a (?:week|month|day|quarter|fortnight)\b(?! (?:from|on))|per (?:week|month|day|person)|once|twice|(?:mon|tues|wednes|thurs|fri|satur|sun)days|mornings|evenings|afternoons|on an? (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/;

/** At once, so that it is done before anybody could be reminded. */
export const atOnce =
  /\b(?:right now|right away|straight away|immediately|now|in a (?:sec|second|bit|minute|min|moment|mo)|in (?:\d+|an?|half an|ten|five|two) (?:min(?:ute)?s?|hours?|hrs?)|shortly)\b/;

/** Said of others' words, of a thought, or of a thing that is to be promised. */
export const notOwn =
  /(?:\b(?:that|which|who|what|where|how|when|whether|why|because|said|say|says|told|tell|asked|think|thought|guess|hope|doubt|wish|suppose|unlikely|maybe|perhaps|probably|possibly|hopefully|assume|afraid|sorry|before|after|while|than|like|as)|["«*_]|(?:^|\s)')\s*$/;
export const promising = /\b(?:promise|swear|sure|confirm|deal is) (?:you )?(?:that )?$/;

/** People are sent to a course; that is a request. */
export const sendsPeople =
  /^(?:send|sending|put|book|get|bring) (?:(?:my|our|the|all|some|\d+|a few|everyone|everybody|them|people|him|her|two|three|four|five|ten)\b.*?)?\b(?:team|people|reps?|managers?|folks|everyone|everybody|them|guys|sellers|staff|juniors|seniors|leads)\b.*\b(?:to|on|onto|in|into|through) (?:a|an|the|this|that|your|our|some|any)?\s*.*\b(?:course|training|workshop|class|session|seminar|programme|program|bootcamp|certification|academy|coaching)\b/;

/** Figures to reach are an outcome. */
export const outcome = /%|\bpercent\b|\bpoints?\b.*\b(?:up|down)\b|\b(?:up|down) (?:to|by)\b|\bfrom \d[\d.,]* to \d/;
