import { expect, it } from '@jest/globals';
import { upload } from '../../../src/channels/teams/upload.ts';

it('goes to this machine only for a Teams that is there too', async () => {
  await expect(upload('text', 'http://127.0.0.1:9/up', 'https://smba.trafficmanager.net/emea/')).rejects.toThrow('none of OneDrive');
  await expect(upload('text', 'http://127.0.0.1:9/up', 'http://127.0.0.1:9/')).rejects.not.toThrow('none of OneDrive');
});
