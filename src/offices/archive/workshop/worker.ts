/**
 * The workshop's own thread: it opens what strangers send (PDF, HEIC), so that a file made to hang or to swell takes down this thread
 * and not the house. Run by Node as it stands; it imports packages and its neighbour only.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { activeName } from './names.ts'
import type { Order, PdfFacts, Picture } from './orders.ts'

type Pdf = typeof import('pdfjs-dist')

const require = createRequire(import.meta.url)
const home = dirname(require.resolve('pdfjs-dist/package.json'))
const folder = (name: string) => `${join(home, name)}/`

async function openPdf(bytes: Uint8Array) {
  const pdf = (await import('pdfjs-dist/legacy/build/pdf.mjs')) as unknown as Pdf
  return pdf.getDocument({
    // pdf.js keeps the bytes for itself
    data: new Uint8Array(bytes),
    verbosity: 0,
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    stopAtErrors: false,
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
  }).promise
}

async function inspectPdf(bytes: Uint8Array): Promise<PdfFacts> {
  const document = await openPdf(bytes)
  try {
    const { info } = await document.getMetadata()
    if ((info as { EncryptFilterName?: string }).EncryptFilterName) throw new Error('encrypted')
    await document.getPage(1)
    const named = activeName(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    const acts = await document.getJSActions()
    const within = await document.getAttachments()
    return {
      pages: document.numPages,
      active: named ?? (acts ? 'JavaScript' : within ? 'EmbeddedFile' : undefined),
    }
  } finally {
    await document.loadingTask.destroy()
  }
}

async function renderPdf(bytes: Uint8Array, width: number, number: number): Promise<Picture> {
  const document = await openPdf(bytes)
  try {
    const page = await document.getPage(number)
    const whole = page.getViewport({ scale: 1 })
    const viewport = page.getViewport({ scale: Math.min(width / whole.width, (2 * width) / whole.height) })
    const { createCanvas } = await import('@napi-rs/canvas')
    const canvas = createCanvas(
      Math.max(1, Math.round(viewport.width)),
      Math.max(1, Math.round(viewport.height)),
    )
    const context = canvas.getContext('2d')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    return { width: canvas.width, height: canvas.height, rgba: Uint8Array.from(data) }
  } finally {
    await document.loadingTask.destroy()
  }
}

async function decodeHeic(bytes: Uint8Array): Promise<Picture> {
  const { default: decode } = await import('heic-decode')
  const { width, height, data } = await decode({ buffer: bytes })
  return { width, height, rgba: new Uint8Array(data.buffer) }
}

function fill(order: Order): Promise<PdfFacts | Picture> {
  if (order.task === 'inspect-pdf') return inspectPdf(order.bytes)
  return order.task === 'render-pdf'
    ? renderPdf(order.bytes, order.width, order.page)
    : decodeHeic(order.bytes)
}

// The libraries' own chatter over a broken file is of no use to anybody.
process.stdout.write = () => true
process.stderr.write = () => true

parentPort?.on('message', async (order: Order) => {
  try {
    const result = await fill(order)
    parentPort?.postMessage({ result }, 'rgba' in result ? [result.rgba.buffer as ArrayBuffer] : [])
  } catch (error) {
    parentPort?.postMessage({
      failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    })
  }
})
