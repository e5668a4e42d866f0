/** What Plumb asks for when it is installed; manifests/slack/manifest.yaml says the reason of each, and a test compares the two. */
export const botScopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'metadata.message:read',
  'mpim:history',
  'mpim:read',
  'reactions:write',
  'users:read',
] as const;

/** Those that an installation lacks, by their names. */
export function missingScopes(granted: readonly string[]): string[] {
  return botScopes.filter((scope) => !granted.includes(scope));
}
