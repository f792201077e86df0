import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  DateField,
  Form,
  faultOf,
  Head,
  LongTextField,
  MultipleField,
  Note,
  Read,
  SelectField,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read, typedList, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { orFaults } from '../../../web/refused.ts'
import { todayOf } from '../../people/index.ts'
import { type Eligible, eligibleFor, proposeAct } from '../acts.ts'
import { type CommitteeRules, passedBy, type Rule } from '../model.ts'
import { rulesInForce } from '../rules.ts'
import { committeeRules } from '../settings.ts'
import { destructionText, destructionTexts } from '../strings.ts'
import { dayIn, isReason, staffIn, words } from './read.ts'
import { kindText, termText } from './words.tsx'

type View = {
  rules: Rule[]
  eligible: Eligible[]
  committee: CommitteeRules
  typed: { text: (name: string) => string; members: string[] }
  faults: readonly Fault[]
}

/** GET: a new proposal. */
export async function showPropose(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const seen = await read(call, async tx => ({
    rules: (await rulesInForce(tx)).filter(each => each.confirmed && each.term),
    eligible: await eligibleFor(tx, staffIn(call).id),
    committee: await committeeRules(tx),
  }))
  const typed = { text: (name: string) => typedText(call, name), members: typedList(call, 'members') }
  return showPage(
    call,
    <ProposePage {...seen} typed={typed} faults={faults} />,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: proposes; a job makes the list. */
export async function sendProposal(call: Call): Promise<Response> {
  const until = dayIn(call, 'until')
  const reason = words(call, 'reason')
  const faults: Fault[] = [
    ...(until === 'bad' ? [{ field: 'until', code: 'not-a-date' }] : []),
    ...(isReason(reason) ? [] : [{ field: 'reason', code: 'reason-missing' }]),
  ]
  if (faults.length > 0) return showPropose(call, faults)
  const done = await orFaults('rule', () =>
    write(call, async tx => {
      const ruleId = typedText(call, 'rule')
      const rule = (await rulesInForce(tx)).find(each => each.id === ruleId)
      const last = passedBy(rule?.term, await todayOf(tx)) ?? ''
      const id = await proposeAct(
        tx,
        { ruleId, until: until === 'missing' ? last : until, members: typedList(call, 'members'), reason },
        staffIn(call),
      )
      return { redirect: url(call, addresses.destructionAct, { act: id }) }
    }),
  )
  if (!done.answer) return showPropose(call, done.faults)
  flash(call, { text: destructionText(call.locale, 'act-proposed-ok'), tone: 'info' })
  return done.answer
}

function ProposePage({ rules, eligible, committee, typed, faults }: View) {
  const t = useTexts(destructionTexts)
  const page = usePage()
  return (
    <StaffLayout title={t('act-new')} faults={faults}>
      <Crumbs links={[{ label: t('acts'), href: page.url(addresses.destruction) }]} />
      <Read>
        <Head title={t('act-new')} sub={t('act-new-sub')} />
        {rules.length === 0 ? (
          <Note tone="honey">
            {t('f-rule-none')} <a href={page.url(addresses.retention)}>{t('retention')}</a>
          </Note>
        ) : (
          <Form action={page.url(addresses.destructionNew)}>
            <SelectField
              name="rule"
              label={t('f-rule')}
              value={typed.text('rule')}
              options={rules.map(rule => ({
                value: rule.id,
                label: `${kindText(page.locale, rule)}: ${termText(page.locale, rule.term)}`,
              }))}
              fault={faultOf(faults, 'rule')}
            />
            <DateField
              name="until"
              label={t('f-until')}
              hint={t('f-until-hint')}
              optional
              value={typed.text('until')}
              fault={faultOf(faults, 'until')}
            />
            <MultipleField
              name="members"
              label={t('f-members')}
              hint={t('f-members-hint', { count: committee.members })}
              values={typed.members}
              columns={2}
              options={eligible.map(each => ({
                value: each.staffId,
                label: each.name[page.locale],
                hint: each.title[page.locale],
              }))}
              fault={faultOf(faults, 'members')}
            />
            <LongTextField
              name="reason"
              label={t('f-reason')}
              rows={2}
              maxLength={300}
              value={typed.text('reason')}
              fault={faultOf(faults, 'reason')}
            />
            <Button>{t('act-propose')}</Button>
          </Form>
        )}
      </Read>
    </StaffLayout>
  )
}
