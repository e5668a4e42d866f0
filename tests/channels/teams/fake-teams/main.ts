/* Starts the local Teams by hand: node tests/channels/teams/fake-teams/main.ts --port 4010 --messages http://127.0.0.1:3978/api/messages */
import { stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { openFakeTeams } from './open-fake-teams.ts';
import { secondTenant, usualTenant } from './seed.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    messages: { type: 'string', default: 'http://127.0.0.1:3978/api/messages' },
    /** A second tenant beside the usual one. */
    tenants: { type: 'string', default: '1' },
  },
});

const teams = await openFakeTeams({
  port: Number(values.port),
  messagesUrl: values.messages,
  tenants: values.tenants === '2' ? [usualTenant, secondTenant] : [usualTenant],
});
stdout.write(`Teams to look at:  ${teams.url}/\nActivities go to:  ${values.messages}  (start Plumb with TEAMS_LOCAL=on)\n`);
