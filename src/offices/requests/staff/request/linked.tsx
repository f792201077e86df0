import { addresses } from '../../../../lib/addresses.ts'
import type { Localized } from '../../../../lib/localized.ts'
import type { Read } from '../../../../platform/database/transaction.ts'
import { Pane, type PaneProps, StateBadge, useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import type { Call } from '../../../../web/call.ts'
import { catalogueOf } from '../../../catalogue/index.ts'
import { type Request, requestNumber } from '../../model.ts'
import { partsOf } from '../../parts/store.ts'
import { getRequest } from '../../store.ts'
import { readableOf } from '../rights.ts'
import type { RequestView } from './load.ts'
import { actTexts } from './strings.ts'

/** A request filed together with this one. */
export type LinkedRequest = {
  requestId: string
  number: string
  service: Localized
  state: Request['projection']['state']
  /** Whether the reader may open it. */
  open: boolean
}

/** The parts of a request, and the application it is a part of, with what the reader may open of them. */
export async function linkedTo(
  tx: Read,
  call: Call,
  request: Request,
): Promise<{ parts: LinkedRequest[]; whole: LinkedRequest | undefined }> {
  const [filed, whole] = await Promise.all([
    partsOf(tx, request.id),
    request.partOf && getRequest(tx, request.partOf.requestId),
  ])
  if (filed.length === 0 && !whole) return { parts: [], whole: undefined }
  const catalogue = await catalogueOf(tx)
  const ids = [...filed.map(({ requestId }) => requestId), ...(whole ? [whole.id] : [])]
  const readable = await readableOf(tx, call.visitor.actor, ids)
  const nameOf = (code: string, version: number) => catalogue.get(code, version).service.definition.name
  return {
    parts: filed.map(part => ({
      requestId: part.requestId,
      number: requestNumber(part),
      service: nameOf(part.serviceCode, part.serviceVersion),
      state: part.state,
      open: readable.has(part.requestId),
    })),
    whole: whole && {
      requestId: whole.id,
      number: requestNumber(whole),
      service: nameOf(whole.serviceCode, whole.serviceVersion),
      state: whole.projection.state,
      open: readable.has(whole.id),
    },
  }
}

/** What was filed together: the parts, or the application this is a part of. */
export function Linked({ view, order }: { view: RequestView; order: PaneProps['order'] }) {
  const t = useTexts(actTexts)
  const { parts, whole } = view.linked
  return (
    <>
      {parts.length > 0 && (
        <Pane id="parts" title={t('parts-title')} icon="doc" order={order}>
          <List requests={parts} />
        </Pane>
      )}
      {whole && (
        <Pane id="whole" title={t('part-of')} icon="doc" order={order}>
          <List requests={[whole]} />
        </Pane>
      )}
    </>
  )
}

function List({ requests }: { requests: LinkedRequest[] }) {
  const local = useLocalized()
  const { url } = usePage()
  return (
    <ul className="lines">
      {requests.map(({ requestId, number, service, state, open }) => (
        <li key={requestId} className="row">
          {open ? (
            <a href={url(addresses.officeRequest, { id: requestId })}>
              <bdi>{number}</bdi> {local(service)}
            </a>
          ) : (
            <span>
              <bdi>{number}</bdi> {local(service)}
            </span>
          )}
          <StateBadge state={state} />
        </li>
      ))}
    </ul>
  )
}
