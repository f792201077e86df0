import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { plainDate, shortDate } from '../../../../lib/dates.ts'
import { type Fault, InvalidInput, NotFound } from '../../../../lib/errors.ts'
import { currencies } from '../../../../lib/money.ts'
import {
  Button,
  Crumbs,
  DateField,
  Form,
  faultOf,
  Head,
  MoneyField,
  Pane,
  Read,
  SelectField,
  StaffLayout,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { catalogueOf } from '../../../catalogue/index.ts'
import { getStaffMember } from '../../../people/index.ts'
import { appointDeputy, endAuthority, giveAuthority } from '../actions.ts'
import { documentKinds } from '../authority.ts'
import { readAuthority, readDeputy, readLastDay } from '../read.ts'
import { authorities, staffAppointedOn } from '../store.ts'
import { type AuthorityKey, authorityText, authorityTexts } from '../strings.ts'

export type Writing = 'new' | 'deputy' | 'end'
type Choices = {
  people: Awaited<ReturnType<typeof staffAppointedOn>>
  signers: string[]
  /** Whose authority a deputy stands in for, or is ended. */
  of: { ar: string; en: string } | undefined
}

const addressOf = {
  new: addresses.signatoryNew,
  deputy: addresses.signatoryDeputy,
  end: addresses.signatoryEnd,
}

async function choices(call: Call, what: Writing): Promise<Choices> {
  return read(call, async tx => {
    const people = await staffAppointedOn(tx, dateIn(call.now, call.town.timeZone))
    const { offered } = await catalogueOf(tx)
    const outputs = offered.flatMap(({ service }) => service.definition.outputs)
    const signers = [...new Set(outputs.map(({ signer }) => signer))]
    if (what === 'new') return { people, signers, of: undefined }
    const row = (await authorities(tx)).find(({ id }) => id === idParam(call, 'id'))
    if (!row) throw new NotFound('no-such-authority')
    return { people, signers, of: (await getStaffMember(tx, row.staffId)).name }
  })
}

/** GET: the form of an authority, of a deputy, or of the end of one. */
export async function showWriting(
  call: Call,
  what: Writing,
  faults: readonly Fault[] = [],
): Promise<Response> {
  const given = await choices(call, what)
  const typed = (name: string) => typedText(call, name)
  const page = <WritePage what={what} {...given} id={call.params.id} typed={typed} faults={faults} />
  return showPage(call, page, faults.length > 0 ? 422 : 200)
}

/** POST: writes it; faults bring the form back with what was typed. */
export async function saveWriting(call: Call, what: Writing): Promise<Response> {
  const typed = (name: string) => typedText(call, name)
  const by = actorKey(call.visitor.actor)
  const { signers } = await choices(call, what)
  const reading =
    what === 'new'
      ? readAuthority(typed, signers)
      : what === 'deputy'
        ? readDeputy(typed)
        : readLastDay(typed('until'))
  if (!reading.ok) return showWriting(call, what, reading.faults)
  try {
    const answer = await write(call, async tx => {
      if (what === 'new') {
        const read = readAuthority(typed, signers)
        if (read.ok) await giveAuthority(tx, read.value, by)
      } else if (what === 'deputy') {
        const read = readDeputy(typed)
        if (read.ok) await appointDeputy(tx, idParam(call, 'id'), read.value, by)
      } else {
        const read = readLastDay(typed('until'))
        if (read.ok) await endAuthority(tx, idParam(call, 'id'), read.value, by)
      }
      return { redirect: url(call, addresses.signatories) }
    })
    const style = { locale: call.locale, timeZone: call.town.timeZone }
    const words =
      what === 'end' && typeof reading.value === 'string'
        ? authorityText(call.locale, 'ended', { date: plainDate(reading.value, call.now, style) })
        : authorityText(call.locale, 'saved', { decision: typed('decision') })
    flash(call, { text: words })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showWriting(call, what, error.faults)
    throw error
  }
}

type Props = Choices & {
  what: Writing
  id: string | undefined
  typed: (name: string) => string
  faults: readonly Fault[]
}

function WritePage(props: Props) {
  const { what, id, of, faults } = props
  const t = useTexts(authorityTexts)
  const local = useLocalized()
  const { url } = usePage()
  const title = t(`${what}-title`, { name: of ? local(of) : '' })
  const action = what === 'new' ? url(addressOf.new) : url(addressOf[what], { id: id ?? '' })
  return (
    <StaffLayout title={title} faults={[...faults]}>
      <Crumbs links={[{ href: url(addresses.signatories), label: t('back') }]} />
      <Read>
        <Head title={title} sub={what !== 'new' && t(`${what}-sub`)} />
        <Pane>
          <Form action={action}>
            {what === 'end' ? <Days {...props} /> : <Fields {...props} />}
            <Button variant={what === 'end' ? 'stop' : 'main'}>
              {t(what === 'new' ? 'save' : what === 'deputy' ? 'save-deputy' : 'end-save')}
            </Button>
          </Form>
        </Pane>
      </Read>
    </StaffLayout>
  )
}

function Fields(props: Props) {
  const { what, people, signers, typed, faults } = props
  const t = useTexts(authorityTexts)
  const local = useLocalized()
  return (
    <>
      <SelectField
        name="staff"
        label={t('field-staff')}
        value={typed('staff')}
        fault={faultOf(faults, 'staff')}
        options={people.map(each => ({
          value: each.id,
          label: `${local(each.name)} · ${local(each.title)}`,
        }))}
      />
      {what === 'new' && signers.length > 1 && (
        <SelectField
          name="role"
          label={t('role')}
          value={typed('role')}
          fault={faultOf(faults, 'role')}
          options={signers.map(role => ({ value: role, label: t(`role-${role}` as AuthorityKey) }))}
        />
      )}
      {what === 'new' && (
        <>
          <SelectField
            name="kind"
            label={t('field-kind')}
            value={typed('kind')}
            fault={faultOf(faults, 'kind')}
            options={documentKinds.map(kind => ({ value: kind, label: t(`kind-${kind}`) }))}
          />
          {currencies.map((currency, place) => (
            <MoneyField
              key={currency}
              name={`ceiling.${currency}`}
              label={t('field-ceiling')}
              labelHidden={place > 0}
              hint={place === 0 ? t('ceiling-hint') : undefined}
              value={typed(`ceiling.${currency}`)}
              fault={faultOf(faults, `ceiling.${currency}`)}
              currency={currency}
            />
          ))}
        </>
      )}
      <TextField
        name="decision"
        label={t('field-decision')}
        value={typed('decision')}
        fault={faultOf(faults, 'decision')}
        width="mid"
        maxLength={60}
      />
      <Days {...props} />
    </>
  )
}

function Days({ what, typed, faults }: Props) {
  const t = useTexts(authorityTexts)
  const page = usePage()
  const today = shortDate(page.now, page)
  return (
    <>
      {what !== 'end' && (
        <DateField
          name="from"
          label={t('field-from')}
          value={typed('from') || today}
          fault={faultOf(faults, 'from')}
        />
      )}
      <DateField
        name="until"
        label={t('field-until')}
        hint={t('until-hint')}
        value={typed('until') || (what === 'end' ? today : '')}
        fault={faultOf(faults, 'until')}
      />
    </>
  )
}
