import sharp from 'sharp'
import type { SentFile } from './line.ts'

let made: Promise<Uint8Array> | undefined

/** A picture as small as a telephone's comes when it was made smaller on the way: 320 × 240 points. */
export async function smallPhoto(name: string): Promise<SentFile> {
  made ??= sharp({
    create: {
      ...{ width: 320, height: 240, channels: 3, background: '#c8b8a0' },
      noise: { type: 'gaussian', mean: 128, sigma: 20 },
    },
  })
    .jpeg({ quality: 70 })
    .toBuffer()
  return { name, fileName: 'after.jpg', type: 'image/jpeg', bytes: await made }
}
