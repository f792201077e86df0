import { NotFound } from '../../../lib/errors.ts'
import { type Call, read } from '../../../web/call.ts'
import { hashesAt, knownKeys, lastCheckpoint } from '../store.ts'
import { heldAt, readTilePath, tileWidth } from '../tree/tile.ts'

const text = (body: string, caching: string): Response =>
  new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': caching } })

/** `/open/seal/checkpoint`: the newest checkpoint as C2SP tlog-tiles asks for it. */
export async function serveCheckpoint(call: Call): Promise<Response> {
  const checkpoint = await read(call, lastCheckpoint)
  if (!checkpoint) throw new NotFound('nothing-sealed')
  return text(checkpoint.note, 'no-cache')
}

/** `/open/seal/key`: every key checkpoints were ever signed with, one in a line. */
export async function serveKeys(call: Call): Promise<Response> {
  const keys = await read(call, knownKeys)
  return text(keys.map(each => `${each.verifier}\n`).join(''), 'public, max-age=300')
}

/** `/open/seal/tile/L/N[.p/W]`: hashes of one tile, as far as a checkpoint covers them. They never change. */
export async function serveTile(call: Call): Promise<Response> {
  const { level = '', ...places } = call.params
  const path = [
    level,
    ...['a', 'b', 'c', 'd'].map(name => places[name]).filter(each => each !== undefined),
  ].join('/')
  const tile = readTilePath(path)
  if (!tile) throw new NotFound('no-such-tile')
  const hashes = await read(call, async tx => {
    const size = (await lastCheckpoint(tx))?.size ?? 0
    const from = tile.index * tileWidth
    return heldAt(tile.level, size) >= from + tile.width ? hashesAt(tx, tile.level, from, tile.width) : []
  })
  if (hashes.length !== tile.width) throw new NotFound('no-such-tile')
  return new Response(new Uint8Array(Buffer.concat(hashes)), {
    headers: {
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
    },
  })
}
