/** What a key of a partner's program may be for. */
export const keyScopes = [
  'catalogue:read',
  'requests:read',
  'requests:write',
  'people:read',
  'looks:read',
  'payments:write',
  'certificates:read',
  'messages:read',
] as const
export type KeyScope = (typeof keyScopes)[number]
