/** What shows offline that an entry stands in the log: the text of C2SP tlog-proof. */
export type Proof = {
  index: number
  path: readonly Buffer[]
  /** The signed checkpoint the path leads to, as published. */
  checkpoint: string
  /** The bytes of the entry, for whoever has nothing but this file. */
  entry?: Buffer | undefined
}

const head = 'c2sp.org/tlog-proof@v1'
const hashLine = /^[A-Za-z0-9+/]{43}=$/

export const writeProof = ({ index, path, checkpoint, entry }: Proof): string =>
  [
    head,
    ...(entry ? [`extra ${entry.toString('base64')}`] : []),
    `index ${index}`,
    ...path.map(each => each.toString('base64')),
    '',
    checkpoint,
  ].join('\n')

/** Reads such a text; nothing where it is none. */
export function readProof(text: string): Proof | undefined {
  const parting = text.indexOf('\n\n')
  const [first, ...lines] = text.slice(0, Math.max(0, parting)).split('\n')
  if (first !== head) return undefined
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice(6) : undefined
  const [, index] = /^index (0|[1-9][0-9]{0,14})$/.exec(lines.shift() ?? '') ?? []
  if (index === undefined || !lines.every(line => hashLine.test(line))) return undefined
  return {
    index: Number(index),
    path: lines.map(line => Buffer.from(line, 'base64')),
    checkpoint: text.slice(parting + 2),
    entry: extra === undefined ? undefined : Buffer.from(extra, 'base64'),
  }
}
