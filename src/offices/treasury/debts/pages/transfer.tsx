import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import { isId } from '../../../../lib/ids.ts'
import { formatMoney } from '../../../../lib/money.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  LongTextField,
  MultipleField,
  NationalIdField,
  Pane,
  Read,
  StaffLayout,
  TextField,
  useLocalized,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, read, typedList, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { lookInto } from '../../../looks/index.ts'
import { findPersonByIdNumber, getPerson } from '../../../people/index.ts'
import { duesOf } from '../../dues.ts'
import type { Due } from '../../model.ts'
import { debtText, debtTexts } from '../strings.ts'
import { transferDebt } from '../transfer.ts'

type View = {
  person: { id: string; name: string }
  dues: Due[]
  typed: Record<string, string>
  chosen: string[]
  faults: Fault[]
}

/** GET: the form that makes another owe what somebody owes. */
export async function showTransfer(call: Call, faults: Fault[] = []): Promise<Response> {
  const personId = idParam(call, 'person')
  const view = await read(call, async (tx): Promise<View> => {
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    await lookInto(call, tx, { ...seen, cause: debtText('ar', 'look-dues') })
    const dues = await duesOf(tx, personId, dateIn(call.now, call.town.timeZone))
    const typed = Object.fromEntries(
      ['to', 'reason', 'proof', 'decision'].map(name => [name, typedText(call, name)]),
    )
    return {
      person: { id: personId, name: (await getPerson(tx, personId)).displayName },
      dues: dues.filter(due => due.debtorId === personId),
      typed,
      faults,
      chosen: typedList(call, 'charges'),
    }
  })
  return showPage(call, <TransferPage {...view} />, faults.length > 0 ? 422 : 200)
}

/** POST: transfers the debt. */
export async function transfer(call: Call): Promise<Response> {
  const fromPersonId = idParam(call, 'person')
  let name = ''
  const { answer, faults } = await orFaults('charges', () =>
    write(call, async tx => {
      const to = await findPersonByIdNumber(tx, call.house.crypto, typedText(call, 'to'))
      if (!to) throw new InvalidInput([{ field: 'to', code: 'debtor-unknown' }])
      name = to.displayName
      await transferDebt(tx, {
        fromPersonId,
        toPersonId: to.id,
        chargeIds: typedList(call, 'charges').filter(isId),
        reason: typedText(call, 'reason').slice(0, 400),
        proof: typedText(call, 'proof').slice(0, 400),
        decision: typedText(call, 'decision').slice(0, 100),
        timeZone: call.town.timeZone,
        by: actorKey(call.visitor.actor),
      })
      return { redirect: url(call, addresses.counterDues, { person: fromPersonId }) }
    }),
  )
  if (!answer) return showTransfer(call, faults)
  flash(call, { text: debtText(call.locale, 'transfer-done', { name }) })
  return answer
}

function TransferPage({ person, dues, typed, chosen, faults }: View) {
  const t = useTexts(debtTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const field = (name: string) => ({ name, value: typed[name], fault: faultOf(faults, name) })
  return (
    <StaffLayout title={t('transfer-title')} faults={faults}>
      <Crumbs
        links={[
          {
            label: t('dues-of', { name: person.name }),
            href: url(addresses.counterDues, { person: person.id }),
          },
        ]}
      />
      <Read>
        <Head title={t('transfer-title')} sub={t('transfer-sub')} />
        <Pane id="transfer">
          <Form action={url(addresses.counterTransfer, { person: person.id })}>
            <MultipleField
              name="charges"
              label={t('transfer-charges')}
              fault={faultOf(faults, 'charges')}
              values={chosen}
              options={dues.map(due => ({
                value: due.chargeId,
                label: `${local(due.label)}: ${formatMoney(due.open, locale)}`,
                hint: due.accountNumber,
              }))}
            />
            <NationalIdField {...field('to')} label={t('transfer-to')} />
            <LongTextField {...field('reason')} label={t('transfer-reason')} maxLength={400} rows={2} />
            <LongTextField
              {...field('proof')}
              label={t('transfer-proof')}
              hint={t('transfer-proof-hint')}
              maxLength={400}
              rows={2}
            />
            <TextField
              {...field('decision')}
              label={t('transfer-decision')}
              maxLength={100}
              width="mid"
              optional
            />
            <Button>{t('transfer-verb')}</Button>
          </Form>
        </Pane>
      </Read>
    </StaffLayout>
  )
}
