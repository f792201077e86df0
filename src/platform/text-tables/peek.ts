import { sampleBytes } from './encoding.ts'

/** The beginning of a stream, and the stream with it still in front. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ start: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let size = 0
  while (size < sampleBytes) {
    const next = await iterator.next()
    if (next.done) break
    held.push(next.value)
    size += next.value.length
  }
  async function* all(): AsyncIterable<Uint8Array> {
    try {
      yield* held.splice(0)
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { start: Buffer.concat(held).subarray(0, sampleBytes), all: all() }
}
