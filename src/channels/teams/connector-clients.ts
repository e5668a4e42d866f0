import { AuthenticationConstants, type BotFrameworkAuthentication, ClaimsIdentity, type ConnectorClient, TeamsConnectorClient } from 'botframework-connector';
import { Entity } from 'botframework-connector/lib/connectorApi/models/mappers.js';
import { z } from 'zod';
import { ConnectorError } from './connector-error.ts';
import { readTokenFailure } from './read-connector-failure.ts';

/** botbuilder's clients for one address: of what all channels have, and of what Teams alone has. */
export type Clients = { connector: ConnectorClient; teams: TeamsConnectorClient };

/** Clients that sign their calls as the app and never repeat one by themselves: what that does to a message is for the outbox to say. */
export async function openClients(authentication: BotFrameworkAuthentication, appId: string | undefined, serviceUrl: string): Promise<Clients> {
  keepEntitiesWhole();
  const connector = await authentication.createConnectorFactory(identityOf(appId)).create(serviceUrl).catch(failWithoutToken);
  const { credentials } = connector;
  connector.credentials = { signRequest: (request) => credentials.signRequest(request).catch(failWithoutToken) };
  const teams = new TeamsConnectorClient(connector.credentials, { baseUri: serviceUrl });
  for (const client of [connector, teams]) leaveRepeatingToUs(client);
  return { connector, teams };
}

/**
 * botbuilder means to let an entity's own fields through (github.com/microsoft/botbuilder-js/issues/2561), but its serializer takes this mapper, which
 * does not say so: then the label on generated text would be an entity with nothing in it.
 */
function keepEntitiesWhole(): void {
  Entity.type.additionalProperties = { type: { name: 'Object' } };
}

/** As CloudAdapterBase does it: the app's own id, or what stands for "authentication disabled". */
function identityOf(appId: string | undefined): ClaimsIdentity {
  if (appId === undefined) return new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType);
  return new ClaimsIdentity([
    { type: AuthenticationConstants.AudienceClaim, value: appId },
    { type: AuthenticationConstants.AppIdClaim, value: appId },
  ]);
}

function failWithoutToken(error: unknown): never {
  throw new ConnectorError('anything', readTokenFailure(error));
}

type Pipeline = { removePolicy(options: { name: string }): unknown };
const hasPolicies = (value: unknown): value is Pipeline =>
  typeof value === 'object' && value !== null && 'removePolicy' in value && typeof value.removePolicy === 'function';
const Inside = z.object({ pipeline: z.custom<Pipeline>(hasPolicies) });

/**
 * botbuilder has options for this and does not read them (azureCoreHttpCompat/serviceClientContext.ts), so the policies are taken out of its pipeline.
 * Redirects as well: what is said goes to the address that an authenticated activity gave, and nowhere else.
 */
function leaveRepeatingToUs(client: object): void {
  const { pipeline } = Inside.parse(Reflect.get(client, 'client'));
  for (const name of ['defaultRetryPolicy', 'redirectPolicy']) pipeline.removePolicy({ name });
}
