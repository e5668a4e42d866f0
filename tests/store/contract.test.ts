import { jest } from '@jest/globals';
import { coachingBehaviour } from './coaching-behaviour.ts';
import { commitBehaviour } from './commit-behaviour.ts';
import { inboxBehaviour } from './inbox-behaviour.ts';
import { lessonsBehaviour } from './lessons-behaviour.ts';
import { onBothDatabases } from './on-both.ts';
import { outboxBehaviour } from './outbox-behaviour.ts';
import { retentionBehaviour } from './retention-behaviour.ts';
import { sendingBehaviour } from './sending-behaviour.ts';
import { smallBehaviour } from './small-behaviour.ts';

// A busy machine may be slow at creating databases.
jest.setTimeout(30_000);

onBothDatabases([inboxBehaviour, outboxBehaviour, sendingBehaviour, commitBehaviour, smallBehaviour, lessonsBehaviour, coachingBehaviour, retentionBehaviour]);
