import type { Entry, Finder } from './registry/index.ts'
import { registry } from './registry/index.ts'

/** Finders of a table, of its first part: what it is found by where another table is found through it. */
const finders = (table: string): readonly Finder[] => {
  const found = registry.find(each => each.table === table)
  if (!found) throw new Error(`${table} is told of nobody`)
  return found.mine
}

/**
 * The rows of one entry as SQL: $1 is the town, $2 the records of the person (uuid[]), $3 the same as text. Each way of finding them is a branch of
 * its own, so that an index answers it; a row found twice is told once.
 */
export function rowsOf(entry: Entry): string {
  const columns = columnsOf(entry).map(name => `r.${name}`)
  const before: string[] = []
  const branches = entry.mine.map(finder => {
    const mine = condition(finder, 'r', 1)
    const not = before.map(each => ` and (${each}) is not true`).join('')
    before.push(mine)
    return `select ${columns.join(', ')} from ${entry.table} r where r.municipality_id = $1 and ${mine}${not}`
  })
  const order = entry.at === undefined ? '' : ` order by ${entry.at} desc`
  // Each parameter is named, whichever of them a branch asks by.
  return `select * from (${branches.join(' union all ')}) found where $2::uuid[] is not null and $3::text[] is not null${order}`
}

/** The columns a row is told by, and those that say how: currencies, and who somebody is. */
function columnsOf({ at, tell }: Entry): string[] {
  const beside = tell.flatMap(({ kind }) =>
    kind.as === 'money' ? [kind.currency] : kind.as === 'by' ? [kind.kind] : [],
  )
  return [...new Set([...(at === undefined ? [] : [at]), ...tell.map(({ name }) => name), ...beside])]
}

function condition(finder: Finder, row: string, depth: number): string {
  if ('person' in finder) return `${row}.${finder.person} = any($2::uuid[])`
  if ('actor' in finder) {
    const narrowed = finder.and === undefined ? '' : ` and ${named(finder.and, row, '')}`
    const mine = finder.type === 'uuid' ? '$2::uuid[]' : '$3::text[]'
    return `(${row}.${finder.kind} = 'citizen' and ${row}.${finder.actor} = any(${mine})${narrowed})`
  }
  const mine = `m${depth}`
  const theirs = finders(finder.through).map(each => condition(each, mine, depth + 1))
  const their = `from ${finder.through} ${mine} where ${mine}.municipality_id = $1 and (${theirs.join(' or ')})`
  // The keys are found once, and the rows by an index on them; what compares the two rows is asked of those few.
  const keyed = `${row}.${finder.on} = any(array(select ${mine}.${finder.key} ${their}))`
  if (finder.and === undefined) return keyed
  return `(${keyed} and exists (select ${their} and ${mine}.${finder.key} = ${row}.${finder.on} and ${named(finder.and, row, mine)}))`
}

const named = (text: string, row: string, mine: string) =>
  text.replaceAll('{row}', row).replaceAll('{mine}', mine)
