import { crc32, deflateSync } from 'node:zlib'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import sharp from 'sharp'

const photo = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#c8b8a0',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })

/** A photograph with the coordinates of its place written into it, as telephones do. */
export const aJpeg = (width = 900, height = 600): Promise<Buffer> =>
  photo(width, height)
    .jpeg({ quality: 80 })
    .withExif({
      IFD0: { Copyright: 'secret-owner' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 31/1 0/1' },
    })
    .toBuffer()

export const aPng = (width = 400, height = 300): Promise<Buffer> => photo(width, height).png().toBuffer()

/** A scan of several pages. */
export async function aTiff(pages = 1): Promise<Buffer> {
  if (pages === 1) return photo(600, 800).tiff({ compression: 'lzw' }).toBuffer()
  const all = await photo(300, 400 * pages)
    .raw()
    .toBuffer()
  return sharp(all, { raw: { width: 300, height: 400 * pages, channels: 3, pageHeight: 400 } })
    .tiff({ compression: 'lzw' })
    .toBuffer()
}

/** 64 × 48 points of one blue, encoded once by libheif 1.15 with x265: no encoder comes with our packages. */
export const aHeic = (): Buffer => Buffer.from(heic, 'base64')

/** A small file that says it unfolds to `side` × `side` points. */
export function aPixelBomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc32(body))
    return Buffer.concat([head, body, tail])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const lines = chunk('IDAT', deflateSync(Buffer.alloc(side + 1)))
  return Buffer.concat([signature, chunk('IHDR', header), lines, chunk('IEND', Buffer.alloc(0))])
}

let press: NodeCompiler | undefined

/** An ordinary PDF of as many pages, as an office program writes them. */
export function aPdf(pages = 1): Buffer {
  press ??= NodeCompiler.create({})
  const body = Array.from({ length: pages }, (_, page) => `Page ${page + 1}`).join('\n#pagebreak()\n')
  const { result } = press.compile({ mainFileContent: `= Paper\n${body}` })
  if (!result) throw new Error('the test’s PDF does not compile')
  return press.pdf(result)
}

/** A PDF written by hand, to hold what no honest program writes. `extra` are objects from number 4 on. */
export function aHandmadePdf(
  catalog: string,
  extra: readonly (string | Buffer)[] = [],
  trailer = '',
): Buffer {
  const objects: (string | Buffer)[] = [
    `<</Type/Catalog/Pages 2 0 R ${catalog}>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>',
    ...extra,
  ]
  let bytes = Buffer.from('%PDF-1.7\n', 'latin1')
  const places: number[] = []
  for (const [index, body] of objects.entries()) {
    places.push(bytes.length)
    const text = typeof body === 'string' ? Buffer.from(body, 'latin1') : body
    bytes = Buffer.concat([bytes, Buffer.from(`${index + 1} 0 obj\n`), text, Buffer.from('\nendobj\n')])
  }
  const size = objects.length + 1
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R ${trailer}>>\nstartxref\n${bytes.length}\n%%EOF\n`
  return Buffer.concat([bytes, Buffer.from(end, 'latin1')])
}

/** The body of an object that holds packed objects, out of a reader's plain sight. */
export function packed(text: string): Buffer {
  const body = deflateSync(Buffer.from(`50 0 ${text}`, 'latin1'))
  const head = `<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length ${body.length}>>\nstream\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body, Buffer.from('\nendstream', 'latin1')])
}

/** A program of Windows, or its first bytes. */
export const anExe = (): Buffer =>
  Buffer.concat([Buffer.from('MZ\x90\x00\x03\x00\x00\x00', 'latin1'), Buffer.alloc(4096, 7)])

const heic =
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAGgACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAACJtZGF0AAAAFigBr1jm9Oq//+VruR6Np/9xgnkanfA='
