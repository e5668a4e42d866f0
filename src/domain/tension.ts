import type { Decision, Evidence, SignalAbout, TensionKind } from './coaching-state.ts';
import type { CueKind, HeardCue } from './cues.ts';
import { evidenceOf, figuresIn, type Heard, heardIn, isKnownBeside, isMeasured, messageOf, requestEvidence } from './heard.ts';
import { namedCause } from './known-causes.ts';
import { priorityTension } from './priority.ts';
import { currentAnswers, isAnswered } from './questions.ts';
import type { Known } from './signals.ts';
import type { StartedAlignment } from './state.ts';

/** Something that stands against what was asked for. `evidence`: what was asked for, then what stands against it, oldest first. */
export type Tension = { kind: TensionKind; evidence: readonly Evidence[]; about: SignalAbout; sure: boolean };

/**
 * One piece of what speaks against the request, or for it when `weight` is below zero. One message gives one piece at most of either kind. `measured`: more
 * than an opinion.
 */
type Piece = { cue: HeardCue; weight: number; measured: boolean };

// Found on threads by ten authors, each judged without having been learned from: one measured comparison by somebody else that is likely is enough to
// ask, two opinions of the requester's are not.
const enoughToAsk = 1.1;
// How likely it has to be, of all that was heard: beside such facts, and where nothing else says so.
const likelyBesideFacts = 0.55;
const likelyEnough = 0.66;
// As likely as that is said in so many words.
const plainly = 0.85;
const enoughToChallenge = 1.9;
const weights = { opinion: 0.6, comparison: 1.8, knowHow: 1.3, inTheWay: 0.6, reported: 1.9, ownWords: 2 };
/** What speaks for the request: that people do not know how, shown by a test or a count, told by whoever asked or by others; and that an objection was looked at. */
const forIt = { shownLack: 3, toldLack: 1.2, heardLack: 0.2, toldSettled: 1, settled: 0.5 };

/**
 * The contradiction that this conversation holds now (METHOD §4), if any. Somebody asked in earnest for a skill, and something says that the cause is
 * elsewhere, or that the year is about something else. None once it was decided, taken back, or where whoever asked doubts it themselves.
 */
export function tensionOf(state: StartedAlignment, known: Known, heard: Heard = heardIn(state)): Tension | undefined {
  if (state.coaching?.challenge) return undefined;
  const against = piecesAgainst(state, known, heard);
  const decided = state.coaching?.decisions.at(-1);
  if (decided) return newSince(state, known, heard, against, decided);
  if (hasMoved(state, heard, against)) return cameRound(state, known, heard, against);
  if (isOnTheTable(heard, against)) return undefined;
  const priority = priorityTension(state, known, heard);
  if (!priority && isBesideTraining(state, heard)) return undefined;
  const facts = isOnlySupposed(state, against) ? 1 : sum(against) + sum(piecesFor(known, heard));
  const total = facts + (priority?.weight ?? 0);
  const likely = heard.contradicted;
  const isRuled = total >= enoughToAsk && (priority !== undefined || likely >= likelyBesideFacts || sum(against.filter(isPlain)) >= enoughToAsk);
  const shown = against.some(({ weight }) => weight > 0) ? against : likeliest(state, heard);
  if (!isRuled && (likely < likelyEnough || shown.length === 0)) return undefined;
  const requested = requestEvidence(state);
  const sure = likely >= likelyEnough || isSure(known, against, facts, total);
  if (priority && priority.weight >= facts) {
    const evidence = [
      ...requested,
      ...priority.evidence,
      ...strongest(against)
        .slice(0, 2)
        .map(({ cue }) => evidenceOf(cue)),
    ];
    return { kind: priority.kind, evidence, about: { tension: priority.kind, ...namedCause(known, heard), ...priority.about }, sure: priority.sure || sure };
  }
  const kind = saysEnough(state, heard) ? 'two-answers' : 'request-facts';
  const evidence = [...requested, ...strongest(shown).map(({ cue }) => evidenceOf(cue))];
  return { kind, evidence, about: { tension: kind, ...priority?.about, ...namedCause(known, heard) }, sure };
}

/** They came round by themselves, and nobody has said yet that this is agreed: the last step of a challenge is what is left of it. */
function cameRound(state: StartedAlignment, known: Known, heard: Heard, against: readonly Piece[]): Tension | undefined {
  const turn = heard.of('changes-focus').findLast((cue) => cue.by === state.requester && !heard.inRequest(cue));
  if (!turn) return undefined;
  const sure = against.some(({ cue, weight }) => !cue.faint && weight > 0 && cue.side !== 'requester' && cue.messageRef !== turn.messageRef);
  return {
    kind: 'came-round',
    evidence: [...requestEvidence(state), inWhole(known, turn)],
    about: { tension: 'came-round', ...namedCause(known, heard) },
    sure,
  };
}

// More is no sentence that could be said back to somebody.
const saidBack = 160;

/** "Drop the course" alone does not say what comes instead: all of a short message does. */
function inWhole(known: Known, cue: HeardCue): Evidence {
  const { length } = messageOf(known, cue);
  return length > saidBack ? evidenceOf(cue) : { ...evidenceOf(cue), quote: { ...cue.quote, start: 0, end: length } };
}

/** Two who say it, or a measured comparison by somebody else that nothing speaks against. */
function isSure(known: Known, against: readonly Piece[], facts: number, total: number): boolean {
  const compared = against.some(
    ({ cue, measured }) => measured && !cue.faint && cue.side === 'other' && cue.cue !== 'cause' && figuresIn(known.words(cue.quote) ?? '') > 1,
  );
  if (compared && facts >= sum(against)) return true;
  return total >= enoughToChallenge && against.some(isOfSubstance(known));
}

/** Whoever kept the request did so on what was known: a comparison that somebody brings afterwards is worth a prompt, and no challenge. */
function newSince(state: StartedAlignment, known: Known, heard: Heard, against: readonly Piece[], decided: Decision): Tension | undefined {
  const since = against.filter(({ cue, measured }) => cue.at > decided.at && measured && !cue.faint && cue.side === 'other');
  if (decided.outcome === 'changed' || since.length === 0 || hasMoved(state, heard, since) || sum(since) + sum(piecesFor(known, heard)) < enoughToAsk)
    return undefined;
  const evidence = [...requestEvidence(state), ...strongest(since).map(({ cue }) => evidenceOf(cue))];
  return { kind: 'request-facts', evidence, about: { tension: 'request-facts', ...namedCause(known, heard) }, sure: false };
}

const sum = (pieces: readonly Piece[]): number => pieces.reduce((total, { weight }) => total + weight, 0);

/** At most three, oldest first: what is read in half a minute. */
function strongest(pieces: readonly Piece[]): Piece[] {
  const best = pieces
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, 3);
  return best.toSorted((one, other) => one.cue.at - other.cue.at);
}

function isOfSubstance(known: Known): (piece: Piece) => boolean {
  return ({ cue }) => cue.side !== 'requester' || figuresIn(known.words(cue.quote) ?? '') > 1 || cue.cue === 'knows-how';
}

/** It can hardly have meant something else. */
function isPlain({ cue }: Piece): boolean {
  return (cue.likely ?? 1) >= plainly;
}

const showing: readonly CueKind[] = ['elsewhere', 'knows-how', 'obstacle', 'cause'];

/** Where no single thing was heard for sure, what most likely speaks against the request: a challenge shows on which words it rests. */
function likeliest(state: StartedAlignment, heard: Heard): Piece[] {
  const said = (state.coaching?.cues ?? []).filter(
    (cue) => showing.includes(cue.cue) && cue.quote.end > cue.quote.start && cue.side !== 'partner' && !heard.inRequest(cue),
  );
  const [first] = said.toSorted((one, other) => likelihood(other) - likelihood(one));
  return first ? [{ cue: first, weight: likelihood(first), measured: false }] : [];
}

/** Nobody but the requester said so, and neither with a third fact nor that people know how: they are thinking aloud, and that is no contradiction. */
function isOnlySupposed(state: StartedAlignment, pieces: readonly Piece[]): boolean {
  const own = pieces.every(({ cue }) => cue.by === state.requester && cue.cue !== 'knows-how' && cue.cue !== 'obstacle');
  return own && pieces.length > 0 && sum(pieces) < enoughToChallenge;
}

/** How much somebody's words count that may have meant something else. The root: two that are half likely count more than one that is certain. */
const likelihood = ({ likely = 1 }: HeardCue): number => Math.sqrt(likely);

/** What was said since, by message: measured things count twice, and what only the requester supposes counts once. */
function piecesAgainst(state: StartedAlignment, known: Known, heard: Heard): Piece[] {
  const said = [...heard.of('elsewhere', 'knows-how', 'obstacle', 'cause'), ...heard.faint('elsewhere', 'knows-how', 'obstacle')];
  const pieces = said.flatMap((cue): Piece[] => {
    // What the request itself says of causes is part of what was asked for; that they know how is not.
    if (cue.side === 'partner' || isTwoSided(heard, cue) || (heard.inRequest(cue) && cue.cue !== 'knows-how')) return [];
    const weight = isAgainstOwnWords(heard, cue) ? weights.ownWords : weightOf(state, known, cue);
    return weight > 0 ? [{ cue, weight: weight * likelihood(cue), measured: weight > 1 && isMeasured(known.words(cue.quote) ?? '') }] : [];
  });
  // A cause that is named says what, a fact says that: of two as strong the fact stands for its message.
  return bestPerMessage(pieces.toSorted((one, other) => Number(one.cue.cue === 'cause') - Number(other.cue.cue === 'cause')));
}

function weightOf(state: StartedAlignment, known: Known, cue: HeardCue): number {
  const measured = isMeasured(known.words(cue.quote) ?? '');
  switch (cue.cue) {
    case 'knows-how':
      return weights.knowHow;
    case 'elsewhere':
      return measured && (cue.side !== 'requester' || figuresIn(known.words(cue.quote) ?? '') > 2) ? weights.comparison : weights.opinion;
    case 'obstacle':
      // Once it is clear what people will do differently, a thing in the way is an action besides training, not another focus.
      return isAnsweredBefore(state, cue) ? 0 : reported(known, cue);
    case 'cause':
      return reported(known, cue);
    default:
      return 0;
  }
}

/** Somebody else tells it with figures: more than an opinion. */
function reported(known: Known, cue: HeardCue): number {
  return cue.side === 'other' && figuresIn(messageOf(known, cue)) > 1 ? weights.reported : weights.inTheWay;
}

/** Whoever says that training is enough has named something in the way at another time, and has not taken either back. */
function isAgainstOwnWords(heard: Heard, { cue, by, messageRef }: HeardCue): boolean {
  const own = (kind: HeardCue['cue']) => heard.of(kind).filter((other) => other.by === by && other.side === 'requester');
  return cue === 'obstacle' && own('only-training').some((claim) => claim.messageRef !== messageRef) && own('doubts-training').length === 0;
}

function isAnsweredBefore(state: StartedAlignment, cue: HeardCue): boolean {
  const gaveSufficiency = currentAnswers(state.answers, 'sufficiency').some(({ messageRef, by }) => messageRef === cue.messageRef && by === state.requester);
  return gaveSufficiency || currentAnswers(state.answers, 'contribution').some(({ status, at }) => status === 'clear' && at < cue.at);
}

/** "Three never did it, six know and have no time", by whoever asked: they see both, and nothing stands against anything. */
function isTwoSided(heard: Heard, { cue, messageRef, side }: HeardCue): boolean {
  const here = (kind: HeardCue['cue']) => heard.all.some((other) => other.cue === kind && other.messageRef === messageRef);
  if (cue === 'cause') return here('lacks-skill');
  return side === 'requester' && cue === 'knows-how' && here('lacks-skill');
}

/** A test or an observation which shows that people do not know how, and what was looked at and settled. */
function piecesFor(known: Known, heard: Heard): Piece[] {
  const moved = heard.of('changes-focus').map(({ messageRef }) => messageRef);
  const lacking = heard.of('lacks-skill').filter((cue) => !moved.includes(cue.messageRef) && !isKnownBeside(heard, cue));
  const faintly = heard.faint('lacks-skill').filter((cue) => !moved.includes(cue.messageRef));
  const shown = [...lacking, ...faintly].map((cue) => {
    const measured = isMeasured(known.words(cue.quote) ?? '');
    const weight = measured ? forIt.shownLack : cue.side === 'requester' ? forIt.toldLack : forIt.heardLack;
    return { cue, weight: -weight * likelihood(cue), measured };
  });
  // "They know how: in the month in which it paid they sold 212" settles nothing, it shows something.
  const shows = heard.of('knows-how', 'elsewhere').filter((cue) => cue.side === 'other' && isMeasured(known.words(cue.quote) ?? ''));
  const settled = [...heard.of('settled'), ...heard.faint('settled')]
    .filter((cue) => !shows.some(({ messageRef, by }) => messageRef === cue.messageRef && by === cue.by))
    .map((cue) => ({ cue, weight: -(cue.side === 'requester' ? forIt.toldSettled : forIt.settled) * likelihood(cue), measured: false }));
  return bestPerMessage([...shown, ...settled]);
}

function bestPerMessage(pieces: readonly Piece[]): Piece[] {
  const best = new Map<string, Piece>();
  for (const piece of pieces) {
    const there = best.get(piece.cue.messageRef);
    if (!there || Math.abs(piece.weight) > Math.abs(there.weight)) best.set(piece.cue.messageRef, piece);
  }
  return [...best.values()];
}

/** What is less likely than that may be no doubt at all. */
const plainDoubt = 0.5;

/** Whoever asked doubted it before anybody showed anything: the question is asked already. */
function isOnTheTable(heard: Heard, against: readonly Piece[]): boolean {
  const first = Math.min(...against.filter(({ cue }) => !heard.inRequest(cue)).map(({ cue }) => cue.at));
  const doubts = heard.of('doubts-training').filter((cue) => cue.side === 'requester' && (heard.inRequest(cue) || cue.at < first));
  return doubts.some((doubt) => {
    // What is in the way, in the same message, makes a doubt of what might have been none.
    const beside = heard.of('obstacle').filter(({ messageRef }) => messageRef === doubt.messageRef);
    return [doubt, ...beside].reduce((none, { likely = 1 }) => none * (1 - likely), 1) <= 1 - plainDoubt;
  });
}

/** Once it is clear what people will do differently, what is in their way is an action besides training, and what was looked at or doubted is no news. */
function isBesideTraining({ answers }: StartedAlignment, heard: Heard): boolean {
  if (!currentAnswers(answers, 'contribution').some(({ status }) => status === 'clear')) return false;
  const isLookedAt = heard.of('settled').length > 0 || heard.of('doubts-training').some(({ side }) => side === 'requester');
  return isLookedAt || (heard.of('obstacle').length > 0 && heard.of('elsewhere', 'knows-how').length === 0);
}

/** They came round by themselves: to another focus, or from everybody to those whom it is about. */
function hasMoved(state: StartedAlignment, heard: Heard, against: readonly Piece[]): boolean {
  const first = against.length === 0 ? state.openedAt : Math.min(...against.map(({ cue }) => cue.at));
  const wanted = heard.of('whole-force').some((cue) => heard.inRequest(cue));
  return heard.of('changes-focus', 'narrowed').some((cue) => {
    if (cue.by !== state.requester || cue.at < first) return false;
    return cue.cue === 'changes-focus' || wanted;
  });
}

function saysEnough(state: StartedAlignment, heard: Heard): boolean {
  return isAnswered(state.answers, 'sufficiency') && heard.of('only-training').length > 0;
}
