import { teamNouns } from '../lexicon.ts';
import { setOf } from './words.ts';

/** Names of people only after "my", "our", "the" or a number: without it they are something else. */
export const looseHeads = setOf(`
  sales, support, office, offices, region, regions, floor, desk, desks, lot, heads, persons, channel, leads, stores, branches, mates, hires, group, groups,
  department, departments, shops, sites, site, branch, shift, shifts, pod, pods, squad, crew, crews, gang, bunch, cohort, intake, mob, folks, guys, girls, lads, boys,
  chaps, women, men, ladies, okes, fellas, kids, people, staff, teams, team, partners, dealers, units, depot, depots, unit, division, unit, area, country,
  markets, market, network, org, organisation, organization, population, specialists, house, houses, shop, crews, family, army, squads,
  service, services, operations, ops, finance, logistics, marketing, presales, seats, pax, ppl, nos, learners, participants, attendees, buyers, users
`);

/** Ends like a name of people and is none. */
export const things = setOf(`
  offers, orders, customers, computers, papers, numbers, tenders, letters, quarters, others, errors, doors, answers, vendors, covers, chargers, routers,
  containers, sensors, motors, tractors, mirrors, colors, indicators, competitors, investors, matters, layers, parameters, meters, registers, folders,
  headers, drawers, trailers, posters, newsletters, winners, corners, centers, towers, powers, flowers, refreshers, trackers, stickers, followers,
  consumers, providers, suppliers, prescribers, shareholders, stakeholders, trainers, coaches, speakers, facilitators, factors, visitors, humans, years, characters, chapters,
  wants, warrants, incidents, members, floors, colours, hours, tours, errors, favours, behaviours, figures, procedures, features, cameras, printers, scanners, dinners, vouchers,
  counters, ones, gains, plans, loans, campaigns, reasons, lessons, sessions, questions, patients, clients, accounts, discounts, events, documents, payments,
  agreements, statements, components, requirements, instruments, variants, plants, grants, restaurants, students', owners', teachers, professors, brokers',
  guarantees, fees, committees, degrees, employees', trees, coffees, humans, vendor, adviser', folders, monitors, elevators, generators, calculators
`);
export const agent =
  /(?:ers|ors|ists|ants|ians|eers|ees|smen|students|residents|agents|assistants|consultants|women|folk|workers|men|reps|staff|mgrs|execs|techs|clerks|guards|nurses|cooks|guides|temps|heads|leads|chefs|hosts|stewards|pilots|coders|chiefs|bosses|starters)$/;
export const lexiconHeads: ReadonlySet<string> = new Set(
  teamNouns.map((noun) => noun.split(/[ -]/).at(-1) ?? noun).filter((noun) => !looseHeads.has(noun) && !/^cent(?:re|er)$/.test(noun)),
);
export const notHeads = setOf('nobody, everybody, everyone, training, colleague, rep, buyer, partner, engineer, seller, csr, tam');

/** These are people only where it says whose or how many they are. */
export const uncounted = setOf(
  'sales, service, services, operations, marketing, finance, market, markets, network, new, side, back, house, houses, half, users, area, country, site, heads, leads, seats, people, partners, lot, hires, group, groups',
);
export const generic = setOf(
  'people, persons, ppl, heads, folks, participants, attendees, learners, staff, guys, teams, shops, stores, sites, branches, groups',
);

export const owning = setOf('my, our, these, those');
export const determiners = setOf('the, all, every, each, both, whole, entire, some, any, other, a, an');
export const linking = setOf('in, across, from, at, of');
export const placeless = setOf(`
  time, person, one, on, their, to, order, particular, general, need, mind, place, shape, charge, question, total, two, three, half, how, what, which, this, that, it,
  them, us, you, me, here, there, a, an, my, your, every, all, each, any, some, least, first, once, last, next, late, early, end, start, something, things, work, course, terms,
  front, case, fact, doubt, trouble, minutes, hours, days, weeks, months, now, then, learning, training, enablement, l&d, english, german, french, spanish, excel, negotiation
`);
export const notModifiers = setOf(`
  train, trains, training, teach, teaches, coach, upskill, school, prep, show, walk, ready, make, making, let, help, equip, enable, brief, guide, certify, refresh, bring, with, where,
  workshop, course, session, coaching, class, programme, program, learning, l&d, enablement, hr, lnd, academy, your, tell, told, when, while, but, selling, telling,
  losing, keep, keeps, kept, think, feel, says, say, hear, mean, means, our, cause, wish, put, send, take, invite, involve, include, including, except,
  lose, beat, meet, meets, sell, sells, regarding, covering, involving, turn, turning, hire, hired, hiring, prepare, move, moving, drill, re, subject, description, skills, skill,
  pitch, pitches, next, last, today, tomorrow, due, before, after, first, second, third
`);
export const providers = setOf(`l&d, ld, learning, enablement, training, hr, academy, your, lnd, l+d, trainer`);
export const giving = setOf(`
  train, teach, coach, upskill, show, prep, prepare, equip, ready, brief, drill, certify, refresh, educate, enable, help, get, getting, put, send, take, walk, make, making, bring, have, having, giving,
  give, with, retrain, mentor, ramp, guide, turn, want, need, taught, onboard, school
`);
export const beforeForNames = setOf(`
  looking, look, asking, ask, asked, search, searching, time, ready, prepare, prepared, preparing, budget, thanks, thank, sorry, reason, need, hoping, wait, waiting, call, calls,
  except, known, pay, paying, paid, responsible, go, going, apply, request, requests, requesting, application, requested, begging, wishing, fight, here, over, care, used, allowed, forms, care, demand, vote
`);

/** Those before them ask, tell or compare; they are not to learn. */
export const speaking = setOf('from, by, like, ask, of, another, as, told, against, on, than');
export const greetings = setOf('hi, hello, hey, dear, morning, afternoon, evening, thanks, selam, namaste, ah, hiya, howdy, ciao, greetings');
export const addressed = setOf('team, folks, people, guys, lads, colleagues, all, everyone, friends');
export const audienceLabels = setOf('who, audience, participants, team, group, for, attendees, scope, learners, target, population, whom, headcount');
/** "All of my", "about 20", "the 12". */
export const quantifying = setOf('the, all, about, around, roughly, approx, some, these, whole, our');
export const bunches = setOf('all, team, group, bunch, some, most, lot');
export const conjunctions = setOf('and, &, +, plus');
/** Before a head of people these make it something that is no team. */
export const noNames = setOf(`
  free, example, instance, sure, now, real, good, training, workshop, course, coaching, negotiation, sales, money, ages, home, life, work, fun, long, help, advice, external, internal, lunch, us,
  dinner, that, kick, kickoff, first, latest, same, purpose, record, fair, event, whom
`);
export const offersNext = setOf(`
  training, course, workshop, coaching, programme, program, skill, skills, day, management, knowledge, meeting, plan, plans, call, calls, pitch, rate, report, system, tool, onboarding, academy, kickoff
`);
export const moving = setOf('want, need, have, having, give, make, send, put, take, bring');
