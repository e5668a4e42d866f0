import type { Evidence, SignalAbout, TensionKind } from './coaching-state.ts';
import { evidenceOf, type Heard } from './heard.ts';
import type { Symptom } from './knowledge.ts';
import { symptomsHeard } from './known-causes.ts';
import { currentAnswers } from './questions.ts';
import type { Known } from './signals.ts';
import type { StartedAlignment } from './state.ts';
import { fitOf } from './strategy-fit.ts';
import type { ThemeId } from './strategy-themes.ts';
import { opposed, serves, themesOf, themesOnFile } from './themes.ts';

/** What the year is about, as somebody said it or as it stands on file. `told`: by whoever asked, or confirmed on file. */
type Priority = { themes: ReadonlySet<ThemeId>; evidence: readonly Evidence[]; kind: TensionKind; objective?: string; told: boolean };
export type PriorityTension = { kind: TensionKind; evidence: readonly Evidence[]; about: SignalAbout; weight: number; sure: boolean };

/**
 * The request against what the year is about (METHOD §4, S0): it asks for the opposite, or for something that a cause upstream of the complaint would
 * explain, and that cause is what the priority is about.
 */
export function priorityTension(state: StartedAlignment, known: Known, heard: Heard): PriorityTension | undefined {
  const words = askedFor(state, known);
  const asked = topicThemes(state, known, words);
  const fit = fitOf(words, known.strategy);
  if (fit.kind === 'conflicts') return { kind: 'request-strategy', evidence: [], about: { objective: fit.objective }, weight: 3, sure: true };
  const complained = complaints(known, heard, words, asked);
  const named = causesNamed(heard);
  for (const priority of [...said(state, known, heard), ...(fit.kind === 'fits' ? [] : onFile(known))]) {
    if (priority.themes.size === 0 || serves(asked, priority.themes)) continue;
    const upstream = causeOfTheme(complained, priority, named);
    const against = opposed(asked, priority.themes);
    if (!upstream && !against) continue;
    // Where the request names no theme of its own, it may well serve the priority: enough to ask a partner, not to challenge.
    const isPlain = priority.told && asked.size > 0 && (upstream?.isComplaint === true || against === 'plain');
    const about = { ...upstream?.about, ...(priority.objective !== undefined && { objective: priority.objective }) };
    return { kind: priority.kind, evidence: priority.evidence, about, weight: isPlain ? 3 : 2, sure: isPlain };
  }
  return undefined;
}

function askedFor(state: StartedAlignment, known: Known): string {
  return [state.request, state.understood.topic].flatMap((quote) => (quote ? [known.words(quote) ?? ''] : [])).join(' ');
}

/** What is to be trained; whom and when it is for says nothing of that, so the whole request speaks only where its topic says nothing. */
function topicThemes({ understood }: StartedAlignment, known: Known, words: string): Set<ThemeId> {
  const topic = themesOf((understood.topic && known.words(understood.topic)) ?? '');
  return topic.size > 0 ? topic : themesOf(words);
}

function said(state: StartedAlignment, known: Known, heard: Heard): Priority[] {
  const settled = heard.of('settled').map(({ messageRef }) => messageRef);
  const priorities = heard
    .of('priority')
    .filter((cue) => cue.side !== 'partner' && !settled.includes(cue.messageRef))
    .map((cue): Priority => {
      const told = cue.by === state.requester;
      return { themes: themesOf(known.words(cue.quote) ?? ''), evidence: [evidenceOf(cue)], kind: 'request-driver', told };
    });
  const heardIn = priorities.flatMap(({ evidence }) => evidence.map(({ messageRef }) => messageRef));
  const drivers = currentAnswers(state.answers, 'driver').flatMap(({ text, by, messageRef }): Priority[] => {
    if (!text || messageRef === state.requestMessage || heardIn.includes(messageRef)) return [];
    return [{ themes: themesOf(known.words(text) ?? ''), evidence: [{ quote: text, by, messageRef }], kind: 'request-driver', told: false }];
  });
  return [...priorities, ...drivers];
}

function onFile({ strategy }: Known): Priority[] {
  return strategy.objectives
    .filter(({ weight }) => weight > 1)
    .map((objective) => ({ themes: themesOnFile(objective, objective.text), evidence: [], kind: 'request-strategy', objective: objective.id, told: true }));
}

type Complaint = { symptom: Symptom; isComplaint: boolean };

/** What is complained of, as it was heard or in words of the file; and what is complained of where this is asked for, though nobody has said so. */
function complaints(known: Known, heard: Heard, words: string, asked: ReadonlySet<ThemeId>): Complaint[] {
  // "New names are not the priority" complains of nothing.
  const plans = heard.of('priority').map(({ messageRef }) => messageRef);
  const told = symptomsHeard(known, heard).flatMap(({ symptom, cue }) => (plans.includes(cue.messageRef) ? [] : [{ symptom, isComplaint: true }]));
  const low = words.toLowerCase();
  const others = known.knowledge.symptoms.flatMap((symptom): Complaint[] => {
    if (symptom.signs.some((sign) => low.includes(sign))) return [{ symptom, isComplaint: true }];
    return [...themesOnFile(symptom, symptom.name)].some((theme) => asked.has(theme)) ? [{ symptom, isComplaint: false }] : [];
  });
  return [...told, ...others.toSorted((one, other) => Number(other.isComplaint) - Number(one.isComplaint))];
}

/** Causes that somebody told outright, and not as the plan: then nobody has to complain of what they lead to. */
function causesNamed(heard: Heard): ReadonlySet<string> {
  const plans = heard.of('priority').map(({ messageRef }) => messageRef);
  const told = heard.of('cause').filter((cue) => cue.side !== 'partner' && !heard.inRequest(cue) && !plans.includes(cue.messageRef));
  return new Set(told.flatMap(({ detail }) => (detail === undefined ? [] : [detail])));
}

/** A cause of one of these that is about the same as the priority. What nobody complained of counts only against what whoever asked said is first. */
function causeOfTheme(
  found: readonly Complaint[],
  { themes, told }: Priority,
  named: ReadonlySet<string>,
): { about: { symptom: string; cause: string }; isComplaint: boolean } | undefined {
  for (const { symptom, isComplaint } of found) {
    if (!isComplaint && !told) continue;
    const causes = symptom.causes.filter((one) => [...themesOnFile(one, `${one.cause} ${one.focus}`)].some((theme) => themes.has(theme)));
    // Of two the one whose way out is about the priority: that is what will be offered.
    const isOffered = ({ focus }: (typeof causes)[number]) => [...themesOf(focus)].some((theme) => themes.has(theme));
    const cause = causes.find(({ id }) => named.has(id)) ?? causes.find(isOffered) ?? causes[0];
    if (cause) return { about: { symptom: symptom.id, cause: cause.id }, isComplaint: isComplaint || named.has(cause.id) };
  }
  return undefined;
}
