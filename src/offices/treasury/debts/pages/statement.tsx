import { addresses } from '../../../../lib/addresses.ts'
import { dateIn, isCalendarDate } from '../../../../lib/calendar.ts'
import { shortDate } from '../../../../lib/dates.ts'
import { isId } from '../../../../lib/ids.ts'
import { currencyWord, negate } from '../../../../lib/money.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { CitizenLayout, Crumbs, Head, LinkButton, StaffLayout } from '../../../../ui/index.ts'
import { type Call, idParam, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { lookInto } from '../../../looks/index.ts'
import { getPerson } from '../../../people/index.ts'
import { type Cell, type Report, reportFile } from '../../till/pages/report-file.ts'
import { staleDays } from '../rules.ts'
import { type Statement, statementOfPerson } from '../statement.ts'
import { type AccountFact, accountFacts } from '../statement-accounts.ts'
import { debtText } from '../strings.ts'
import { citizenIn } from './citizen.ts'
import { StatementPrint } from './statement-sheet.tsx'
import { StatementBody } from './statement-table.tsx'

export type StatementView = {
  side: 'citizen' | 'staff'
  person: { id: string; name: string }
  statement: Statement
  accounts: AccountFact[]
  account: string | undefined
  from: string | undefined
  until: string | undefined
  staleBefore: Date
  address: (query?: Record<string, string | undefined>) => string
}

const dayOf = (text: string | undefined): string | undefined =>
  text && isCalendarDate(text) ? text : undefined

async function view(
  tx: Read,
  call: Call,
  side: StatementView['side'],
  personId: string,
  address: StatementView['address'],
): Promise<StatementView> {
  const today = dateIn(call.now, call.town.timeZone)
  const { account, from, until } = call.query
  const of = { from: dayOf(from), until: dayOf(until), accountId: isId(account ?? '') ? account : undefined }
  const statement = await statementOfPerson(tx, personId, today, of)
  const person = await getPerson(tx, personId)
  const stale = await staleDays(tx, today)
  return {
    side,
    statement,
    account: of.accountId,
    from: of.from,
    until: of.until,
    person: { id: personId, name: person.displayName },
    accounts: await accountFacts(tx, personId),
    staleBefore: new Date(call.now.getTime() - stale * 86_400_000),
    address: query => address({ account: of.accountId, from: of.from, until: of.until, ...query }),
  }
}

/** GET: the citizen's own statement, on the screen, on A4 or as a file. */
export async function showMyStatement(call: Call): Promise<Response> {
  const personId = citizenIn(call)
  const address = (query?: Record<string, string | undefined>) => url(call, addresses.myStatement, {}, query)
  return show(call, await read(call, tx => view(tx, call, 'citizen', personId, address)))
}

/** GET: the same of a person, at the counter and at the treasurer's. */
export async function showStatement(call: Call): Promise<Response> {
  const person = idParam(call, 'person')
  const address = (query?: Record<string, string | undefined>) =>
    url(call, addresses.counterStatement, { person }, query)
  const shown = await read(call, async tx => {
    const seen = { personId: person, subjectKind: 'person', subjectId: person }
    await lookInto(call, tx, { ...seen, cause: debtText('ar', 'look-statement') })
    return view(tx, call, 'staff', person, address)
  })
  return show(call, shown)
}

async function show(call: Call, of: StatementView): Promise<Response> {
  const word = (key: Parameters<typeof debtText>[1], values = {}) => debtText(call.locale, key, values)
  const file = await reportFile(call, () => report(call, of))
  if (file) return file
  if (call.query.format === 'print') return showPage(call, <StatementPrint view={of} />)
  const title = of.side === 'citizen' ? word('my-statement') : word('statement-of', { name: of.person.name })
  const actions = (
    <>
      <LinkButton
        href={of.address({ format: 'print' })}
        icon="print"
        variant="quiet"
        hotkey={of.side === 'staff' ? 'F9' : undefined}
      >
        {word('print')}
      </LinkButton>
      <LinkButton href={of.address({ as: 'csv' })} icon="dl" variant="quiet">
        {word('csv')}
      </LinkButton>
    </>
  )
  const head = <Head title={title} sub={word('statement-sub')} actions={actions} />
  return showPage(
    call,
    of.side === 'citizen' ? (
      <CitizenLayout title={title} unlisted>
        <Crumbs links={[{ label: word('back'), href: url(call, addresses.myDues) }]} />
        {head}
        <StatementBody view={of} />
      </CitizenLayout>
    ) : (
      <StaffLayout title={title}>
        <Crumbs
          links={[
            {
              label: word('dues-of', { name: of.person.name }),
              href: url(call, addresses.counterDues, { person: of.person.id }),
            },
          ]}
        />
        {head}
        <StatementBody view={of} />
      </StaffLayout>
    ),
  )
}

function report(call: Call, { statement, accounts }: StatementView): Report {
  const { locale } = call
  const word = (key: Parameters<typeof debtText>[1]) => debtText(locale, key)
  const style = { locale, timeZone: call.town.timeZone }
  const number = new Map(accounts.map(account => [account.id, account.number]))
  const heads = ['col-date', 'col-what', 'col-account', 'col-document', 'col-debit', 'col-credit'] as const
  const balance = (key: 'opening' | 'closing'): Cell[][] =>
    statement[key].map(sum => [
      '',
      word(key),
      '',
      '',
      undefined,
      undefined,
      sum,
      currencyWord(sum.currency, locale),
    ])
  return {
    name: 'statement',
    title: word('statement'),
    columns: [...heads, 'col-balance' as const, 'col-currency' as const].map(word),
    rows: [
      ...balance('opening'),
      ...statement.lines.map((line): Cell[] => {
        const owed = line.amount.minor > 0
        return [
          shortDate(line.at, style),
          line.label?.[locale] ?? line.description,
          number.get(line.accountId) ?? '',
          line.document ?? '',
          owed ? line.amount : undefined,
          owed ? undefined : negate(line.amount),
          line.balance,
          currencyWord(line.amount.currency, locale),
        ]
      }),
      ...balance('closing'),
    ],
  }
}
