import type { PersonId, Quote } from './conversation.ts';
import type { HeardCue } from './cues.ts';
import { heardIn, isKnownBeside } from './heard.ts';
import { currentAnswers } from './questions.ts';
import type { StartedAlignment } from './state.ts';

/** Words that were heard in the conversation without being the answer to one of the twelve questions. */
export type HeardLine = { quote: Quote; by: PersonId; at: number; messageRef: string };

/** Whether people do not know how (`skill`), know and do not do it (`execution`), or some the one and some the other (METHOD §3). */
export type Level = 'skill' | 'execution' | 'both';

/** What was said of the current level. `level` absent: nobody has said, or what was said is contested. */
export type CurrentLevel = { level?: Level; skill: readonly HeardLine[]; execution: readonly HeardLine[] };

/** What follows from the current level: initial learning, or coaching, managers' attention and obstacles out of the way (METHOD §3, S0). */
export function followsFrom(level: Level): 'learning' | 'coaching' | 'both' {
  switch (level) {
    case 'skill':
      return 'learning';
    case 'execution':
      return 'coaching';
    case 'both':
      return 'both';
    default:
      return level satisfies never;
  }
}

/** What is needed and not there: what people cannot do yet. What stands in their way besides is no competence, and stands where it was said. */
export function competenciesIn(state: StartedAlignment): HeardLine[] {
  return onePerMessage(lacking(state));
}

/** Skill or execution, with the words that say so. What managers or the owner cannot do themselves says nothing of those who are to learn. */
export function currentLevelIn(state: StartedAlignment): CurrentLevel {
  const heard = heardIn(state);
  const skill = lacking(state);
  const execution = heard.of('knows-how').filter((cue) => cue.side !== 'partner');
  const lines = { skill: onePerMessage(skill), execution: onePerMessage(execution) };
  if (skill.length > 0 && execution.length > 0) {
    // Said together, or by two people, both are true of some; a claim that somebody else's facts answered is not.
    const isBoth = skill.some((cue) => isKnownBeside(heard, cue)) || skill.some(({ at }) => execution.some((other) => at > other.at));
    return { level: isBoth ? 'both' : 'execution', ...lines };
  }
  if (skill.length > 0) {
    const isContested = heard.of('elsewhere', 'obstacle').some((cue) => cue.side !== 'partner' && cue.at > Math.max(...skill.map(({ at }) => at)));
    return isContested && skill.every((cue) => heard.inRequest(cue)) ? lines : { level: 'skill', ...lines };
  }
  return execution.length > 0 ? { level: 'execution', ...lines } : lines;
}

function lacking(state: StartedAlignment): HeardCue[] {
  const others = (['manager-role', 'owner-role'] as const).flatMap((id) => currentAnswers(state.answers, id).map(({ messageRef }) => messageRef));
  return heardIn(state)
    .of('lacks-skill')
    .filter((cue) => cue.side !== 'partner' && !others.includes(cue.messageRef));
}

function onePerMessage(cues: readonly HeardCue[]): HeardLine[] {
  const firsts = cues.filter((cue, at) => cues.findIndex(({ messageRef }) => messageRef === cue.messageRef) === at);
  return firsts.toSorted((one, other) => one.at - other.at).map(({ quote, by, at, messageRef }) => ({ quote, by, at, messageRef }));
}
