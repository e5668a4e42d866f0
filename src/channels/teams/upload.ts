import { isLoopback } from '../loopback.ts';

// Where OneDrive and SharePoint are, in the clouds that Microsoft runs (Microsoft Learn: "Office 365 URLs and IP address ranges", and those of its national
// clouds).
const homes = ['sharepoint.com', 'sharepoint.us', 'sharepoint-mil.us', 'sharepoint.cn', '1drv.com', 'onedrive.com'];

// A brief is some hundred KB at most; beyond this nobody waits for it.
const patienceMs = 30_000;
const pauseMs = 250;

/**
 * Puts a file where Teams says (Microsoft Learn: "Upload bytes to the upload session"). The address comes with what somebody's client sent, so it is only
 * used where it leads to OneDrive, or on this machine for a Teams that is there too. Sent once more where that may help: the same bytes of the same session
 * are the same file. Rejects when it was not taken.
 */
export async function upload(content: string | Uint8Array, address: string, serviceUrl: string): Promise<void> {
  if (!mayUpload(address, serviceUrl)) throw new Error('The address to upload a file to is none of OneDrive; nothing was sent there.');
  const bytes = Buffer.from(content);
  for (let tries = 1; ; tries += 1) {
    try {
      return await put(address, bytes);
    } catch (error) {
      if (tries === 2 || (error instanceof Refused && error.status < 500 && error.status !== 429)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`OneDrive did not take a file (HTTP ${status}).`);
    this.name = 'Refused';
    this.status = status;
  }
}

async function put(address: string, bytes: Buffer): Promise<void> {
  const response = await fetch(address, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', 'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}` },
    body: new Uint8Array(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Refused(response.status);
}

function mayUpload(address: string, serviceUrl: string): boolean {
  if (!URL.canParse(address) || !URL.canParse(serviceUrl)) return false;
  const url = new URL(address);
  const { protocol, hostname, username, password } = url;
  if (username !== '' || password !== '') return false;
  if (isLoopback(url)) return isLoopback(new URL(serviceUrl)) && (protocol === 'http:' || protocol === 'https:');
  return protocol === 'https:' && homes.some((home) => hostname.endsWith(`.${home}`));
}
