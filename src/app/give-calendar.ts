import { zoneName } from '../domain/calendar.ts';
import { callOf } from '../domain/programme.ts';
import type { StartedProgramme } from '../domain/programme-state.ts';
import { programmeName } from '../views/programme.ts';
import { plainText } from '../views/text.ts';
import type { Words } from '../views/wording.ts';
import { commandProgramme } from './follow-through.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InteractionResponse } from './ports.ts';
import { threadLink } from './thread-link.ts';
import type { Turn, WorkingProgramme } from './turn.ts';
import { contextFor } from './view-context.ts';
import { mayReadReports, viewerOf } from './viewer.ts';

/** The weekly call for the calendar of whoever asks: those it was told to, and those who read the digest. */
export async function giveCalendar(
  dependencies: HandleDependencies,
  turn: Turn,
  personId: string,
  programme: WorkingProgramme,
): Promise<InteractionResponse | undefined> {
  const { state } = programme;
  if (state.status === 'new') return undefined;
  const { content } = state;
  const named = content.owner === personId || content.managers.includes(personId) || content.dataHolder === personId;
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: [] });
  const { words } = ctx;
  if (!named && !(await mayReadReports(viewerOf(turn, personId), content))) return { kind: 'notice', text: words.plain('calendar.not-yours') };
  const link = await threadLink(turn, content.conversation, personId);
  const title = plainText(words.say('calendar.title', { topic: programmeName(ctx, content) }));
  // Loaded with the first file: with the rules of all time zones it is too big for whoever never asks.
  const { calendarFile } = await import('../documents/calendar-file.ts');
  const file = calendarFile(
    state,
    { title, description: [words.plain('calendar.description'), ...(link.link ? [link.link] : [])].join('\n'), ...link },
    turn.now,
  );
  if (file === undefined) return { kind: 'notice', text: words.plain('calendar.no-time') };
  commandProgramme(programme, { type: 'GiveCalendar', by: personId }, turn.now);
  return { kind: 'file', name: 'weekly-call.ics', mediaType: 'text/calendar', content: file, inWords: inWords(words, title, state) };
}

/** Where no file can be sent, the lines of one mean nothing to anybody: when it is, to be put into a calendar by hand. */
function inWords(words: Words, title: string, { content }: StartedProgramme): string {
  const call = callOf(content);
  if (!call) return title;
  const when = words.plain('calendar.by-hand', { day: words.plain(`day.${call.weekday}`), time: call.time, zone: zoneName(call.timeZone) });
  return `${title}\n\n${when}\n\n${words.plain('calendar.description')}`;
}
