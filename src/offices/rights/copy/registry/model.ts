/** Under which heading of the copy a table stands, in the order of the headings. */
export const sections = [
  'record',
  'contact',
  'log-in',
  'acting',
  'requests',
  'papers',
  'money',
  'services',
  'messages',
  'visits',
  'voices',
  'looks',
  'rights',
] as const
export type Section = (typeof sections)[number]

/** How the rows of somebody are found. */
export type Finder =
  /** A column holds a person's id. */
  | { person: string }
  /** A column holds the id of whoever did it, another says that it was a citizen; `and` narrows the `{row}` further. */
  | { actor: string; kind: string; type?: 'uuid'; and?: string }
  /** A column holds a key of one of their rows in another table; `and` narrows the two, `{row}` and `{mine}`, further. */
  | { through: string; on: string; key: string; and?: string }

/**
 * Why a column is not told. `hash`: a fingerprint of a secret; `index`: a key by which the sealed field is found; `secret`: opens a log-in;
 * `others`: another's data; `staff`: about a member of the staff; `derived`: said by other columns again; `technical`: how the program works.
 */
export type Why = 'hash' | 'index' | 'secret' | 'others' | 'staff' | 'derived' | 'technical'

/**
 * How a column is told. `raw` stands in the JSON alone: ids that tie rows together, and what no reader understands. `person` and `by` name the
 * person themselves or «another person»; whoever works for the town as the town's rule says.
 */
export type Kind =
  | { as: 'text' | 'code' | 'raw' | 'read' | 'act' | 'person' | 'staff' | 'office' | 'service' }
  | { as: 'sealed'; purposes: readonly string[] }
  | { as: 'money'; currency: string }
  | { as: 'by'; kind: string }

export type Column = { name: string; kind: Kind }

/** One table, or a part of its rows, as the copy tells it. */
export type Entry = {
  table: string
  /** Another part of the same table's rows, told otherwise. */
  as: string
  section: Section
  mine: readonly Finder[]
  /** The instant or day the rows are ordered by, and shown under; undefined where a row has none of its own. */
  at: string | undefined
  tell: readonly Column[]
  left: Readonly<Partial<Record<Why, readonly string[]>>>
}

const words = (text: string) => text.split(/\s+/).filter(word => word !== '')

function kindOf(said: string | undefined): Kind {
  if (said === undefined) return { as: 'text' }
  const [, name = '', inside = ''] = /^([a-z]+)(?:\(([^)]*)\))?$/.exec(said) ?? []
  switch (name) {
    case 'sealed':
      return { as: 'sealed', purposes: inside.split('|') }
    case 'money':
      return { as: 'money', currency: inside }
    case 'by':
      return { as: 'by', kind: inside }
    case 'code':
    case 'raw':
    case 'read':
    case 'act':
    case 'person':
    case 'staff':
    case 'office':
    case 'service':
      return { as: name }
    default:
      throw new Error(`the registry says ${said}`)
  }
}

/** Writes an entry: the columns told stand in one line, `name` or `name:kind`, and those left out by their reason. */
export function entry(
  table: string,
  of: {
    section: Section
    mine: readonly Finder[]
    as?: string
    at?: string
    tell: string
    left?: Partial<Record<Why, string>>
  },
): Entry {
  return {
    table,
    as: of.as ?? table,
    section: of.section,
    mine: of.mine,
    at: of.at,
    tell: words(of.tell).map(word => {
      const [name = '', said] = word.split(':')
      return { name, kind: kindOf(said) }
    }),
    left: Object.fromEntries(Object.entries(of.left ?? {}).map(([why, text]) => [why, words(text)])),
  }
}

/** A column with the person's id. */
export const own = (column = 'person_id'): Finder => ({ person: column })
/** Through a row of theirs in another table, whose key has the same name. */
export const within = (table: string, key: string, and?: string): Finder => ({
  through: table,
  on: key,
  key,
  ...(and && { and }),
})
