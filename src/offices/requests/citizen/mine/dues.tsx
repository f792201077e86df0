import { addresses } from '../../../../lib/addresses.ts'
import { addDays, dateIn } from '../../../../lib/calendar.ts'
import { formatMoney, type Money } from '../../../../lib/money.ts'
import {
  CitizenLayout,
  Columns,
  DateText,
  DuesList,
  Empty,
  Head,
  HowLink,
  LinkButton,
  Pane,
  Say,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import {
  type Account,
  accountsOf,
  creditsOf,
  creditTotals,
  type Due,
  duesOf,
  type Plan,
  paysOnline,
  plansOf,
} from '../../../treasury/index.ts'
import { personOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'

/** What the citizen owes, from the town's books as they are now. */
export async function showDues(call: Call): Promise<Response> {
  const personId = personOf(call)
  const today = dateIn(call.now, call.town.timeZone)
  const view = await read(
    call,
    async (tx): Promise<View> => ({
      dues: await duesOf(tx, personId, today),
      accounts: await accountsOf(tx, personId, today),
      credits: creditTotals(await creditsOf(tx, personId, today)),
      plans: (await plansOf(tx, personId, today)).filter(
        plan => plan.state === 'agreed' && plan.standing.state !== 'done',
      ),
      online: await paysOnline(tx, today),
    }),
  )
  return showPage(call, <DuesPage {...view} />)
}

type View = {
  dues: Due[]
  accounts: Account[]
  credits: Money[]
  plans: Plan[]
  online: boolean
}

function DuesPage({ dues, accounts, credits, plans, online }: View) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { town, url, locale } = usePage()
  return (
    <CitizenLayout title={t('dues-title')} unlisted>
      <Head title={t('dues-title')} sub={t('dues-lead')} />
      <Columns
        side={
          <>
            <Pane id="how" title={t('pay-how')}>
              <p className="sm">{t(online ? 'pay-online-text' : 'pay-how-text')}</p>
              {online && dues.length > 0 && (
                <p className="mt-s">
                  <LinkButton href={url(addresses.myPay)} icon="wallet">
                    {t('pay-online')}
                  </LinkButton>
                </p>
              )}
              <p className="sm mut mt-s">
                {local(town.hours)} · {local(town.address)}
              </p>
              {!online && <p className="sm mut mt-s">{t('fee-online')}</p>}
            </Pane>
            {credits.length > 0 && (
              <Pane id="credit">
                {credits.map(sum => (
                  <p key={sum.currency} className="ok-c sm">
                    {t('credit-mine', { amount: formatMoney(sum, locale) })}
                  </p>
                ))}
              </Pane>
            )}
            {plans.length > 0 && <Plans plans={plans} />}
          </>
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
        <p className="mt">
          <a href={url(addresses.myStatement)}>{t('to-statement')}</a>
        </p>
        {accounts.length > 0 && (
          <div className="mt">
            <Pane id="accounts" title={t('accounts')}>
              <ul className="lines">
                {accounts.map(account => (
                  <li key={account.id}>
                    <a href={url(addresses.myStatement, {}, { account: account.id })}>
                      <Say>{t('account-number', { number: account.number })}</Say>
                    </a>
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
        <HowLink topic="pay" />
        <p className="sm mut mt">
          {t('dues-wrong')} <a href={url(addresses.help)}>{t('need-help')}</a>
        </p>
      </Columns>
    </CitizenLayout>
  )
}

/** What is paid in instalments, with the next one. */
function Plans({ plans }: { plans: Plan[] }) {
  const t = useTexts(citizenTexts)
  const { locale } = usePage()
  return (
    <Pane id="plans" title={t('plans-mine')} icon="cal">
      <ul className="lines">
        {plans.map(({ id, amount, standing: { next, state } }) => (
          <li key={id}>
            {t('plan-mine', { amount: formatMoney(amount, locale) })}
            {next && (
              <small className={state === 'broken' ? 'stop-c line-note' : 'mut line-note'}>
                {t('plan-mine-next', { amount: formatMoney(next.missing, locale) })}{' '}
                <DateText value={next.dueOn} form="plain" />
                {state === 'broken' && ` ${t('plan-mine-broken')}`}
              </small>
            )}
          </li>
        ))}
      </ul>
    </Pane>
  )
}

/** Days after which a balance of the earlier program is no longer to be trusted without asking. */
const staleAfter = 60

function DueNote({ due }: { due: Due }) {
  const t = useTexts(citizenTexts)
  const { now, timeZone } = usePage()
  const stale = due.asOf !== undefined && due.asOf < addDays(dateIn(now, timeZone), -staleAfter)
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
          {stale && <span className="warn-c"> · {t('due-stale')}</span>}
        </>
      )}
      {due.planKept && (
        <>
          {' · '}
          {t('due-in-plan')}
        </>
      )}
    </>
  )
}
