import type { ReplyContext } from '../language.ts';
import type { Evidence } from './reply-evidence.ts';
import { type Move, type MoveScores, moves } from './reply-model.ts';

/** How much a rule that fires adds to what was learned; found on replies that were held back, as is `likelier`. */
const ruleWeighs = 0.3;
const weakRuleWeighs = 0.2;
const putsRightWeighs = 0.4;
/** Another name, day or figure in the place of one that was given before. */
const replacesWeighs = 0.8;
const fitsWeighs = 0.3;
const fitsOnlyWeighs = 1.6;
/** Moves that are rarer in the examples than in life. */
const likelier: Readonly<Partial<Record<Move, number>>> = { 'dont-know': 0.05, delegate: 0.1, correction: 0.1, objection: 0.1 };
/** Talk between people needs this much more to be heard by Plumb when it was spoken to. */
const addressedWeighs = 0.5;
/** Without a rule, a withdrawal must lead by this much and be said in few words: a wrong one takes away somebody's request. */
const stopLeads = 0.3;
const longestStop = 18;
/** The same of a pause, which at worst keeps Plumb silent for a while. */
const pauseFrom = 0.15;
const pauseLeads = 0.05;
const longestPause = 24;

/** What a message does on the whole, by the rules and by what was learned. */
export function moveOf(scores: MoveScores, evidence: Evidence, context: ReplyContext): Move {
  const ranked = moves.map((move) => ({ move, score: scores[move] + leaning(move, evidence, context) })).sort((one, other) => other.score - one.score);
  const [first, second] = ranked;
  if (!first || !second) return 'chit-chat';
  // "Stop asking me, ask Sam" wants somebody else to go on, not to end it.
  if (first.move === 'stop' && evidence.delegation?.sure) return 'delegate';
  if (first.move === 'stop' && !isSureStop(evidence, first.score, second.score)) return second.move;
  if (first.move === 'pause' && !isSurePause(evidence, first.score, second.score)) return second.move;
  if (first.move === 'delegate' && !evidence.delegation && evidence.words <= 3) return second.move;
  if (isOrder(first.move) && !mayOrder(first.move, evidence, context)) return second.move;
  return first.move;
}

function leaning(move: Move, evidence: Evidence, context: ReplyContext): number {
  const byRule =
    evidence.whole?.acts.includes(move) || (move === 'delegate' && evidence.delegation?.sure && context.asked !== undefined)
      ? ruleWeighs
      : move === 'answer' && evidence.fitsOnly
        ? fitsOnlyWeighs
        : move === 'answer' && evidence.fits && evidence.side < 2
          ? fitsWeighs
          : hints(move, evidence)
            ? move === 'correction'
              ? evidence.replaced !== undefined || evidence.takesOut
                ? replacesWeighs
                : putsRightWeighs
              : weakRuleWeighs
            : 0;
  const spokenTo = move === 'chit-chat' && context.addressed ? addressedWeighs : 0;
  return byRule + (likelier[move] ?? 0) - spokenTo;
}

function hints(move: Move, evidence: Evidence): boolean {
  switch (move) {
    case 'delegate':
      return evidence.delegation !== undefined;
    case 'dont-know':
      return evidence.unknown;
    case 'counter-question':
      return evidence.asksBack;
    case 'objection':
      return evidence.objects;
    case 'chit-chat':
      return evidence.side >= 2;
    case 'correction':
      return evidence.putsRight || evidence.takesOut;
    case 'answer':
    case 'skip':
    case 'acknowledge':
    case 'stop':
    case 'pause':
    case 'resume':
      return false;
    default:
      return move satisfies never;
  }
}

function isSureStop({ whole, words, scores }: Evidence, first: number, second: number): boolean {
  if (whole?.acts.includes('stop')) return true;
  const speaks = Math.max(...Object.values(scores));
  return first > 0 && first - second > stopLeads && words <= longestStop && speaks < 5;
}

/** "We'll try it for a week", "me, till Ana is back" put nothing off. */
function isSurePause({ whole, fits, words, scores }: Evidence, first: number, second: number): boolean {
  if (whole?.acts.includes('pause')) return true;
  const speaks = Math.max(...Object.values(scores));
  return !fits && first > pauseFrom && first - second > pauseLeads && words <= longestPause && speaks < 4;
}

function isOrder(move: Move): boolean {
  return move === 'stop' || move === 'pause' || move === 'skip' || move === 'resume';
}

/** Whoever was not asked and does not speak to Plumb gives it orders in plain words only. */
function mayOrder(move: Move, { whole }: Evidence, context: ReplyContext): boolean {
  return context.asked !== undefined || context.addressed || context.offered !== undefined || whole?.acts.includes(move) === true;
}
