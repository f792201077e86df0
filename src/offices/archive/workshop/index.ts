import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { projectRoot } from '../../../platform/root.ts'
import type { Order, PdfFacts, Picture, Reply } from './orders.ts'

export type { PdfFacts, Picture } from './orders.ts'

/** The file could not be opened: broken, locked, or made to hang. */
class Unworkable extends Error {
  override name = 'Unworkable'
}

const patienceMs = 20_000
const mostHeapMegabytes = 512
/** What the thread has read of its libraries (some 180 MB) is given back once nobody brought a file for so long. */
const idleMs = 60_000
const entry = join(projectRoot, 'src/offices/archive/workshop/worker.ts')

let thread: Worker | undefined
let last: Promise<unknown> = Promise.resolve()
let waiting = 0
let rest: NodeJS.Timeout | undefined

function bench(): Worker {
  clearTimeout(rest)
  if (thread) return thread
  const fresh = new Worker(entry, {
    execArgv: [],
    // the thread has no use for the settings of the house, which hold passwords
    env: {},
    // not passed on; nor read, which would keep the process from ending
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMegabytes },
  })
  fresh.unref()
  fresh.on('error', () => {})
  fresh.once('exit', () => {
    if (thread === fresh) thread = undefined
  })
  thread = fresh
  return fresh
}

function work(order: Order): Promise<PdfFacts | Picture> {
  const worker = bench()
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      worker.off('message', told)
      worker.off('exit', gone)
      worker.unref()
      finish()
    }
    const told = (reply: Reply) =>
      settle(() =>
        reply.failure === undefined ? resolve(reply.result) : reject(new Unworkable(reply.failure)),
      )
    const gone = () => settle(() => reject(new Unworkable('the workshop went down over this file')))
    const timer = setTimeout(() => void worker.terminate(), patienceMs)
    worker.once('message', told)
    worker.once('exit', gone)
    worker.ref()
    worker.postMessage(order)
  })
}

/** One file at a time: the thread's answer belongs to the file it was last given. */
function queued(order: Order): Promise<PdfFacts | Picture> {
  waiting += 1
  const mine = last.then(() => work(order)).finally(restWhenIdle)
  last = mine.catch(() => {})
  return mine
}

/** The last file of a row is done: unless another comes, the thread ends by itself. */
function restWhenIdle(): void {
  waiting -= 1
  if (waiting > 0) return
  clearTimeout(rest)
  rest = setTimeout(closeWorkshop, idleMs)
  rest.unref()
}

/** Pages of a PDF, and the active content it names. Throws `Unworkable` for what cannot be read. */
export const inspectPdf = (bytes: Uint8Array) => queued({ task: 'inspect-pdf', bytes }) as Promise<PdfFacts>

/** A page as a picture of about this width, the first unless said. */
export const renderPdf = (bytes: Uint8Array, width: number, page = 1) =>
  queued({ task: 'render-pdf', bytes, width, page }) as Promise<Picture>

export const decodeHeic = (bytes: Uint8Array) => queued({ task: 'decode-heic', bytes }) as Promise<Picture>

/** Ends the thread: for the drain of the process, and for tests. */
export async function closeWorkshop(): Promise<void> {
  clearTimeout(rest)
  const closing = thread
  // whoever comes now gets a thread of their own
  thread = undefined
  await closing?.terminate()
}

/** Whether the thread is kept: at work, or waiting for the next file. */
export const isWorkshopOpen = (): boolean => thread !== undefined
