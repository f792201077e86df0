import sharp from 'sharp'
import type { SentFile } from './line.ts'

let made: Promise<Uint8Array> | undefined

/**
 * A picture as small as a telephone's comes when it was made smaller on the way: 320 × 240 points. Each is a file of its own, as photos are: it
 * has the mark in it, as a comment behind its beginning.
 */
export async function smallPhoto(name: string, mark: string): Promise<SentFile> {
  made ??= sharp({
    create: {
      width: 320,
      height: 240,
      channels: 3,
      background: '#c8b8a0',
      noise: { type: 'gaussian', mean: 128, sigma: 20 },
    },
  })
    .jpeg({ quality: 70 })
    .toBuffer()
  const comment = Buffer.from(`\xff\xfe\0${String.fromCharCode(mark.length + 2)}${mark}`, 'latin1')
  const bytes = Buffer.concat([(await made).subarray(0, 2), comment, (await made).subarray(2)])
  return { name, fileName: 'after.jpg', type: 'image/jpeg', bytes }
}
