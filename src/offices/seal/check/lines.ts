import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Row } from '../model.ts'

/** The rows of a packed file of JSON Lines. Only a newline ends one: U+2028 may stand in a text. */
export async function* packedRows(path: string): AsyncGenerator<Row> {
  const bytes = pipeline(createReadStream(path), createGunzip(), () => {})
  let begun: Buffer[] = []
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const last = chunk.subarray(from, end)
      yield JSON.parse((begun.length > 0 ? Buffer.concat([...begun, last]) : last).toString('utf8')) as Row
      begun = []
      from = end + 1
    }
    if (from < chunk.length) begun.push(chunk.subarray(from))
  }
}
