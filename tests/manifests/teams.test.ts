import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { buildPackage } from '../../manifests/teams/build-package.ts';

const appId = '1f2e3d4c-5b6a-4789-8abc-1234567890ab';
const options = { appId, publicUrl: 'https://plumb.example.com', version: '1.2.3' };

const Commands = z.array(z.object({ scopes: z.array(z.string()), commands: z.array(z.object({ title: z.string() })) }));
const Manifest = z.looseObject({
  id: z.string(),
  version: z.string(),
  bots: z.array(z.looseObject({ botId: z.string(), scopes: z.array(z.string()), commandLists: Commands })),
  composeExtensions: z.array(z.looseObject({ botId: z.string(), commands: z.array(z.looseObject({ id: z.string(), context: z.array(z.string()) })) })),
  validDomains: z.array(z.string()),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }),
  authorization: z.object({ permissions: z.object({ resourceSpecific: z.array(z.object({ name: z.string(), type: z.string() })) }) }),
});

async function built() {
  const files = unzipSync(await buildPackage(options));
  const text = strFromU8(files['manifest.json'] ?? new Uint8Array());
  return { files, text, manifest: Manifest.parse(JSON.parse(text)) };
}

describe('the package for Teams', () => {
  it('has the manifest and both icons, and nothing else', async () => {
    const { files } = await built();
    expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
  });

  it('names the app and the address from the environment, with no placeholder left', async () => {
    const { manifest, text } = await built();
    expect(text).not.toMatch(/\$\{/);
    expect(manifest).toMatchObject({ id: appId, version: '1.2.3', validDomains: ['plumb.example.com'] });
    expect([manifest.bots[0]?.botId, manifest.composeExtensions[0]?.botId, manifest.webApplicationInfo.id]).toEqual([appId, appId, appId]);
  });

  it('asks for nothing but hearing messages where an owner consents', async () => {
    const { manifest } = await built();
    expect(manifest.authorization.permissions.resourceSpecific).toEqual([
      { name: 'ChannelMessage.Read.Group', type: 'Application' },
      { name: 'ChatMessage.Read.Chat', type: 'Application' },
    ]);
  });

  it('may offer files in a chat, and names every command of the chat', async () => {
    const { manifest } = await built();
    expect(manifest.bots[0]).toMatchObject({ supportsFiles: true });
    const personal = manifest.bots[0]?.commandLists.find(({ scopes }) => scopes.includes('personal'));
    expect(personal?.commands.map(({ title }) => title)).toEqual(['help', 'start', 'list', 'status', 'settings', 'my data', 'forget me']);
  });

  it('offers the action on messages', async () => {
    const { manifest } = await built();
    expect(manifest.composeExtensions[0]?.commands).toEqual([expect.objectContaining({ id: 'start_alignment', context: ['message'], fetchTask: true })]);
  });

  it('is the same file for the same settings', async () => {
    expect(await buildPackage(options)).toEqual(await buildPackage(options));
  });

  it('is refused when it breaks Microsoft’s schema, with the place that is wrong', async () => {
    await expect(buildPackage({ ...options, appId: 'no-guid' })).rejects.toMatchObject({ code: 'manifest_invalid', message: expect.stringMatching(/\/id /) });
  });
});
