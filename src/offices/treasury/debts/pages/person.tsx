import { may } from '../../../../kernel/access/index.ts'
import { type Clearance, judgeClearance } from '../../../../kernel/dues/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { Crumbs, Head, LinkButton, Stack, StaffLayout, Zones } from '../../../../ui/index.ts'
import { type Call, idParam, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { lookInto } from '../../../looks/index.ts'
import { getPeople, getPerson } from '../../../people/index.ts'
import { duesOf } from '../../dues.ts'
import type { Due } from '../../model.ts'
import { type Credit, creditsOf } from '../credits.ts'
import { type Exemption, listExemptions } from '../exemptions.ts'
import { type Plan, plansOf } from '../plan-store.ts'
import { allocationOrder } from '../rules.ts'
import { type DebtWord, debtText } from '../strings.ts'
import { type DebtTransfer, transfersOf } from '../transfer.ts'
import {
  ClearancePane,
  CreditPane,
  DuesPane,
  ExemptionPane,
  PlanPane,
  TransferPane,
} from './person-panes.tsx'

export type DuesView = {
  person: { id: string; name: string }
  dues: Due[]
  credits: Credit[]
  order: DebtWord
  plans: Plan[]
  exemptions: Exemption[]
  transfers: DebtTransfer[]
  names: Map<string, string>
  clearance: Clearance<Due>
  may: Record<'allocate' | 'propose' | 'transfer' | 'exempt' | 'file', boolean>
}

/** GET: all that a person owes and has, and what can be done about it. */
export async function showPersonDues(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const today = dateIn(call.now, call.town.timeZone)
  const { actor } = call.visitor
  const view = await read(call, async (tx): Promise<DuesView> => {
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    await lookInto(call, tx, { ...seen, cause: debtText('ar', 'look-dues') })
    const person = await getPerson(tx, personId)
    const dues = await duesOf(tx, personId, today)
    const transfers = await transfersOf(tx, personId)
    const people = await getPeople(tx, [
      ...new Set(transfers.flatMap(each => [each.fromPersonId, each.toPersonId])),
    ])
    return {
      person: { id: personId, name: person.displayName },
      dues,
      transfers,
      credits: await creditsOf(tx, personId, today),
      order: `order-${(await allocationOrder(tx, today)).by}`,
      plans: await plansOf(tx, personId, today),
      exemptions: await listExemptions(tx, { personId }),
      names: new Map(people.map(each => [each.id, each.displayName])),
      clearance: judgeClearance(dues),
      may: {
        allocate: may(actor, 'credit.allocate'),
        propose: may(actor, 'plan.propose'),
        transfer: may(actor, 'debt.transfer'),
        exempt: may(actor, 'exemption.write'),
        file: may(actor, 'request.file'),
      },
    }
  })
  const word = (key: DebtWord, values = {}) => debtText(call.locale, key, values)
  const title = word('dues-of', { name: view.person.name })
  return showPage(
    call,
    <StaffLayout title={title}>
      <Crumbs
        links={[{ label: word('person'), href: url(call, addresses.counterPerson, { person: personId }) }]}
      />
      <Head
        title={title}
        actions={
          <LinkButton
            variant="quiet"
            icon="list"
            href={url(call, addresses.counterStatement, { person: personId })}
          >
            {word('statement')}
          </LinkButton>
        }
      />
      <Zones kind="wide">
        <Stack>
          <DuesPane view={view} />
          <PlanPane view={view} />
          <TransferPane view={view} />
        </Stack>
        <Stack>
          <ClearancePane view={view} />
          <CreditPane view={view} />
          <ExemptionPane view={view} />
        </Stack>
      </Zones>
    </StaffLayout>,
  )
}
