import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import {
  CitizenLayout,
  Columns,
  DateText,
  DuesList,
  Empty,
  Head,
  Pane,
  Say,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type Account, accountsOf, type Due, duesOf } from '../../../treasury/index.ts'
import { citizenOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'

/** What the citizen owes, from the town's books as they are now. */
export async function showDues(call: Call): Promise<Response> {
  const { personId } = citizenOf(call)
  const today = dateIn(call.now, call.town.timeZone)
  const { dues, accounts } = await read(call, async tx => ({
    dues: await duesOf(tx, personId, today),
    accounts: await accountsOf(tx, personId, today),
  }))
  return showPage(call, <DuesPage dues={dues} accounts={accounts} />)
}

function DuesPage({ dues, accounts }: { dues: Due[]; accounts: Account[] }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { town, url } = usePage()
  return (
    <CitizenLayout title={t('dues-title')} unlisted>
      <Head title={t('dues-title')} sub={t('dues-lead')} />
      <Columns
        side={
          <Pane id="how" title={t('pay-how')}>
            <p className="sm">{t('pay-how-text')}</p>
            <p className="sm mut mt-s">
              {local(town.hours)} · {local(town.address)}
            </p>
            <p className="sm mut mt-s">{t('fee-online')}</p>
          </Pane>
        }
      >
        {dues.length === 0 ? (
          <Empty level={2} title={t('dues-nothing')}>
            {t('dues-nothing-text')}
          </Empty>
        ) : (
          <Pane pad={false}>
            <DuesList
              lines={dues.map(due => ({
                id: due.chargeId,
                kind: local(due.label),
                note: <DueNote due={due} />,
                amount: due.amount,
              }))}
            />
          </Pane>
        )}
        {accounts.length > 0 && (
          <div className="mt">
            <Pane id="accounts" title={t('accounts')}>
              <ul className="lines">
                {accounts.map(account => (
                  <li key={account.id}>
                    <Say>{t('account-number', { number: account.number })}</Say>
                    <small className="mut line-note">
                      {t('account-since')} <DateText value={account.openedAt} form="plain" />
                      {account.source !== 'own' && account.asOf && (
                        <>
                          {' · '}
                          {t('account-imported')} <DateText value={account.asOf} form="plain" />
                        </>
                      )}
                    </small>
                  </li>
                ))}
              </ul>
            </Pane>
          </div>
        )}
        <p className="sm mut mt">
          {t('dues-wrong')} <a href={url(addresses.help)}>{t('need-help')}</a>
        </p>
      </Columns>
    </CitizenLayout>
  )
}

function DueNote({ due }: { due: Due }) {
  const t = useTexts(citizenTexts)
  return (
    <>
      <Say>{t('account-number', { number: due.accountNumber })}</Say>
      {' · '}
      <span className={due.overdue ? 'stop-c' : undefined}>
        {t(due.overdue ? 'due-since' : 'due-on')} <DateText value={due.dueOn} form="plain" />
      </span>
      {due.source === 'imported' && due.asOf && (
        <>
          {' · '}
          {t('account-imported')} <DateText value={due.asOf} form="plain" />
        </>
      )}
    </>
  )
}
