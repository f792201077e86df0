import { catalogueOf } from '../../src/offices/catalogue/index.ts'
import { openDraft } from '../../src/offices/requests/index.ts'
import type { Ground } from '../bench/ground.ts'
import { pictureOf } from '../faults/picture.ts'

const pieces = 8

/**
 * A citizen's paper sent in pieces (tus), each of which another process may take in; gives which processes did.
 * @throws Error when a piece is refused or the paper does not arrive whole
 */
export async function uploadInPieces(ground: Ground, port: number): Promise<string[]> {
  const [person] = ground.people
  if (!person) throw new Error('nobody lives here')
  const draft = await ground.inHouse(house =>
    house.database.write(ground.town.id, async tx =>
      openDraft(tx, {
        serviceVersion: (await catalogueOf(tx)).find('ADM-01')?.version ?? 1,
        serviceCode: 'ADM-01',
        personId: person.personId,
        channel: 'web',
        capacity: 'principal',
        owner: { kind: 'citizen', id: person.personId },
      }),
    ),
  )
  const cookie = await ground.logIn({ personId: person.personId })
  const bytes = pictureOf(`pieces ${draft}`)
  const by = new Set<string>()
  const send = async (path: string, method: string, headers: Record<string, string>, body?: Buffer) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { cookie, 'tus-resumable': '1.0.0', ...headers },
      ...(body && { body: new Uint8Array(body) }),
    })
    await answer.body?.cancel()
    if (answer.status >= 300) throw new Error(`a piece of an upload was refused with ${answer.status}`)
    by.add(answer.headers.get('x-answered-by') ?? '')
    return answer
  }
  const begun = await send(`/uploads?purpose=draft&draft=${draft}&paper=id-copy`, 'POST', {
    'upload-length': String(bytes.length),
    'upload-metadata': `filename ${Buffer.from('هوية.png').toString('base64')}`,
  })
  const path = new URL(begun.headers.get('location') ?? '', 'http://127.0.0.1').pathname
  const step = Math.ceil(bytes.length / pieces)
  let document: string | null = null
  for (let from = 0; from < bytes.length; from += step) {
    const answer = await send(
      path,
      'PATCH',
      { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' },
      bytes.subarray(from, from + step),
    )
    document = answer.headers.get('upload-document')
  }
  if (!document) throw new Error('an upload in pieces did not become a document')
  return [...by]
}
