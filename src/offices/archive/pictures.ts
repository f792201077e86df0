import type { Sharp, SharpInput, SharpOptions } from 'sharp'
import type { House } from '../../platform/house.ts'
import { readContent } from './admit.ts'
import type { AdmittedFile, ArchiveDocument } from './model.ts'
import { endingOf } from './model.ts'
import { decodeHeic, type Picture, renderPdf } from './workshop/index.ts'

/** Opens a picture. The library comes with the first one: who draws none does without its memory. */
async function open(input: SharpInput, options?: SharpOptions): Promise<Sharp> {
  const { default: sharp } = await import('sharp')
  return sharp(input, options)
}

const thumbnailSide = 320
const previewSide = 1800
/** A scan of several pages is shown as one strip, up to this height. */
const previewHeight = 16_000
const pdfWidth = 1200

export type Pictures = { thumbnail: Buffer; preview: Buffer | undefined }

/** A small picture of the first page and a copy that is safe to show: re-encoded, upright, without what cameras write beside it. */
export async function drawPictures(
  document: Pick<ArchiveDocument, 'type' | 'pages'>,
  bytes: Buffer,
): Promise<Pictures> {
  switch (document.type) {
    case 'application/pdf':
      return ofPicture(await renderPdf(bytes, pdfWidth))
    case 'image/heic':
      return ofPicture(await decodeHeic(bytes))
    case 'image/tiff':
      return {
        thumbnail: await thumbnailOf(await open(bytes)),
        preview: await stripOf(bytes, document.pages ?? 1),
      }
    default:
      return { thumbnail: await thumbnailOf(await open(bytes)), preview: await previewOf(await open(bytes)) }
  }
}

/** One page of a PDF as it is shown: drawn when somebody looks at it. */
export async function drawPage(bytes: Buffer, page: number): Promise<Buffer> {
  const { rgba, width, height } = await renderPdf(bytes, pdfWidth, page)
  return previewOf(await open(rgba, { raw: { width, height, channels: 4 } }))
}

/** A very small picture of a file that was not filed (yet), as an address that carries it; '' where it cannot be drawn. */
export async function thumbnailOfFile(
  house: Pick<House, 'files'>,
  town: string,
  { sha256, type, pages }: Pick<AdmittedFile, 'sha256' | 'type' | 'pages'>,
): Promise<string> {
  try {
    const { thumbnail } = await drawPictures({ type, pages }, await readContent(house, town, sha256))
    const picture = await open(thumbnail)
    const tiny = await picture.resize(120, 160, { fit: 'inside' }).jpeg({ quality: 55 }).toBuffer()
    return `data:image/jpeg;base64,${tiny.toString('base64')}`
  } catch {
    return ''
  }
}

async function ofPicture({ rgba, width, height }: Picture): Promise<Pictures> {
  const raw = () => open(rgba, { raw: { width, height, channels: 4 } })
  return { thumbnail: await thumbnailOf(await raw()), preview: await previewOf(await raw()) }
}

/** Half the work of the usual effort, and as many bytes. */
const effort = 2

const thumbnailOf = (image: Sharp): Promise<Buffer> =>
  image
    .autoOrient()
    .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .webp({ quality: 70, effort })
    .toBuffer()

const previewOf = (image: Sharp): Promise<Buffer> =>
  image
    .autoOrient()
    .resize(previewSide, previewSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 80, mozjpeg: false })
    .toBuffer()

/** All pages under one another where they are of one size; else the first. */
async function stripOf(bytes: Buffer, pages: number): Promise<Buffer> {
  if (pages > 1) {
    try {
      const pictures = await open(bytes, { pages: -1 })
      const { data, info } = await pictures
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const strip = await open(data, {
        raw: { width: info.width, height: info.height, channels: info.channels },
      })
      return await strip
        .resize(previewSide, previewHeight, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 75 })
        .toBuffer()
    } catch {
      // pages of different sizes do not stand in one strip
    }
  }
  return previewOf(await open(bytes))
}

/** A plain sheet with its type and the number of its pages, for a file nobody could draw. */
export async function placeholder(document: Pick<ArchiveDocument, 'type' | 'pages'>): Promise<Buffer> {
  const pages =
    document.pages === undefined
      ? ''
      : `<text x="120" y="206" font-size="22" fill="#5c6462">${document.pages}</text>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="320" viewBox="0 0 240 320" font-family="sans-serif" text-anchor="middle">
    <path d="M1 1h170l68 68v250H1z" fill="#fffefb" stroke="#7f7768" stroke-width="2"/><path d="M171 1v68h68" fill="#ebe6da" stroke="#7f7768" stroke-width="2"/>
    <text x="120" y="168" font-size="34" font-weight="600" fill="#4b5559">${endingOf(document.type).toUpperCase()}</text>${pages}</svg>`
  return (await open(Buffer.from(svg))).webp({ quality: 80 }).toBuffer()
}
