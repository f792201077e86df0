import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import { type Currency, currencyWord } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import {
  Crumbs,
  Empty,
  Form,
  Head,
  KeyHints,
  LinkButton,
  Note,
  PersonName,
  Read as Reading,
  Segments,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { lookInto } from '../../looks/index.ts'
import { getPerson, type Person } from '../../people/index.ts'
import { getRequest, type Request, requestNumber } from '../../requests/index.ts'
import { chargesOfRequest } from '../../treasury/index.ts'
import { BillGate } from '../case/bill-gate.tsx'
import { dueWords } from '../case/due.ts'
import { refusalText } from '../case/refusals.ts'
import { clerkOf } from '../clerk.ts'
import { CounterLayout } from '../layout.tsx'
import { type CounterText, counterText, counterTexts } from '../strings.ts'
import { OpenTill } from '../tenders/fields.tsx'
import { readHanded } from '../tenders/handed.ts'
import { openingFaults, openTillHere } from '../tenders/open.ts'
import { tenderFault } from '../tenders/refused.ts'
import {
  type Bill,
  type BillWithoutRate,
  billFor,
  closedTill,
  isBill,
  itemsOf,
  take,
  waysToPay,
} from '../till.ts'

export const collectRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterCollect,
    access: staff('receipt.take'),
    audit: looks('counter.charges-shown'),
    handle: call => show(call),
  }),
  route({
    method: 'post',
    address: addresses.counterCollect,
    access: staff('receipt.take'),
    audit: acts('treasury.receipt-taken'),
    handle: collect,
  }),
]

type Unpaid = {
  request: Request
  service: Localized
  person: Person
  ways: Currency[]
  payIn: Currency
  bill: Bill | BillWithoutRate
  /** Books to open a till with, where whoever asks has none open. */
  closed: string[] | undefined
}

/** What is open on a request, whichever point it fell due at, as a bill in one currency. */
async function openBill(tx: Read, call: Call, asked: string | undefined): Promise<Unpaid> {
  const request = await getRequest(tx, idParam(call, 'id'))
  const seen = { personId: request.applicantId, requestId: request.id, subjectKind: 'request' }
  await lookInto(call, tx, { ...seen, subjectId: request.id, cause: counterText('ar', 'cause-till') })
  const { definition } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion).service
  const items = itemsOf(await chargesOfRequest(tx, request.id))
  const ways = waysToPay(items)
  const payIn = ways.find(each => each === asked) ?? 'ILS'
  return {
    request,
    service: definition.name,
    person: await getPerson(tx, request.applicantId),
    ways,
    payIn,
    bill: await billFor(tx, items, payIn),
    closed: await closedTill(tx, clerkOf(call).staffId),
  }
}

type Again = { faults?: Fault[]; refusal?: CounterText }

async function show(call: Call, again: Again = {}, status = 200): Promise<Response> {
  const asked = call.query.in ?? typedText(call, 'payIn')
  const unpaid = await read(call, tx => openBill(tx, call, asked))
  const received = typedText(call, 'received')
  const typed = (name: string) => typedText(call, name)
  return showPage(
    call,
    <CollectPage of={unpaid} {...again} received={received || undefined} typed={typed} />,
    status,
  )
}

/** Takes the money and moves the request on, in one transaction. With too little in hand nothing is written. */
async function collect(call: Call): Promise<Response> {
  const asked = typedText(call, 'payIn')
  if (typedText(call, 'do') === 'open-till') return openThenShow(call)
  const before = await read(call, tx => openBill(tx, call, asked))
  const { bill } = before
  if (!isBill(bill)) return show(call, { refusal: 'refused-no-exchange-rate' }, 409)
  try {
    return await write(call, async tx => {
      const now = await openBill(tx, call, asked)
      if (!isBill(now.bill) || now.bill.lines.length === 0)
        return { redirect: url(call, addresses.counterCollect, { id: now.request.id }) }
      if (typedText(call, 'due') !== dueWords(now.bill))
        throw new Refused({ field: 'received', code: 'amount-changed' })
      const { handed, fault } = readHanded(name => typedText(call, name), now.bill)
      if (fault) throw new Refused(fault)
      const payer = { personId: now.person.id, name: now.person.displayName }
      const receipt = await take(tx, call, {
        bill: now.bill,
        tenders: handed.tenders,
        payer,
        requestId: now.request.id,
      })
      const files = may(clerkOf(call), 'request.file')
      return {
        redirect: files
          ? url(call, addresses.counterReceived, { id: now.request.id }, { receipt: receipt.id })
          : url(call, addresses.receipt, { id: receipt.id }),
      }
    })
  } catch (error) {
    if (error instanceof Refused) return show(call, { faults: [error.fault] }, 422)
    const fault = tenderFault(error, name => typedText(call, name))
    if (fault) return show(call, { faults: [fault] }, 422)
    return show(call, { refusal: refusalText(error) }, 409)
  }
}

async function openThenShow(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  try {
    return await write(call, async tx => {
      await openTillHere(tx, call)
      return { redirect: url(call, addresses.counterCollect, { id }, { in: typedText(call, 'payIn') }) }
    })
  } catch (error) {
    return show(call, { faults: openingFaults(error) }, 422)
  }
}

/** A fault of a field, found inside the transaction: it undoes all of it. */
class Refused extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.code)
    this.fault = fault
  }
}

type PageProps = Again & { of: Unpaid; received: string | undefined; typed: (name: string) => string }

function CollectPage({ of, faults = [], refusal, received, typed }: PageProps) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const { request, person, bill, ways, payIn } = of
  const title = t('collect-title', { number: requestNumber(request) })
  return (
    <CounterLayout title={title} faults={faults}>
      <Crumbs links={[{ label: t('counter'), href: url(addresses.counter) }]} />
      <Head
        title={title}
        sub={
          <>
            <PersonName>{person.displayName}</PersonName> · {local(of.service)}
          </>
        }
      />
      {refusal && (
        <div className="flash">
          <Note tone="sumac">{t(refusal)}</Note>
        </div>
      )}
      <Reading>
        {ways.length > 1 && (
          <div className="mt-s">
            <Segments
              label={t('pay-in')}
              links={ways.map(currency => ({
                label: currencyWord(currency, locale),
                href: url(addresses.counterCollect, { id: request.id }, { in: currency }),
                current: currency === payIn,
              }))}
            />
          </div>
        )}
        <div className="mt-s">
          {isBill(bill) ? (
            <Gate of={of} bill={bill} faults={faults} received={received} typed={typed} />
          ) : (
            <Note tone="honey">
              {t('refused-no-exchange-rate', { currency: currencyWord(bill.missingRate, locale) })}
            </Note>
          )}
        </div>
      </Reading>
      <KeyHints
        hints={[
          { keys: 'F8', label: t('key-collect') },
          { keys: 'F2', label: t('key-search') },
        ]}
      />
    </CounterLayout>
  )
}

type GateProps = {
  of: Unpaid
  bill: Bill
  faults: Fault[]
  received: string | undefined
  typed: (name: string) => string
}

function Gate({ of: { request, payIn, closed }, bill, faults, received, typed }: GateProps) {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  if (bill.lines.length === 0)
    return (
      <Empty
        title={t('nothing-open')}
        level={2}
        action={
          <LinkButton href={url(addresses.counter)} variant="quiet">
            {t('next')}
          </LinkButton>
        }
      >
        {t('nothing-open-next')}
      </Empty>
    )
  const action = url(addresses.counterCollect, { id: request.id })
  if (closed)
    return (
      <Form action={action} hidden={{ payIn }}>
        <OpenTill till={{ free: closed }} action={action} typed={typed} faults={faults} />
      </Form>
    )
  return (
    <Form action={action} hidden={{ payIn }}>
      <BillGate bill={bill} title={t('collect-open')} received={received} typed={typed} faults={faults} />
    </Form>
  )
}
