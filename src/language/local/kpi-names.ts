import { listed } from './normalise.ts';

/** The forty leading and twenty-five lagging indicators of the method's knowledge (topics), with what people call them. Data: a space also matches a hyphen. */
export const leadingKpiNames = listed(`
  first meetings, new meetings, initial calls, discovery meetings, discovery calls, intro calls, second meetings, meetings booked, meetings held,
  meetings per week, meetings, appointments set, appointments, bookings of meetings, customer visits, field visits, visits, store calls, outreach,
  dials, touches, contact attempts, contacts tried, activities, calls, call attempts, conversations, connects, reply rate, response rate, answer rate,
  connect to meeting, contact to meeting, call conversion, progression rate, follow up rate, follow ups, opportunities created, new opportunities, new
  opps, opps created, deals opened, pipeline created, pipe gen, new pipeline, pipeline coverage, coverage ratio, coverage, pipeline from existing
  accounts, expansion pipeline, next step, next steps, stale deals, stuck deals, stage conversion, stage to stage, funnel conversion, sql rate,
  conversion, qualification, meddic score, meddpicc score, scorecard, icp fit, in segment share, decision maker, decision makers, economic buyer,
  executive access, multithreading, stakeholders, contacts per account, account plans, plans in place, qbrs, business reviews, check ins, renewals
  opened, early renewals, renewal reviews, quotes sent, quotes, offers made, offers, offer made, proposals, bids out, quote turnaround, time to quote,
  proposal lead time, attach, attach rate, cross sell quotes, second product, demos, qualified demos, demo conversion, trials with, proof of concept,
  concessions, concession, discount rate, discount approvals, give get, pre approval, lead response, speed to lead, first response, reaction time, time
  to first contact, leads followed up, leads raised, lead acceptance, leads, referrals, same day logging, crm completeness, data hygiene, entry rate,
  joint calls, ride alongs, call reviews, calls coached, coaching sessions, coaching, 1:1s, certification, certified, role play score, practice passed,
  call score, talk listen ratio, talk ratio, selling time, time with customers, active selling, face to face share, first quote, day 30 tasks,
  milestones, no show rate, tenders, business cases, written quote, site walks, site visits, surveys booked, tests, samples, questions asked, response
  time, handovers, installations with, discount, discounts, average discount, sample orders, samples sent, reorder conversations, coached calls, needs analysis,
  needs analyses, health reviews, health checks, test drives, product demos, store checks, quote follow ups, call plans, deal reviews, forecast calls,
  first appointments, conversations per, calls per, visits per, meetings with, orders suggested, order proposals
`);

export const laggingKpiNames = listed(`
  revenue, sales, turnover, top line, billings, order intake, bookings, orders, signed contracts, contracts signed, contracts, tcv, quota, quota
  attainment, target achievement, budget attainment, people over quota, sellers at target, win rate, win rates, close rate, closing rate, hit rate,
  strike rate, success rate, gross margin, margin, contribution margin, ebit, profit, price erosion, leakage, deal size, average deal,
  acv, basket, order value, ticket size, sales cycle, cycle time, time to close, deal duration, recurring revenue, arr, mrr, retention, renewal rate,
  renewals, grr, kept customers, net revenue retention, nrr, churn, attrition, lost customers, cancellations, new customers, new customers won, logos,
  new logos, net new names, acquisitions, market share, wallet share, share of wallet, penetration, growth, year on year, yoy, forecast accuracy,
  forecast error, revenue per seller, productivity per head, cac, cost of acquisition, cost of sales, ramp time, ramp, time to quota, time to
  productivity, seller turnover, staff turnover, leavers, nps, csat, customer satisfaction, no decision rate, lost deals, bad debt, dso, returns, closed
  won, deals won, deals closed, closed deals, deals signed, service revenue, volume, tonnage, units sold, sales volume, income, customer complaints, complaints, complaint rate, repeat business, repeat purchase, repeat purchases, same store sales, like for like, lifetime
  value, ltv, policies sold, loan volume, assets under management, sell through, reorder rate, refund rate, new business, enrolments, gmv, occupancy,
  gross profit, net profit,
  ebitda, arpu, order intake, average order value, premium income
`);
