import { parseArgs } from 'node:util';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

/** The peer of `teams.ts`: botbuilder as its documentation begins, without an app id; it either does nothing or echoes (Microsoft's EchoBot). */
const { values } = parseArgs({ options: { port: { type: 'string' }, echo: { type: 'boolean' } } });
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new ActivityHandler();
if (values.echo) {
  bot.onMessage(async (context, next) => {
    await context.sendActivity(`Echo: ${context.activity.text}`);
    await next();
  });
}
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  const { body, headers, method = 'POST' } = request;
  await adapter.process({ body, headers, method }, response, (context) => bot.run(context));
});
server.listen(Number(values.port), '127.0.0.1', () => console.log('ready'));
