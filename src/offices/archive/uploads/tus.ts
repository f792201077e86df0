import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Server } from '@tus/server'
import { addresses } from '../../../lib/addresses.ts'
import { newId } from '../../../lib/ids.ts'
import type { House } from '../../../platform/house.ts'
import { type Call, url } from '../../../web/call.ts'
import { mostBytes } from '../model.ts'
import { beginUpload } from './begin.ts'
import { type Finished, finish } from './finish.ts'
import { uploadsFolder } from './store.ts'

/** What the protocol's hooks need of the call they run in, and the domain's refusal on its way back to the door. */
type Errand = { call: Call; refusal?: unknown }

const errands = new WeakMap<object, Errand>()
const servers = new WeakMap<House, Map<string, Promise<Server>>>()

function errandOf(request: object): Errand {
  const errand = errands.get(request)
  if (!errand) throw new Error('an upload outside a call')
  return errand
}

/** Runs one step of a hook; what the domain refuses is kept for the door, which words it. */
async function keeping<T>(errand: Errand, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    errand.refusal = error
    throw error
  }
}

/** Where the bytes of a sending stand until it is whole. */
export const bytesOf = (call: Call, id: string) => () =>
  createReadStream(join(uploadsFolder(call.house, call.town.id), id))

/** How the end of a sending is told: a program reads the headers, a person's page the body. */
export function tellEnd(
  call: Call,
  end: Finished,
): { status: number; headers: Record<string, string>; body: string } {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  if (end.fault)
    return {
      status: 422,
      headers: { ...headers, 'Upload-Fault': end.fault.code },
      body: JSON.stringify(end.fault),
    }
  const id = end.documentId
  const document = {
    id,
    href: url(call, addresses.document, { id }),
    thumbnail: url(call, addresses.documentThumbnail, { id }),
  }
  return { status: 200, headers: { ...headers, 'Upload-Document': id }, body: JSON.stringify({ document }) }
}

async function makeServer(house: House, town: string): Promise<Server> {
  const [{ FileStore }, { Server }] = await Promise.all([import('@tus/file-store'), import('@tus/server')])
  return new Server({
    path: addresses.uploads.pattern,
    datastore: new FileStore({ directory: uploadsFolder(house, town) }),
    maxSize: mostBytes,
    allowedOrigins: [],
    generateUrl: (request, { id }) => url(errandOf(request).call, addresses.upload, { id }),
    getFileIdFromRequest: request => errandOf(request).call.params.id,
    namingFunction: request => newId(errandOf(request).call.now),
    async onUploadCreate(request, upload) {
      const errand = errandOf(request)
      const { call } = errand
      const said = { ...call.query, ...upload.metadata }
      await keeping(errand, () =>
        house.database.write(town, tx =>
          beginUpload(tx, call.visitor, { id: upload.id, size: upload.size ?? 0, said }),
        ),
      )
      return {}
    },
    async onUploadFinish(request, upload) {
      const errand = errandOf(request)
      const end = await keeping(errand, () => finish(errand.call, upload.id, bytesOf(errand.call, upload.id)))
      const { status, ...told } = tellEnd(errand.call, end)
      const created = request.method === 'POST' && status === 200
      return created ? told : { status_code: status, ...told }
    },
  })
}

/** Answers a step of the tus protocol (1.0: creation, creation with upload, termination) for this call. */
export async function answerTus(call: Call): Promise<Response> {
  const { house, town, request } = call
  const byTown = servers.get(house) ?? new Map<string, Promise<Server>>()
  servers.set(house, byTown)
  const server = byTown.get(town.id) ?? makeServer(house, town.id)
  byTown.set(town.id, server)
  const errand: Errand = { call }
  errands.set(request, errand)
  const answer = await (await server).handleWeb(request as never)
  if (errand.refusal) throw errand.refusal
  return answer
}
