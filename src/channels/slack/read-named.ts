import { ownName, type ReadText, readText } from './read-text.ts';
import type { Workspace } from './workspace.ts';

/** `named`: the same text with the names behind its mentions, as far as they come in time. */
type Names = { named(tenant: string, said: ReadText): Promise<ReadText> };

/** Slack's text as people see it, with the names of those it mentions. They are waited for a moment only: then it shows somebody. */
export async function readNamed(directory: Names, { tenant, botUserId }: Workspace, raw: string): Promise<ReadText> {
  const read = readText(raw, (personId) => (personId === botUserId ? ownName : personId));
  return read.mentions.length === 0 ? read : directory.named(tenant, read);
}
