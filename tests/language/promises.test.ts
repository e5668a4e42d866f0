import { describe, expect, it } from '@jest/globals';
import { createLocalLanguage } from '../../src/language/local/local-language.ts';

const language = createLocalLanguage();
// Wednesday, 25 November 2026, four in the afternoon in Berlin.
const said = { at: Date.UTC(2026, 10, 25, 15), timeZone: 'Europe/Berlin' };
const read = (text: string, timeZone = said.timeZone) =>
  language.readPromises(text, { ...said, timeZone }).map(({ span, due = 'no date' }) => [text.slice(span.start, span.end), due]);

/** The promise is what stands in brackets; a day is of November, from 32 on of December (2026). */
const promises: readonly (readonly [string, number | 'no date'])[] = [
  ["[I'll send the list by Friday].", 27],
  ['[I will send you the list tomorrow]', 26],
  ['Thanks, that helps. [I’ll share the numbers on Monday]. Have a good one', 30],
  ["Sure, [I'll get you the churn figures by end of day]", 25],
  ["[I'll have the list in the shared drive by Thursday]", 26],
  ["[I'll check with Phil tomorrow] and then we see", 26],
  ["[I'll ask Dana about the budget today]", 25],
  ['Good point. [I will talk to finance on Monday]', 30],
  ["[I'll draft something by the end of the week]", 27],
  ["[I'll draft something this week, no later]", 27],
  ["ok [I'll book the room for next Tuesday]", 31],
  ["[I'll send over the deck by COB tomorrow]", 26],
  ["[By Friday I'll have a first draft]", 27],
  ["[Tomorrow I'll ask Tom for the baseline]", 26],
  ['Tuesday is bad. [On Thursday I will send it]', 26],
  ["[You'll have the numbers tomorrow]", 26],
  ['[you will get the list on Monday]', 30],
  ["Leave it with me, [you'll have it by Friday at the latest]", 27],
  ['[Will send it over tomorrow]', 26],
  ['ok, [will do it by Friday]', 27],
  ['Thanks! [Sending the numbers on Friday]', 27],
  ["I'm on it. [Will get back to you by Monday noon]", 30],
  ["[I'll get back to you on Thursday]", 26],
  ["[I'll come back to you with a name by Tuesday]", 31],
  ["[I'll let you know by tomorrow]", 26],
  ["[I'll let Priya know on Friday]", 27],
  ["[I'm going to send the survey on Monday]", 30],
  ["[I'll also share last year's list by Friday]", 27],
  ["[I'll make sure to send the export by Friday]", 27],
  ["I promise [I'll send the baseline by Friday]", 27],
  ['[I promise to send it by Friday]', 27],
  ['[I will put it to the Chair on Thursday and revert]', 26],
  ["[I'll pull the numbers by Friday] and Ben will book the room", 27],
  ["Ben books the room and [I'll pull the numbers by Friday]", 27],
  ["[I'll send the list by Friday], can you check it then?", 27],
  ["[I'll send it tomorrow], ok?", 26],
  ["[I'll send it by Friday if that's ok]", 27],
  ["[I'll send it on 30 November]", 30],
  ["[I'll send it on 30.11].", 30],
  ["[I'll send it by the 28th]", 28],
  ["[I'll send it by 4 Dec]", 34],
  ["[I'll send it by December 4th]", 34],
  ["[I'll send it in two days]", 27],
  ["[I'll send the plan next week]", 34],
  ["[I'll send the plan by the end of the month]", 30],
  ["[I'll have the draft ready Monday morning]", 30],
  ["[I'll set up a call with the three managers for Monday]", 30],
  ["[I'll find out who owns it by Monday]", 30],
  ["[I'll chase the mailbox tomorrow]", 26],
  ["[I'll upload the recordings tonight]", 25],
  ["[I'll ring them first thing tomorrow]", 26],
  ["[I'll speak with HQ on Monday]", 30],
  ["[I'll look into it by Friday]", 27],
  ["[I'll fix the sheet before Monday's call]", 30],
  ["[I'll send the deck for Friday's training]", 27],
  ["[I'll bring the call log on Tuesday]", 31],
  ["[I'll follow up with Tom on Friday]", 27],
  ["[I'll confirm the date by Friday EOD]", 27],
  ["[I'll do it tomorrow]", 26],
  ["[I'll finish the matrix by Friday] - Ben does the rest", 27],
  ["[I'll present it to the board on the 30th]", 30],
  ["[I'll give you the names tomorrow]", 26],
  ["[I'll be sending the invite tomorrow]", 26],
  ["[I'll run it past Dana on Friday]", 27],
  ["[I'll send Ben the list by Friday] (he asked for it)", 27],
  ["[I'll write to the GM by Friday]", 27],
  ["@Ben [I'll send you the list by Fri]", 27],
  ["1. [I'll send the list by Friday]\n2. [I'll book the room on Monday]", 27],
  ["[I'll have a word with finance tomorrow]", 26],
  ["@Priya [I'll forward the mail by Friday], please have a look", 27],
  ["[I'll send you the list]", 'no date'],
  ["Good idea. [I'll share the numbers with you]", 'no date'],
  ["[I'll send it over]", 'no date'],
  ["[I'll email you the survey]", 'no date'],
  ["[I'll forward it to Dana]", 'no date'],
  ["Sure, [I'll get you the numbers]", 'no date'],
  ["[I'll get back to you on the budget]", 'no date'],
  ["[I'll come back to you with the baseline]", 'no date'],
  ["[I'll send the list next month]", 'no date'],
  ["[I'll share the deck later]", 'no date'],
];

/** Answers, opinions, plans of others, offers, conditions, habits and jokes: none of them is a promise of its author's. */
const none: readonly string[] = [
  'Ben sends the list by Friday.',
  'Ben will send the list by Friday',
  "We'll send the list by Friday",
  'We will share the deck tomorrow',
  'Ben and I will send the list by Friday',
  "She'll have it by Monday",
  "They'll get back to us tomorrow",
  'Can you send the list by Friday?',
  'Please send the list by Friday.',
  'Could you share the numbers tomorrow?',
  'Should I send the list by Friday?',
  'Shall I book it for Monday?',
  'Will I get the list by Friday?',
  "I'll just put your six on it?",
  'I can send the list by Friday',
  'I could send you the numbers tomorrow',
  'Happy to send the list by Friday',
  'I can do Thursday at two',
  "I'd send it tomorrow but the export is broken",
  'I would share it on Monday',
  'I might send it tomorrow',
  "Maybe I'll send it tomorrow",
  "I think I'll send it on Friday",
  "I'll try to send it by Friday",
  "I'll probably send it on Monday",
  'Hopefully I will have the list by Friday',
  "I won't send it by Friday",
  'I will not have the numbers by Monday',
  "I'll never finish this by Friday",
  "I'm not going to send it tomorrow",
  "If you send me the list, I'll share the numbers by Friday",
  "I'll send the list if Ben agrees",
  "I'll send it once finance has signed",
  "As soon as I have it I'll send it to you",
  "I'll send you the list unless Dana objects",
  "I'll share it with you when I'm back",
  "Once it's done I'll share it with you",
  'He said he will send it by Friday',
  'Tom said "I\'ll send the list by Friday"',
  "You said I'll get it by Friday",
  "> I'll send the list by Friday\nNothing came.",
  'I sent the list on Friday',
  'I was going to send it on Friday',
  'The list that I will send on Friday has all names',
  "What I'll send tomorrow is only the first half",
  "I'll send a reminder every Friday",
  "I'll send them a weekly note",
  "I'll check the board each Monday",
  "I'll ask for it once a week, on Mondays",
  "I'll ring three customers with each of them on a Wednesday",
  "I'll review two calls a week with every rep",
  "I'll do a kitchen walk with each of the four every fortnight and have a look at the page after",
  'I can mail it Mondays',
  "I'll listen to one call per rep per week",
  "I'll be there tomorrow",
  "I'll be on leave until Monday",
  "I'll be in two meetings on Friday",
  "I'll be remote on Thursday",
  "On the 6th I'll be drinking",
  "I'll think about it over the weekend",
  "I'll need the list by Friday",
  'I will know more by Friday',
  'I need the numbers by Friday',
  'I want them to close more by June',
  "I'll own it",
  'I will own the change until the end of June',
  "I'll take that one",
  "I'll do the intro",
  "I'll get churn down to 4% by June",
  "I'll get the team from 12 to 20 demos by March",
  "I'll bring the discount down by 5 points",
  "I'll send my team to the training on Friday",
  "I'll send everyone on the course next week",
  "I'll put my people on the workshop on Monday",
  "I'll have to check with Tom tomorrow",
  "I'll have time on Friday",
  "I'll have had it by Monday",
  "You'll have to send it by Friday",
  "You'll get used to it by Friday",
  'You will have more time next week',
  "You'll find the list in the drive",
  "I'll send it now",
  "I'll share it in a minute",
  "I'll ping you in 10 minutes",
  "I'll call you right away",
  "I'll get back to you",
  'Great, I will send you an invite.',
  "I'll send you the link",
  "I'll let you know",
  "I'll check",
  'Let me check',
  'Let me check and revert',
  'Let me think about it until Friday',
  "I'll keep it short",
  "I'll be honest, they know how to sell",
  "I'll say what others think.",
  "I'll give them until Friday",
  "I'll give them time for the training on Friday",
  "I'll hold a chair for you.",
  "I'll steal that",
  "I'll cover for you mate",
  "I'll sign tonight only",
  "I'll see you on Monday",
  'See you on Monday',
  'Talk to you tomorrow',
  'By Friday we need the list',
  'The list is due on Friday',
  'The deadline is the end of the month',
  'Sending people to a course by Friday will not help',
  'Will that be ready by Friday?',
  'Will do',
  'on it',
  "I'll send the Friday report",
  "I'll ask about the numbers of last Friday",
  "I'll discuss it in the Monday meeting",
  "I'll raise it every week in the Thursday call",
  "So that I'll have it by Friday, please hurry",
  "I'm afraid I'll have the list only by Friday or later, if at all",
  "When I get the list I'll send it",
  "Then I'll write for you: objective is confidence, owner is yourself",
  "I'll tell you why: take Eoin.",
  'Customers say I will send it tomorrow and never do',
  "I'll answer in the form",
  "I'll find my 200 elsewhere",
  "I'll show you where the good biscuits live",
  'My register, I will send photo every Friday',
  "I'll take 400k out of his target",
  "I'll need to speak to the wife",
  "In the shop I'll stand next to each of them one Saturday a fortnight",
  "I'll send a reminder on Mondays",
  'I answer that tomorrow',
  "They want 'I'll send it by Friday' to mean Friday",
  '*I will send it by Friday* is what reps say',
];

describe('a promise of the author', () => {
  it.each(promises)('is heard in %j', (marked, day) => {
    const text = marked.replace(/[[\]]/g, '');
    const [found] = read(text);
    const due = day === 'no date' ? day : day > 30 ? `2026-12-${String(day - 30).padStart(2, '0')}` : `2026-11-${day}`;
    expect(found).toEqual([/\[(.*?)\]/.exec(marked)?.[1], due]);
  });

  it.each(none)('is not heard in %j', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('is each of those that a message makes', () => {
    expect(read("I'll send the list by Friday and I'll book the room on Monday. Ben asks Dana.")).toEqual([
      ["I'll send the list by Friday", '2026-11-27'],
      ["I'll book the room on Monday", '2026-11-30'],
    ]);
  });

  it('is due on the day as its author writes days, in their own zone', () => {
    expect(read("I'll send it by 3/12")).toEqual([["I'll send it by 3/12", '2026-12-03']]);
    expect(read("I'll send it by 3/12", 'America/Chicago')).toEqual([["I'll send it by 3/12", '2027-03-12']]);
    // Late on Wednesday in London it is Thursday in Sydney.
    expect(read("I'll send it tomorrow", 'Australia/Sydney')).toEqual([["I'll send it tomorrow", '2026-11-27']]);
  });
});

describe('a promise beside an answer', () => {
  const context = { followUp: false, answered: [], addressed: false, mentions: [], people: [] };
  const answered = async (text: string, asked: 'driver' | 'data-source') =>
    (await language.readReply({ text }, { ...context, asked })).answers.map(({ questionId }) => questionId);

  it('answers nothing that was not asked', async () => {
    const text = "We lose 12 points of margin at renewal. I'll send you the discount report by Friday.";
    expect(await answered(text, 'driver')).toEqual(['driver']);
    expect(await answered("I'll pull it from the CRM dashboard by Friday.", 'data-source')).toEqual(['data-source']);
  });
});

describe('a day in a field', () => {
  it.each([
    ['Friday', '2026-11-27'],
    ['fri', '2026-11-27'],
    ['next wed', '2026-12-02'],
    ['in two weeks', '2026-12-09'],
    ['28/11', '2026-11-28'],
    ['4/12', undefined],
    ['4.12.', '2026-12-04'],
    ['4.12.2026', '2026-12-04'],
    ['by 4 Dec', '2026-12-04'],
    ['December 4th', '2026-12-04'],
    ['2026-12-01', '2026-12-01'],
    ['today', '2026-11-25'],
    ['soon', undefined],
    ['', undefined],
    ['24 Nov 2026', undefined],
  ])('%j is %s', (text, day) => {
    expect(language.readDay(text, said)).toBe(day);
  });
});
