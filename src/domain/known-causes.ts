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
export function causesHeard(known: Known, heard: Heard): { symptom: Symptom; cause: Cause; cue: HeardCue }[] {
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

/** What is complained of and the cause that somebody named. */
export function namedCause(known: Known, heard: Heard): Pick<SignalAbout, 'symptom' | 'cause'> {
  const symptoms = symptomsHeard(known, heard).map(({ symptom }) => symptom);
  const named = causesHeard(known, heard);
  const fitting = named.find(({ symptom }) => symptoms.some(({ id }) => id === symptom.id)) ?? named[0];
  if (fitting) return { symptom: fitting.symptom.id, cause: fitting.cause.id };
  const [symptom] = symptoms;
  return symptom ? { symptom: symptom.id } : {};
}

/** The same, with the likeliest cause where nobody named one: the first on file. */
export function likelyCause(known: Known, heard: Heard): Pick<SignalAbout, 'symptom' | 'cause'> {
  const named = namedCause(known, heard);
  const first = known.knowledge.symptoms.find(({ id }) => id === named.symptom)?.causes[0];
  return named.cause === undefined && first ? { ...named, cause: first.id } : named;
}
