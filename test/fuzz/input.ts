import type { World } from './world.ts'

/** A text that may be too long to write down: so many times the same. */
export type Text = string | { repeat: string; times: number }

/** How bytes are put on the wire in another way than a browser does. */
export type Trick =
  | 'chunked'
  | 'cut'
  | 'short-length'
  | 'two-lengths'
  | 'length-and-chunks'
  | 'bad-chunk'
  | 'bytewise'
  | 'expect'
  | 'old-http'
  | 'no-host'
  | 'two-hosts'
  | 'absolute'
  | 'bare-line-feed'
  | 'many-headers'
  | 'long-header'
  | 'no-such-method'

/** One thing that is broken in what a browser or a program would send. `null` leaves it out; a list sends it several times. */
export type Edit =
  | { at: 'field' | 'query'; name: string; as: Text | Text[] | null; raw?: true }
  | { at: 'path'; part: number; as: Text; raw?: true }
  | { at: 'header'; name: string; as: Text }
  | { at: 'cookie'; name: string; as: Text }
  | { at: 'json'; pointer: string; as: Text }
  | { at: 'file'; name: string; fileName: Text; type: Text; bytes: Text }
  | { at: 'body'; type?: string; as?: Text }
  | { at: 'wire'; trick: Trick }

/** What somebody might send, and where it stands: ids are written `{{name}}`, so that it can be sent in any town like this one. */
export type Base = {
  who: string
  method: string
  /** The pattern of the route's address. */
  route: string
  path: string
  query?: [string, string][]
  fields?: [string, string][]
  /** Names of its boxes for files, and of those for words. */
  files?: string[]
  typed?: string[]
  json?: unknown
}

export type Input = Base & { edits: Edit[] }

export const textOf = (text: Text): string =>
  typeof text === 'string' ? text : text.repeat.repeat(text.times)

/** UTF-8, with halves of character pairs left as the three bytes they would be: what no decoder may take for text. */
export function bytesOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  const pieces: Buffer[] = []
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    const half = code >= 0xd800 && code <= 0xdfff
    pieces.push(
      half
        ? Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)])
        : Buffer.from(letter),
    )
  }
  return Buffer.concat(pieces)
}

/** Percent-encoded as a browser sends a form, byte by byte. */
export function encoded(text: string): string {
  if (/^[\w.-]*$/.test(text)) return text
  let out = ''
  for (const byte of bytesOf(text)) {
    const letter = String.fromCharCode(byte)
    if (/[\w.*-]/.test(letter)) out += letter
    else out += byte === 32 ? '+' : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`
  }
  return out
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Names for the ids of a town, and back. */
export function namesOf(world: Pick<World, 'names' | 'ids'>) {
  const byId = new Map<string, string>()
  const byName = new Map<string, string>()
  const note = (name: string, id: string) => {
    if (!byId.has(id)) byId.set(id, name)
    byName.set(name, id)
  }
  for (const [name, id] of Object.entries(world.names)) note(name, id)
  for (const [column, ids] of Object.entries(world.ids))
    for (const [at, id] of ids.entries()) note(`${column}/${at}`, id)
  const swapIn = (text: string) =>
    text.replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) => {
      const [column = ''] = name.split('/')
      return byName.get(name) ?? world.ids[column]?.[0] ?? whole
    })
  const swapOut = (text: string) =>
    text.replace(uuid, id => {
      const name = byId.get(id)
      return name === undefined ? id : `{{${name}}}`
    })
  const deep = (value: unknown, swap: (text: string) => string): unknown =>
    JSON.parse(JSON.stringify(value), (_, each: unknown) => (typeof each === 'string' ? swap(each) : each))
  return {
    swapIn,
    swapOut,
    /** The same thing with the ids of this town in the place of their names. */
    given: <T>(value: T): T => deep(value, swapIn) as T,
    /** The same thing with names in the place of ids. */
    named: <T>(value: T): T => deep(value, swapOut) as T,
  }
}

export type Names = ReturnType<typeof namesOf>
