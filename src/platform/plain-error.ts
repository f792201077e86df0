/** An error whose message is written for whoever runs the program: it is printed as one plain line, without a stack. */
export class PlainError extends Error {
  override name = 'PlainError'
}

/** The code of a Node or PostgreSQL error ('ENOENT', '40001'), if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** What an error says, in one line. */
export function errorLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return text.replace(/\s+/g, blank => (blank.includes('\n') ? ' ' : blank)).trim()
}
