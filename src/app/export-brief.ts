import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { titleTopic } from '../documents/brief-document-agreed.ts';
import { fileName } from '../documents/file-name.ts';
import { briefToMarkdown } from '../documents/markdown.ts';
import { buildBrief } from '../domain/brief.ts';
import { zoneName } from '../domain/calendar.ts';
import type { ConversationRef, PersonId } from '../domain/conversation.ts';
import type { StartedAlignment } from '../domain/state.ts';
import { openTo, takesPart } from '../domain/taking-part.ts';
import type { ActionId } from '../views/actions.ts';
import type { HandleDependencies } from './handle-dependencies.ts';
import type { InteractionResponse } from './ports.ts';
import { personOf, type Turn } from './turn.ts';
import { contextOf } from './view-context.ts';

const mediaTypes = {
  'export-markdown': 'text/markdown',
  'export-word': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'export-pdf': 'application/pdf',
} as const satisfies Partial<Record<ActionId, string>>;
const endings = { 'export-markdown': 'md', 'export-word': 'docx', 'export-pdf': 'pdf' } as const;

export type ExportAction = keyof typeof mediaTypes;

/** Whether an action asks for the brief as a file. */
export function isExport(action: ActionId): action is ExportAction {
  return Object.hasOwn(mediaTypes, action);
}

/** The brief as the file that somebody asked for, with times in that person's zone. `asked`: where they pressed. */
export async function exportBrief(
  dependencies: HandleDependencies,
  turn: Turn,
  { state, personId, action, asked }: { state: StartedAlignment; personId: PersonId; action: ExportAction; asked: ConversationRef },
): Promise<InteractionResponse> {
  const ctx = await contextOf(dependencies, turn, state);
  const { timeZone } = await personOf(turn, personId);
  const document = {
    ...ctx,
    name: (id: string) => turn.people.get(id)?.name ?? id,
    // Short, and never broken into two lines, since it stands beside every statement.
    time: (at: number) => DateTime.fromMillis(at, { zone: timeZone, locale: 'en-GB' }).toFormat('d LLL yyyy, HH:mm').replaceAll(' ', '\u00A0'),
    zone: zoneName(timeZone),
  };
  const brief = buildBrief(state);
  const date = DateTime.fromMillis(turn.now, { zone: timeZone }).toFormat('yyyy-MM-dd');
  const name = fileName('alignment-brief', { topic: titleTopic(document, brief), date, ending: endings[action] });
  const markdown = briefToMarkdown(brief, document);
  const file = {
    kind: 'file' as const,
    name,
    mediaType: mediaTypes[action],
    // The Markdown says all that the others say, and the same words give the same text.
    document: createHash('sha256').update(markdown).digest('base64url'),
    ...(belongsWhereAsked(state, personId, asked) && { shared: true as const }),
  };
  if (action === 'export-markdown') return { ...file, content: markdown };
  // Loaded with the first document: most conversations never need what writes Word and PDF files.
  const { briefDocument } = await import('../documents/brief-document.ts');
  const written = briefDocument(brief, document);
  const content =
    action === 'export-word'
      ? await (await import('../documents/word.ts')).documentToWord(written)
      : await (await import('../documents/pdf.ts')).documentToPdf(written);
  return { ...file, content, inWords: markdown };
}

/** Where everybody who is there reads the brief anyway; somebody who only looks on gets their own copy and disturbs nobody. */
function belongsWhereAsked(state: StartedAlignment, personId: PersonId, { place }: ConversationRef): boolean {
  return takesPart(state, personId) && openTo(state).includes(place);
}
