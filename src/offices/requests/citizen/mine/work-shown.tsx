import { addresses } from '../../../../lib/addresses.ts'
import { KeyValues, Photos, useLocalized, usePage } from '../../../../ui/index.ts'
import { proofsSince } from '../../proofs.ts'
import { findingsOf } from '../../staff/request/answers.tsx'
import type { RequestSheet } from './request.tsx'

/** What the departments did, as they wrote it, and the photos that show it: of the last time each was at it. */
export function WorkShown({ sheet }: { sheet: RequestSheet }) {
  const local = useLocalized()
  const { url, locale } = usePage()
  const { request, service, papers } = sheet
  const { projection } = request
  const shown = service.definition.steps.filter(
    ({ id, kind, proofs }) =>
      proofs !== undefined &&
      kind !== 'confirmation' &&
      projection.tasks.findLast(task => task.purpose === 'step' && task.step === id)?.state === 'closed',
  )
  return shown.map(step => {
    const own = (step.fields ?? []).map(({ id }) => [id, projection.stepFields[id]] as const)
    const said = findingsOf(service, Object.fromEntries(own), locale).flatMap(({ items }) => items)
    const names = new Map((step.proofs ?? []).map(proof => [proof.id, local(proof.name)]))
    return (
      <div key={step.id} className="mb-s">
        <KeyValues
          kind="answers"
          pairs={said.map(({ label, value }) => ({ term: label, value: <bdi>{value}</bdi> }))}
        />
        <Photos
          items={proofsSince(papers, step, projection).map(paper => ({
            id: paper.documentId,
            href: url(addresses.document, { id: paper.documentId }),
            label: names.get(paper.paperId) ?? '',
            ...(paper.hasThumbnail && {
              thumbnail: url(addresses.documentThumbnail, { id: paper.documentId }),
            }),
          }))}
        />
      </div>
    )
  })
}
