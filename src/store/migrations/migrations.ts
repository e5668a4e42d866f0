import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../schema.ts';
import { spine } from './0001-spine.ts';
import { lessons } from './0002-lessons.ts';
import { installations } from './0003-installations.ts';
import { timerChannels } from './0004-timer-channels.ts';
import { references } from './0005-references.ts';
import { coaching } from './0006-coaching.ts';

/** All migrations in order. Imported rather than read from a folder, so that what runs is what was type-checked. */
export function migrationsFor(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001-spine': spine(kind),
    '0002-lessons': lessons(kind),
    '0003-installations': installations(kind),
    '0004-timer-channels': timerChannels(),
    '0005-references': references(kind),
    '0006-coaching': coaching(kind),
  };
}
