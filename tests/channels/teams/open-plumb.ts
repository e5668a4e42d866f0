import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import restify from 'restify';
import { asksForFile } from '../../../src/app/asks-for-file.ts';
import { createHandle } from '../../../src/app/handle.ts';
import type { Channel, Intake } from '../../../src/app/ports.ts';
import { createRuntime } from '../../../src/app/runtime.ts';
import { createTeams } from '../../../src/channels/teams/teams.ts';
import type { TeamsWords } from '../../../src/channels/teams/words.ts';
import type { ChannelName } from '../../../src/domain/conversation.ts';
import type { Picture } from '../../../src/domain/picture.ts';
import { createFileLinks } from '../../../src/files.ts';
import { createLocalLanguage } from '../../../src/language/local/local-language.ts';
import { createPictures } from '../../../src/pictures.ts';
import { loadPrompts } from '../../../src/prompts.ts';
import { showPictures, showPicturesInAnswers } from '../../../src/show-pictures.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createCounter, createLog } from '../../app/kit.ts';
import type { OpenIdServer } from './open-id-server.ts';

const prompts = loadPrompts(join(import.meta.dirname, '..', '..', '..', 'prompts'));

const word = prompts.words.plain as (key: string) => string;

/** The words of wording.yaml under the names that the code has for them. */
const words = new Proxy({} as TeamsWords, {
  get: (_, name) => word(`teams.${String(name).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`),
});

export type OpenPlumb = Awaited<ReturnType<typeof openPlumb>>;

export type OpenPlumbOptions = {
  clock: { now(): number };
  /** Undefined: nobody signs in. */
  openId: OpenIdServer | undefined;
  allowedTenants?: readonly string[];
  admins?: readonly string[];
  /** Nowhere when left out. */
  graphUrl?: string;
  /** A folder that outlives this Plumb; one of its own when left out. */
  dataDir?: string;
  /** Files are given under links where everybody reads them anyway; offered to whoever asks when left out. */
  fileLinks?: boolean;
};

/** The whole of Plumb for Teams alone, in this process, with the real channel, store and local language. */
export async function openPlumb({
  clock,
  openId,
  allowedTenants = [],
  admins = [],
  graphUrl = 'http://127.0.0.1:9',
  dataDir,
  fileLinks = false,
}: OpenPlumbOptions) {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'plumb-teams-')));
  const logger = createLog();
  const store = await openStore({ sqliteFile: join(folder, 'plumb.sqlite') }, { clock });
  // Replies come at once: how long somebody may go on writing is tested elsewhere.
  for (const tenant of allowedTenants) await store.settings.change(tenant, (settings) => ({ ...settings, burstMs: 100, midAnswerMs: 100 }));
  const app = openId && { id: openId.appId, tenantId: openId.tenantId, secret: { kind: 'password', password: openId.password } as const };
  const signIn = { app, ...(openId && { endpoints: openId.endpoints }) };
  const teams = createTeams({ signIn, allowedTenants, admins, store, graphUrl, words, clock, logger });
  const language = createLocalLanguage({ knowledge: prompts.knowledge });
  const pictures = createPictures('a secret of this installation');
  let url = '';
  const linkTo = (picture: Picture) => pictures.linkTo(url, picture);
  const channels = new Map<ChannelName, Channel>([['teams', showPictures(teams.channel, linkTo)]]);
  const shared = { store, language, workspaces: 'one', channels, clock, logger } as const;
  const lateFiles = { asksForFile, coming: prompts.words.plain('file.coming'), failed: prompts.words.plain('file.failed') };
  const runtime = createRuntime({
    ...shared,
    handle: createHandle({ ...shared, prompts, model: 'none', newId: randomUUID }),
    metrics: createCounter(),
    files: lateFiles,
  });
  const files = createFileLinks('a secret of this installation', { intake: () => runtime.intake, words: prompts.words });
  const intake: Intake = {
    ...runtime.intake,
    async interact(event, onStored) {
      const response = await runtime.intake.interact(event, onStored);
      return fileLinks ? files.withLink(url, event, response) : response;
    },
  };
  teams.setIntake(showPicturesInAnswers(intake, linkTo));
  runtime.start();
  const server = restify.createServer();
  teams.mount(server);
  pictures.mount(server);
  files.mount(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    messagesUrl: `${url}/api/messages`,
    store,
    logger,
    channel: teams.channel,
    /** The clock was moved. */
    poke: runtime.poke,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      });
      await runtime.stop();
      await teams.close();
      await store.close();
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
