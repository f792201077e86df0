import { roles } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { toWesternDigits } from '../../../lib/arabic.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  MultipleField,
  NumberField,
  Read,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read, typedList, typedText, url, wholeOf, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { setSetting, todayOf } from '../../people/index.ts'
import { fewestMembers } from '../model.ts'
import { committeeRules, readCommitteeRules, rulesKey } from '../settings.ts'
import { type DestructionText, destructionText, destructionTexts } from '../strings.ts'
import { staffIn } from './read.ts'

type View = {
  chosen: readonly string[]
  members: string
  rest: string
  faults: readonly Fault[]
}

/** GET: who may be named to a committee, how many, and how long an approved act rests. */
export async function showCommittee(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const now = await read(call, committeeRules)
  const wasSent = faults.length > 0
  const view: View = {
    chosen: wasSent ? typedList(call, 'roles') : now.roles,
    members: wasSent ? typedText(call, 'members') : String(now.members),
    rest: wasSent ? typedText(call, 'rest') : String(now.restDays),
    faults,
  }
  return showPage(call, <CommitteePage {...view} />, wasSent ? 422 : 200)
}

/** POST: other terms from today on; acts under way keep the committee they were proposed with. */
export async function saveCommittee(call: Call): Promise<Response> {
  const number = (name: string) => wholeOf(toWesternDigits(typedText(call, name)).trim())
  const given = { roles: typedList(call, 'roles'), members: number('members'), restDays: number('rest') }
  const faults: Fault[] = [
    ...(given.roles.length === 0 ? [{ field: 'roles', code: 'approvers-missing' }] : []),
    ...(given.members < fewestMembers || given.members > 15
      ? [{ field: 'members', code: 'committee-too-small', values: { count: fewestMembers } }]
      : []),
    ...(given.restDays < 1 || given.restDays > 365 ? [{ field: 'rest', code: 'term-wrong' }] : []),
  ]
  const rules = readCommitteeRules(given)
  if (faults.length > 0 || !rules.success) return showCommittee(call, faults)
  const answer = await write(call, async tx => {
    const { id, kind } = staffIn(call)
    await setSetting(tx, { key: rulesKey, from: await todayOf(tx), value: rules.data, by: { kind, id } })
    return { redirect: url(call, addresses.destruction) }
  })
  flash(call, { text: destructionText(call.locale, 'saved'), tone: 'olive' })
  return answer
}

function CommitteePage({ chosen, members, rest, faults }: View) {
  const t = useTexts(destructionTexts)
  const page = usePage()
  return (
    <StaffLayout title={t('committee-rules')} faults={faults}>
      <Crumbs links={[{ label: t('acts'), href: page.url(addresses.destruction) }]} />
      <Read>
        <Head title={t('committee-rules')} sub={t('committee-sub')} />
        <Form action={page.url(addresses.destructionCommittee)}>
          <MultipleField
            name="roles"
            label={t('f-roles')}
            values={chosen}
            columns={2}
            options={roles.map(value => ({ value, label: t(`role-${value}` as DestructionText) }))}
            fault={faultOf(faults, 'roles')}
          />
          <NumberField
            name="members"
            label={t('f-count')}
            value={members}
            fault={faultOf(faults, 'members')}
          />
          <NumberField name="rest" label={t('f-rest')} value={rest} fault={faultOf(faults, 'rest')} />
          <Button>{t('save')}</Button>
        </Form>
      </Read>
    </StaffLayout>
  )
}
