import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { faultOfPhoto, measurePhoto } from './legibility.ts'

/** A page of lines on a table, as a telephone sees it; `paper` is the paper's shade. */
function aPage(paper: string, table = '#6b5a48', lines = 30): Buffer {
  const text = Array.from(
    { length: lines },
    (_, at) =>
      `<text x="1100" y="${200 + at * 44}" font-size="26" text-anchor="end" fill="#222">Request ${1000 + at}, parcel ${at * 7}, quarter of the market</text>`,
  )
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754"><rect width="1240" height="1754" fill="${table}"/>
    <rect x="60" y="60" width="1120" height="1640" fill="${paper}"/>${text.join('')}</svg>`)
}

/** As a camera's file: with the grain of its sensor, and packed. */
async function shot(picture: Sharp, grain = 10): Promise<Buffer> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  let seed = 7
  for (let at = 0; at < data.length; at += 1) {
    seed = (seed * 1103515245 + 12345) % 2147483648
    data[at] = Math.max(0, Math.min(255, (data[at] as number) + (seed / 2147483648 - 0.5) * grain))
  }
  const { width, height, channels } = info
  return sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 80 }).toBuffer()
}

const drawn = () => sharp(aPage('#d5d2c8'))
const judge = async (picture: Buffer) => faultOfPhoto(await measurePhoto(() => sharp(picture)))

const lamp =
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754"><defs><radialGradient id="g">
  <stop offset="0" stop-color="#fff"/><stop offset=".55" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>
  <ellipse cx="700" cy="700" rx="330" ry="260" fill="url(#g)"/></svg>`)

test.each([
  ['taken in good light', () => shot(drawn())],
  ['with much grain', () => shot(drawn(), 40)],
  ['in a dim room', () => shot(drawn().linear(0.55, 0))],
  ['a little soft', () => shot(drawn().blur(1.5))],
  ['with two lines only', () => shot(sharp(aPage('#d5d2c8', '#6b5a48', 2)))],
  [
    'made small for a weak net',
    async () =>
      sharp(await shot(drawn()))
        .resize(700)
        .jpeg({ quality: 60 })
        .toBuffer(),
  ],
  ['scanned on white', () => sharp(aPage('#ffffff', '#ffffff')).jpeg().toBuffer()],
  ['scanned with a dark edge', () => sharp(aPage('#ffffff')).jpeg().toBuffer()],
])('a page %s is taken', async (_, take) => {
  expect(await judge(await take())).toBeUndefined()
})

test.each([
  ['photo-blurred', 'out of focus', () => shot(drawn().blur(4))],
  [
    'photo-blurred',
    'out of focus, in many dots',
    async () => shot(sharp(await drawn().resize(2400).blur(7).png().toBuffer())),
  ],
  ['photo-too-dark', 'in the dark', () => shot(drawn().linear(0.3, 0))],
  [
    'photo-glare',
    'under a lamp',
    async () =>
      shot(
        sharp(
          await drawn()
            .composite([{ input: lamp }])
            .png()
            .toBuffer(),
        ),
        6,
      ),
  ],
  [
    'photo-blank',
    'of the table',
    () => shot(sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#c8c4bb' } })),
  ],
  [
    'photo-too-small',
    'as a stamp',
    async () =>
      sharp(await shot(drawn()))
        .resize(300)
        .jpeg()
        .toBuffer(),
  ],
])('%s: a page %s is asked for again', async (fault, _, take) => {
  expect(await judge(await take())).toBe(fault)
})
