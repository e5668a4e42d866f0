import { learningSolutions, skillTopics } from '../lexicon.ts';
import { setOf } from './words.ts';

/** Words for a learning offer: what stands before them says what it is about, and what follows "on" behind them. */
export const offers: ReadonlySet<string> = new Set([
  ...learningSolutions.filter(
    (word) => !/[ &]/.test(word) && !/^(?:shadowing|taught|coached|mentored|trained|retrained|certified|upskilled|storyselling|deep)$/.test(word),
  ),
  ...setOf(`
  dive, dives, session, sessions, programme, program, programs, class, classes, module, modules, clinic, clinics, webinar, webinars, seminar, lesson, induction,
  briefing, masterclass, day, days, practice, drill, drills, track, curriculum, academy, crash-course, primer, intro, introduction, orientation,
  rehearsals, rehearsal, breakout, huddle, huddles, sesh, tutorial, formation, coach, trainer, refresher, bootcamp, camp, something, anything, trainig,
  traning, trainning, wrkshop, workshp, bag, learn, certification, certificate, e-learning, basics
`),
]);
export const looseOffers = setOf(`
  day, days, practice, something, anything, bag, learn, camp, class, module, track, coach, trainer, drill, drills, introduction, intro, basics, coaching,
  academy, certified, schooling, teaching
`);

/** How, how long and for whom an offer is: no part of what it is about. */
export const manners = setOf(`
  virtual, online, remote, live, external, internal, short, quick, intensive, classroom, onsite, on-site, hybrid, blended, full, proper, deep, crash,
  guided, certified, practical, brief, formal, half-day, one-day, two-day, half, full-day, two-hour, one-hour, refresher, bespoke, tailored, group, team,
  decent, good, great, new, additional, extra, basic, advanced, similar, regular, monthly, weekly, annual, serious, structured, solid, small, mini,
  little, bit, real, right, useful, urgent, remedial, working, evening, lunch, learning, lightning, in-person, face-to-face, self-paced, legit, simple,
  joint, spare, teaching, voluntary, mandatory, hour, day, dedicated, special, specific, suitable, appropriate, existing, next, first, second, last,
  single, sort, kind, type, best, better, more, certain, face, person, tailor-made, hands-on, whole, big
`);

/** What makes a stretch of words end, once it has begun. */
export const ends = setOf(`
  for, before, by, until, after, since, please, pls, plz, thx, thanks, cheers, because, cos, coz, so, as, but, asap, urgently, next, this, who, which,
  when, where, while, if, whether, though, tho, would, could, can, can't, should, will, won't, might, may, must, is, are, was, were, has, have, had, do,
  does, did, during, ideally, preferably, i, i'm, i'd, i've, we, we'd, we've, we're, you, they, they're, they've, it, it's, he, she, then, again, lah,
  lol, today, tomorrow, starting, within, every, properly, soon, anyone, someone, somebody, whoever, than, let's, please?, kindly, also, too, now, rather,
  instead, via, that, there, there's, across, sir, madam, once, without, not, ya, y'all, honestly, frankly, obviously, maybe, perhaps, probably, each,
  seriously, quickly, anymore, atm, right, first
`);
/** These go on only where more of the matter follows them: "talk money with a tenant", "sell to committees", "cases from chemicals". */
export const bridges = setOf(`
  with, w, in, on, at, to, from, into, around, about, like, through, under, up, out, down, over, off, against, and, &, +, or, of, the, a, an, their, our,
  your, my, his, her, its, them, us, what, how, all, back, between, behind, without
`);
export const poor = setOf(`
  it, that, this, them, they, these, those, there, here, things, thing, stuff, some, something, anything, everything, one, ones, same, sort, kind, way,
  bit, lot, lots, team, teams, people, all, any, how, what, us, me, you, job, work, help, support, better, good, best, more, skills, skill, training,
  course, workshop, session, coaching, learning, speed, scratch, board, both, each, other, others, none, day, days, time, ready, trained, date, dates,
  it's, needs, need, next, first, second, place, calls, programme, program, business, sales, ideas, options, group, do, learn, use, get, know, have, be,
  go, quick, well, proper, properly, myself, regards, wishes, behalf, order, scope, specialist, specialists, expert, experts, trainer, fly, spot, floor
`);

/** Skills that are too wide or too common a word to be a topic wherever they stand. */
const wide = setOf(`
  product, margin, ai, selling, conversations, objection, competition, security, retention, finance, portfolio, confidence, competitor, competitors,
  boards, procurement, forecast, renewals, feedback, emails, writing
`);

/** The named skills by their first word, the longest first. */
export const skillsByFirst: ReadonlyMap<string, readonly (readonly string[])[]> = byFirstWord(skillTopics.filter((word) => !wide.has(word)));

function byFirstWord(skills: readonly string[]): Map<string, (readonly string[])[]> {
  const byFirst = new Map<string, (readonly string[])[]>();
  for (const skill of skills) {
    const parts = skill.split(/[ -]/);
    const first = parts[0] ?? '';
    const longestFirst = [...(byFirst.get(first) ?? []), parts].sort((one, other) => other.length - one.length);
    byFirst.set(first, longestFirst);
  }
  return byFirst;
}

export const lacks = setOf(`
  aware, unaware, ignorant, trouble, difficulty, difficulties, bad, weak, poor, hopeless, terrible, awful, useless, rubbish, shocking, struggling, struggle, struggles, struggled, uncomfortable, rusty, clueless,
  stuck, shaky, lost, slow, better, confident, comfortable, fluent, good, sharper, stronger, trained, coached, certified, up, experts, expert, unsure,
  red, insecure, nervous, help, support, guidance, skills, schooled, improve, brush, knowledge, confidence, grip, clue, drilled, briefed, educated,
  advice, understanding, training, coaching, refresh, refreshed, advise, plateaued, wobbling, primed, upskilled, instructed, instruction, tested, drown,
  drowning, refreshing, hand
`);
export const lackLinks = setOf(`
  at, in, with, on, about, of, around, when, regarding
`);
export const fears = setOf(`
  scared, afraid, terrified, frightened, fear, shy, tired, capable
`);
export const cannot = setOf(`
  can't, cannot, cant, couldn't
`);
export const teaching = setOf(`
  teach, teaches, taught, learn, learns, learning, learnt, learned, train, trained, coach, coached, show, shown, showed, explain, explains, explained,
  tell, told, master, understand, understands, practise, practice, improve, refresh, brush, upskill, upskilled, retrain, retrained, drill, drilled, brief,
  briefed, educate, school, schooled, ramp, ramped, equip, certify, certified, onboard, refreshed, rehearse, prep, prepare
`);
export const personal = setOf(`
  them, us, everyone, everybody, him, her, me, em, people, reps, staff, sellers, all, someone, somebody
`);

/** What follows these with "on" or "about" is a topic as well, though they are no offer by themselves. */
export const alsoOffers = setOf(`
  hour, hours, afternoon, morning, evening, 1h, 2h, h, day, plan, advice, expert, help, guidance, person, sessions, awareness, one, workshops, somebody, someone, them, they, hand, steer, talk, thing,
  bit, piece, material, content, input, pointers, tips, info, half, minutes, sth, smth, smthing, somethign
`);
/** Of these it is only likely. */
export const looselyAbout = setOf('them, they, one, somebody, someone, day, help');
export const abouts = setOf('on, about, around, covering, regarding, re');
/** "On site" is no topic. */
export const notOn = setOf('behalf, site, board, demand, top, hold, offer, track, zoom, teams, location, premises');
export const labels = setOf('subject, about, what, title, course, training, content, skill, skills, need, request');
export const topicLabels = setOf('topic, topics, theme, focus');
/** Words for asking that are matters before an offer: "call practice", "planning workshop". */
export const alsoMatters = setOf('call, calls, plan, planning, budget, proposal, quote, design, showing, writing');
export const noMatter = setOf(
  'missing, another, require, requires, request, urgent, dear, about, include, incl, failed, unsold, till, such, own, re, fwd, fw, subject',
);
export const leading = setOf('walk, take, taking, walked, walks, talk, guide, led, get, getting, help, helping, make');
/** They say what is learned right behind them: "learn costing", "taught the claim form". */
export const directly = setOf('taught, master, understand, practise, practice, improve, explain, explains, refresh, teach');
export const learnedThings = setOf(
  'from, path, paths, journey, days, programme, program, team, plan, hub, needs, platform, offer, curriculum, management, department, budget, how, objectives, goals, outcomes, that',
);
export const links = setOf('to, on, in, about, through, how');
export const schooledWords = setOf(
  'trained, schooled, help, coached, certified, drilled, briefed, coaching, training, upskilled, instructed, guidance, educated, instruction',
);
export const vagueLacks = setOf('lost, up, good, slow, tested, red, support, advise, skills');
export const ableWords = setOf('struggle, struggles, struggling, comfortable, able, learn, trained, ready, asked, supposed');
export const negations = setOf("never, nobody, don't, doesn't, not");
export const knowing = setOf('know, understand, knows, understands, master, get');
export const doings = setOf('sold, negotiated, written, run, managed, pitched, presented, built, used, handled');
/** A stretch does not begin with these; what follows them may. */
export const openers = setOf(
  'the, a, an, their, our, some, how, to, its, proper, properly, my, his, all, really, actually, simply, on, better, things, like, uh, um, with',
);
export const clauseWords = setOf('what, when, why, where');
export const clauseEnds = setOf('please, pls, before, by, because, so, cos, and, for, asap, thanks, next, this');
export const backReferences = setOf('it, them, that, this, those, us, so, as');
export const procedures = setOf('go, get, proceed, book, use, sign, apply, register, arrange, change, fix, do');
