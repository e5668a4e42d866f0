import { randomUUID } from 'node:crypto';
import type { Server } from 'restify';
import type { Channel, Clock, Intake, Logger } from '../../app/ports.ts';
import type { Store } from '../../app/store.ts';
import { createCommands } from './commands.ts';
import { createConnector } from './connector.ts';
import type { TeamsApp } from './credentials.ts';
import { createDeparted } from './departed.ts';
import { createDirectory } from './directory.ts';
import { createDispatch } from './dispatch.ts';
import { createGraph, microsoftGraph } from './graph.ts';
import { createInvokes } from './invokes.ts';
import { createMessagesInGraph } from './messages-in-graph.ts';
import { createPace } from './pace.ts';
import { createReceiver } from './receiver.ts';
import { createReferences } from './references.ts';
import { createSend } from './send.ts';
import { createSignIn, type SignIn, type SignInOptions } from './sign-in.ts';
import { createStandIn } from './stand-in/create-stand-in.ts';
import { createTell } from './tell.ts';
import { trySecret } from './try-secret.ts';
import type { TeamsWords } from './words.ts';
import { createWorkingSign } from './working-sign.ts';

export type TeamsPlatform = {
  channel: Channel;
  setIntake(intake: Intake): void;
  /** Adds POST /api/messages. */
  mount(server: Server): void;
  /** Signs in once. Throws TeamsError when Microsoft refuses the app. */
  start(): Promise<void>;
  /** After the last send. */
  close(): Promise<void>;
};

export type TeamsOptions = {
  /** Who Plumb is in Teams. Without an app nobody signs in; then `mount` is for a server that listens on this machine alone. */
  signIn: SignInOptions;
  /** Tenants whose people are served; empty: all. */
  allowedTenants: readonly string[];
  /** People who administer Plumb in every tenant, by their Entra object ids. */
  admins: readonly string[];
  store: Pick<Store, 'references' | 'installations'>;
  /** Where Microsoft Graph is, without a path; a stand-in in tests. */
  graphUrl?: string;
  words: TeamsWords;
  clock: Clock;
  logger: Logger;
};

/** Microsoft Teams, put together: the way in (receiver.ts, dispatch.ts) and the way out (send.ts). Throws TeamsError when the certificate cannot be used. */
export function createTeams({ signIn: options, allowedTenants, admins, store, graphUrl, words, clock, logger }: TeamsOptions): TeamsPlatform {
  let current: Intake | undefined;
  const intake = (): Intake | undefined => current;
  const { app } = options;
  const local = app === undefined;
  const appId = app?.id;
  const signIn = createSignIn({ ...options, logger });
  const strict = createConnector({ authentication: signIn.authentication, appId, standIn: local });
  const [tenant = 'local'] = allowedTenants;
  const standIn = local ? createStandIn({ connector: strict, clock, tenant, newId: randomUUID }) : undefined;
  const connector = standIn?.connector ?? strict;
  const references = createReferences({ store, clock, logger });
  const reading = app && openGraph({ app, signIn, graphUrl });
  const departed = reading && createDeparted({ ...reading, clock, logger });
  const directory = createDirectory({ references, connector, words, clock, logger, admins, departed });
  // Teams counts all that is sent to a chat, whoever of us sends it.
  const pace = createPace();
  const sign = createWorkingSign({ connector, references, logger, pace });
  const tell = createTell({ connector, references, words, logger, pace });
  const addLink = appId === undefined ? {} : { addLink: `https://teams.microsoft.com/l/app/${appId}` };
  const inGraph = app && reading && createMessagesInGraph({ ...reading, botId: `28:${app.id}`, groupOf: directory.groupOf, logger });
  const interaction = { intake, words, tell, connector, pace, references, ...(inGraph && { inGraph }), clock, logger, ...addLink };
  const take = createDispatch({
    intake,
    references,
    firstIsAdmin: admins.length === 0,
    directory,
    allowedTenants,
    invokes: createInvokes(interaction),
    commands: createCommands(interaction),
    ...(standIn && { complete: standIn.complete }),
    clock,
    logger,
  });
  const receiver = createReceiver({ signIn, local, take, logger });
  return {
    channel: {
      name: 'teams',
      directory,
      send: createSend({ connector, references, words, logger, answered: sign.answered, pace }),
      showWorking: sign.showWorking,
      homeIsPost: true,
      ...addLink,
      complete: (event) => directory.complete(event),
      ...(inGraph && { earlier: inGraph.earlier }),
    },
    setIntake(given) {
      current = given;
    },
    mount: receiver.mount,
    start: () => trySecret(signIn, logger),
    close: () => sign.close(),
  };
}

/** Microsoft Graph, where Plumb can sign in there. `tenant`: the app's own, of which its tokens are. */
function openGraph({ app, signIn, graphUrl = microsoftGraph }: { app: TeamsApp; signIn: SignIn; graphUrl: string | undefined }) {
  const { tokenFor } = signIn;
  return tokenFor && { graph: createGraph({ url: graphUrl, token: () => tokenFor(microsoftGraph) }), tenant: app.tenantId };
}
