import { addresses } from '../../../lib/addresses.ts'
import { Conflict } from '../../../lib/errors.ts'
import { type Call, idParam, param, typedText, url, write } from '../../../web/call.ts'
import { record } from '../../audit/index.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { getPerson } from '../../people/index.ts'
import { openDraft, saveDraft } from '../../requests/index.ts'
import { byOf, clerkOf } from '../clerk.ts'
import { counterText } from '../strings.ts'
import { notesOf, typedWith } from './form.ts'

/** Begins a request for the person at the window. */
export function startCase(call: Call): Promise<Response> {
  const clerk = clerkOf(call)
  const seen = typedText(call, 'seen') === 'yes'
  return write(call, async tx => {
    const person = await getPerson(tx, idParam(call, 'person'))
    const offered = (await catalogueOf(tx)).find(param(call, 'code'))
    if (!offered || offered.retired) throw new Conflict('service-retired', { code: param(call, 'code') })
    const { definition } = offered.service
    const [first = 'principal'] = definition.applicants
    const draft = {
      owner: { kind: 'staff', id: clerk.staffId },
      personId: person.id,
      serviceCode: offered.code,
      serviceVersion: offered.version,
      channel: 'counter',
      capacity: definition.applicants.includes('principal') ? 'principal' : first,
    } as const
    const id = await openDraft(tx, draft)
    const blank = { typed: {} } as Parameters<typeof notesOf>[0]
    if (seen)
      await saveDraft(tx, id, { typed: typedWith(blank, {}, { ...notesOf(blank), identitySeen: true }) })
    await record(tx, {
      actor: byOf(call),
      act: 'counter.case-begun',
      subjectKind: 'draft',
      subjectId: id,
      personId: person.id,
      cause: counterText('ar', seen ? 'cause-identity' : 'cause-visit'),
    })
    return { redirect: `${url(call, addresses.counterDraft, { draft: id })}#service` }
  })
}
