import { addresses } from '../../../../lib/addresses.ts'
import type { Localized } from '../../../../lib/localized.ts'
import type { Read } from '../../../../platform/database/transaction.ts'
import { Pane, Say, StateBadge, useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import { catalogueOf } from '../../../catalogue/index.ts'
import { type Request, requestNumber } from '../../model.ts'
import { partsOf } from '../../parts/store.ts'
import { getRequest } from '../../store.ts'
import { citizenTexts } from '../strings.ts'

/** Requests filed together with one, as their applicant reads them. */
export type Together = {
  parts: { requestId: string; number: string; name: Localized; state: Request['projection']['state'] }[]
  whole: { requestId: string; number: string; name: Localized } | undefined
}

export async function togetherWith(tx: Read, request: Request): Promise<Together> {
  const parts = await partsOf(tx, request.id)
  const whole = request.partOf && (await getRequest(tx, request.partOf.requestId))
  if (parts.length === 0 && !whole) return { parts: [], whole: undefined }
  const catalogue = await catalogueOf(tx)
  const nameOf = (code: string, version: number) => catalogue.get(code, version).service.definition.name
  return {
    parts: parts.map(part => ({
      requestId: part.requestId,
      number: requestNumber(part),
      state: part.state,
      name: nameOf(part.serviceCode, part.serviceVersion),
    })),
    whole: whole && {
      requestId: whole.id,
      number: requestNumber(whole),
      name: nameOf(whole.serviceCode, whole.serviceVersion),
    },
  }
}

/** What was filed with it, each with its own number and state; or what it was filed with. */
export function TogetherPanes({ together: { parts, whole } }: { together: Together }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <>
      {parts.length > 0 && (
        <Pane id="parts" title={t('parts-title')} icon="doc">
          <p className="sm mut mb-s">{t('parts-lead')}</p>
          <ul className="lines">
            {parts.map(part => (
              <li key={part.requestId} className="row">
                <a href={url(addresses.myRequest, { id: part.requestId })}>{local(part.name)}</a>
                <Say>{t('number', { number: part.number })}</Say>
                <StateBadge state={part.state} />
              </li>
            ))}
          </ul>
        </Pane>
      )}
      {whole && (
        <p className="sm">
          {t('part-of')}{' '}
          <a href={url(addresses.myRequest, { id: whole.requestId })}>
            {local(whole.name)} <bdi>{whole.number}</bdi>
          </a>
        </p>
      )}
    </>
  )
}
