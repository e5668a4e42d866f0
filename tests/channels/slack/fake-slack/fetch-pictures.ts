import type { Block } from './model.ts';

/** What Slack says of pictures that it cannot fetch: it does so before it takes the message (github.com/slackapi/java-slack-sdk/issues/1396). */
export async function unfetched(blocks: readonly Block[]): Promise<string[]> {
  const complaints = await Promise.all(
    blocks.map(async (block, index) => {
      const url = block.type === 'image' ? block['image_url'] : undefined;
      if (typeof url !== 'string' || (await isPicture(url))) return [];
      return [`[ERROR] downloading image failed [json-pointer:/blocks/${index}/image_url]`];
    }),
  );
  return complaints.flat();
}

async function isPicture(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    await response.body?.cancel();
    // docs.slack.dev/reference/block-kit/blocks/image-block: the kinds of files that it shows.
    return response.ok && /^image\/(png|jpeg|gif)$/.test(response.headers.get('content-type') ?? '');
  } catch {
    return false;
  }
}
