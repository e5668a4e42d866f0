import { listed } from './normalise.ts';

/** Words with which people ask for learning. Data: edit freely; a space also matches a hyphen. */

/** Surely about learning, wherever they stand. */
export const learningSolutions = listed(`
  training, trainings, trainer, trainers, workshop, workshops, course, courses, bootcamp, boot camp, masterclass, refresher, refreshers, elearning, e
  learning, lunch and learn, lunch & learn, lunch n learn, lunch learn, curriculum, coaching, teach in, brown bag, crash course, onboarding plan,
  onboarding program, onboarding programme, onboarding path, learning path, development path, schooling, formation, sales academy, sales coach, skills
  day, soft skills, role play, role plays, mock calls, upskilling, reskilling, retraining, certification, mentoring, shadowing, deep dive, seminar,
  microlearning, training programme, training program, teaching, trained, retrained, certified, upskilled, enabled on, accreditation, academy, master
  class, storyselling, taught, coached, mentored, trainning, traning, coachng, skills gap, skill gap, trainig, trainnig, traing, wrkshop, workshp,
  worshop, workhsop, lessons, capability gap, skills clinic, deal clinic, ride alongs, train the trainer, skills workshop, lunch session, crash intro
`);

/** About learning when the rest of the sentence says so. */
export const learningMaybe = listed(`
  programme, program, session, sessions, class, module, webinar, enablement, coach, practice, something, half day, afternoon, a day, couple of days,
  skills, skill, onboarding, walkthrough, expert, methodology, best practice, playbook, learning, guidance, tutor, structured, half a day, track,
  facilitator, one day, hour with, classes, exercises, drill, drills, clinic, huddle, huddles, simulation, instruction, induction, sesh, teach, shadow,
  refreshing, basics, intro, primer, 101, best practices, help with, capability, somethign, smth, smthing, ride along
`);

/** Those whom people ask for learning. */
export const learningPeople = listed(`
  l&d, l & d, ld, lnd, enablement, sales enablement, learning team, learning and development, talent development, people development, people team,
  people ops, hr, training team, the academy, learning folks, l&d team, enablement team, capability team, hr business partner, od, training department
`);

export const teachVerbs = listed(`
  train, retrain, teach, coach, upskill, reskill, mentor, drill, educate, tutor, ramp, enable, equip, groom, certify, develop
`);

/** These teach only with what follows: "take the team through …", "get my reps better at …", "send them on …". */
export const movingVerbs = listed(`show, walk, take, prepare, help, get, send, put, bring`);

/** People whom a leader speaks for. */
export const teamNouns = listed(`
  team, teams, reps, rep, sellers, seller, sales people, salespeople, sales force, salesforce team, sales team, sales guys, sales folk, sales folks,
  account managers, account executives, account manager, account execs, aes, ams, kams, sdrs, bdrs, bdms, csms, ses, sdr, bdr, sales engineers, sales
  managers, managers, team leads, team leaders, leads, supervisors, agents, advisers, advisors, consultants, crew, dealers, distributors, resellers,
  partners, partner reps, new hires, newbies, newcomers, joiners, juniors, trainees, interns, graduates, grads, freshers, starters, folks, people,
  staff, squad, pod, pods, gang, lot, guys, colleagues, closers, hunters, farmers, specialists, technicians, engineers, tellers, planners, buyers,
  operators, telesales, inside sales, field sales, field reps, field force, contact centre, call centre, contact center, store managers, store teams,
  branch teams, branch staff, assistants, presales, analysts, directors, heads, leaders, commercial team, sales org, sales floor, floor, department,
  branches, desk, group, everyone, everybody, nobody, salesmen, saleswomen, brokers, underwriters, recruiters, nurses, setters, persons, heads,
  delegates, attendees, ppl, employees, seniors, marketers, stores, chaps, lads, mates, hires, intake, cohort, sales, channel, front desk, support,
  office, region, crews, rookies, temps, cashiers, waitstaff, buyers, farmers, gams, scs, rsms, vars, reservations team, contractors, coordinators,
  call handlers, csrs, frontline, colleagues, branch, dispatchers, clerks, bunch, associates, officers, representatives, hrbps, tam, tams, solution architects, service desk, reception
`);

/** Skills of sellers and of those around them (the forty fuzzy topics of the method, and what people call them). */
export const skillTopics = listed(`
  prospecting, prospect, cold calling, cold calls, cold call, coldcalling, cold email, cold emails, opening doors, negotiation, negotiating,
  negotiations, negotiate, negociation, negotiatng, closing, communication, leadership, coaching skills, discovery, discovery calls, discovery call,
  qualification, qualifying, objection handling, objections, handling objections, objection, presentation skills, presenting, presentations, demos, demo
  skills, demoing, demo, value selling, selling value, value based selling, consultative selling, solution selling, account management, account
  planning, account plans, key account management, cross selling, cross sell, upselling, upsell, storytelling, product knowledge, industry knowledge,
  time management, productivity, resilience, mindset, teamwork, customer centricity, customer service, social selling, digital selling, crm, salesforce,
  hubspot, forecasting, forecast, pipeline management, territory planning, networking, executive presence, exec presence, business acumen, commercial
  acumen, financial acumen, change management, multi threading, multithreading, holding price, hold price, hold a price, pricing conversations, price
  increases, procurement, selling skills, sales skills, sales training, spin, meddic, meddpicc, challenger, sandler, pitch, pitching, proposals,
  proposal writing, tender writing, exec summaries, business case, business cases, roi, writing, emails, listening, questioning, asking questions,
  feedback, giving feedback, difficult conversations, hard conversations, tough conversations, conversations, de escalation, complaints, phone skills,
  on the phones, telephone, linkedin, excel, data literacy, ai, competitors, competitor, competition, competitive, product, portfolio, gdpr, compliance,
  security, renewals, retention, referrals, executive conversations, talking to cfos, boards, cfo, c level, qbr, qbrs, onboarding, sales process, sales
  basics, selling, persuasion, influencing, stakeholder management, project management, delegation, presentation, public speaking, pricing, discounting,
  margin, handover, finance, whiteboarding, interviewing, soft skills, body language, confidence
`);
