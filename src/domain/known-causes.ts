import type { SignalAbout } from './coaching-state.ts';
import type { HeardCue } from './cues.ts';
import type { Heard } from './heard.ts';
import type { Cause, Symptom } from './knowledge.ts';
import type { Known } from './signals.ts';

/** What people complained of that the knowledge has causes for, oldest first, each with the cue. */
export function symptomsHeard(known: Known, heard: Heard): { symptom: Symptom; cue: HeardCue }[] {
  return heard.of('symptom').flatMap((cue) => {
    const symptom = known.knowledge.symptoms.find(({ id }) => id === cue.detail);
    return symptom && symptom.causes.length > 0 ? [{ symptom, cue }] : [];
  });
}

/** Causes that somebody named, newest first. */
function causesHeard(known: Known, heard: Heard): { symptom: Symptom; cause: Cause; cue: HeardCue }[] {
  return heard
    .of('cause')
    .toReversed()
    .flatMap((cue) => {
      for (const symptom of known.knowledge.symptoms) {
        const cause = symptom.causes.find(({ id }) => id === cue.detail);
        if (cause) return [{ symptom, cause, cue }];
      }
      return [];
    });
}

/** The cause that somebody named, and what is complained of, where somebody did; nothing where nobody named a cause. */
export function namedCause(known: Known, heard: Heard): Pick<SignalAbout, 'symptom' | 'cause'> {
  // "New names are not the priority" complains of nothing, and names no cause of anything.
  const plans = heard.of('priority').map(({ messageRef }) => messageRef);
  const isToldApart = ({ cue }: { cue: HeardCue }) => !plans.includes(cue.messageRef);
  const symptoms = symptomsHeard(known, heard)
    .filter(isToldApart)
    .map(({ symptom }) => symptom.id);
  const named = causesHeard(known, heard).filter(isToldApart);
  const fitting = named.find(({ symptom }) => symptoms.includes(symptom.id)) ?? named[0];
  if (!fitting) return {};
  return { ...(symptoms.includes(fitting.symptom.id) && { symptom: fitting.symptom.id }), cause: fitting.cause.id };
}

/** The same, with the likeliest cause of the first complaint where nobody named one: the first on file. */
export function likelyCause(known: Known, heard: Heard): Pick<SignalAbout, 'symptom' | 'cause'> {
  const named = namedCause(known, heard);
  const [first] = symptomsHeard(known, heard);
  const [cause] = first?.symptom.causes ?? [];
  return named.cause === undefined && first && cause ? { symptom: first.symptom.id, cause: cause.id } : named;
}
