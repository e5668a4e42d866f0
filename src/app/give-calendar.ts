import { calendarFile } from '../documents/calendar-file.ts';
import { programmeName } from '../views/programme.ts';
import { plainText } from '../views/text.ts';
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
  { state }: WorkingProgramme,
): Promise<InteractionResponse | undefined> {
  if (state.status === 'new') return undefined;
  const { content } = state;
  const named = content.owner === personId || content.managers.includes(personId);
  const ctx = await contextFor(dependencies, turn, { refersTo: state, people: [] });
  const { words } = ctx;
  if (!named && !(await mayReadReports(viewerOf(turn, personId), content))) return { kind: 'notice', text: words.plain('calendar.not-yours') };
  const link = await threadLink(turn, content.conversation, personId);
  const title = plainText(words.say('calendar.title', { topic: programmeName(ctx, content) }));
  const file = calendarFile(
    state,
    { title, description: [words.plain('calendar.description'), ...(link.link ? [link.link] : [])].join('\n'), ...link },
    turn.now,
  );
  if (file === undefined) return { kind: 'notice', text: words.plain('calendar.no-time') };
  return { kind: 'file', name: 'weekly-call.ics', mediaType: 'text/calendar', content: file };
}
