/** The statement of a link with its comments and texts taken out: what is left is words. */
function bare(statement: string): string {
  return statement
    .replace(/--[^\n]*/g, ' ')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/"(?:[^"]|"")*"/g, 'name')
    .replace(/\[[^[\]]*\]/g, 'name')
    .trim()
}

const writing =
  /\b(?:insert|update|delete|merge|into|drop|create|alter|truncate|grant|revoke|exec|execute|call|copy|do|set|begin|commit|rollback|declare|waitfor|openrowset|opendatasource|openquery|xp_\w+|sp_\w+|pg_sleep\w*|pg_read\w*|lo_\w+|dblink\w*|for\s+update|for\s+share|vacuum|lock|listen|notify|backup|restore|shutdown|use)\b/i

/**
 * Why a statement is not sent to a present program's database; undefined when it is one SELECT. This is the first gate of three: the
 * transaction is read-only, and the log-in should have no right to write.
 */
export function refusalOf(
  statement: string,
): 'statement-not-select' | 'statement-several' | 'statement-writes' | undefined {
  const words = bare(statement).replace(/;\s*$/, '')
  if (words.includes(';')) return 'statement-several'
  if (!/^(?:select|with)\b/i.test(words)) return 'statement-not-select'
  return writing.test(words) ? 'statement-writes' : undefined
}
