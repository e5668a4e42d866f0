import type { QuestionId } from '../../../src/domain/questions.ts';
import type { Play } from './play.ts';

export const request = 'My 80 account managers are hopeless at opening doors, can you get me a one-day prospecting workshop before March?';

/** An ordinary, clear answer to each question. */
export const answers: Readonly<Record<QuestionId, string>> = {
  driver: 'We have to grow revenue from existing accounts by 30 % this year, and the pipeline is too thin for that.',
  owner: 'Keiko Mori owns this on the business side.',
  'leading-kpis': 'Second meetings per account manager, from 1 to 3 a week.',
  contribution: 'They would ask for a meeting in a second department of each account every month, so the pipeline grows from accounts we have.',
  sufficiency: 'Partly. It helps them start, but the bonus still rewards any deal at any price, and that has to change too.',
  'owner-role': 'Keiko opens every Monday review with one account story and no longer approves discounts by chat.',
  'manager-role': 'Tomas Herrera and Keiko Mori: each week we sit in on two account calls per person and coach for half an hour after them.',
  'data-source': 'RevOps pulls it from the CRM dashboard every Friday.',
  'weekly-call': 'Mondays at 10:00 New York time, with Keiko and Tomas.',
  context: 'Hospital groups with a central purchasing team.',
  reinforcement: 'A deal clinic every second week, a one-page account plan, and a practice call with the manager after a month.',
  budget: 'None yet, the budget is decided with finance next month.',
};

/** Where Plumb puts an either/or instead of the next question, Dana keeps what she asked for. */
export async function keepRequest(play: Play): Promise<void> {
  const step = (await play.alignment()).coaching?.challenge?.step;
  if (step !== undefined && step !== 'settled') await play.dana.presses('challenge-as-asked');
}

/** Dana answers whatever is asked until this question is open, or until nothing is. */
export async function answerUntil(play: Play, stopAt?: QuestionId): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) {
    await keepRequest(play);
    const asked = await play.asked();
    if (asked === undefined || asked === stopAt) return;
    await play.dana.says(answers[asked]);
  }
  throw new Error(`The questions do not end: ${await play.asked()} is asked again and again.`);
}

/** A request, all answers, and the draft. */
export async function reachReview(play: Play): Promise<void> {
  await play.dana.asks(request);
  await answerUntil(play);
}

/** A brief that Dana and Priya have signed. */
export async function reachAgreement(play: Play): Promise<void> {
  await play.dana.asks(request);
  await play.priya.presses('claim');
  await answerUntil(play);
  await play.dana.presses('looks-right');
  await play.priya.presses('looks-right');
}
