import { addresses } from '../../../lib/addresses.ts'
import { longDate } from '../../../lib/dates.ts'
import { DateText, LinkButton, SheetPage, Table, useTexts } from '../../../ui/index.ts'
import { type Call, idParam, read, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type LookAt, looksAt } from '../../audit/index.ts'
import { lookInto, lookRules, openedBy } from '../../looks/index.ts'
import { getPerson } from '../../people/index.ts'
import { Looker } from '../looker.tsx'
import { oversightText, oversightTexts } from '../strings.ts'
import { Why } from '../why.tsx'

const most = 60

/** GET: who looked, on paper, for the person who stands at the window. */
export async function printLooks(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const view = await read(call, async tx => {
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    const cause = await lookInto(call, tx, { ...seen, cause: oversightText('ar', 'print-cause') })
    const opened = openedBy(tx, cause)
    return {
      name: (await getPerson(opened, personId)).displayName,
      looks: await looksAt(opened, personId, { limit: most + 1 }),
      rule: (await lookRules(tx)).name,
    }
  })
  const title = oversightText(call.locale, 'print-title', { name: view.name })
  const printed = oversightText(call.locale, 'print-town', {
    date: longDate(call.now, { locale: call.locale, timeZone: call.town.timeZone }),
  })
  return showPage(
    call,
    <SheetPage
      side="staff"
      title={title}
      sub={view.looks.length > most ? oversightText(call.locale, 'print-more', { count: most }) : undefined}
      actions={
        <>
          <LinkButton href="#sheet" icon="print" hotkey="F9">
            {oversightText(call.locale, 'print')}
          </LinkButton>
          <LinkButton href={url(call, addresses.counterPerson, { person: personId })} variant="plain">
            {view.name}
          </LinkButton>
        </>
      }
    >
      <Sheet title={title} printed={printed} looks={view.looks.slice(0, most)} rule={view.rule} />
    </SheetPage>,
  )
}

function Sheet({
  title,
  printed,
  looks,
  rule,
}: {
  title: string
  printed: string
  looks: LookAt[]
  rule: 'role' | 'name'
}) {
  const t = useTexts(oversightTexts)
  return (
    <section id="sheet" className="sheet a4">
      <h2>{title}</h2>
      <p className="sm mut">{printed}</p>
      <Table
        caption={title}
        rows={looks}
        rowId={each => each.auditId}
        columns={[
          {
            id: 'when',
            head: t('when'),
            tight: true,
            cell: each => <DateText value={each.at} form="moment" />,
          },
          { id: 'who', head: t('who'), heads: true, cell: each => <Looker who={each.who} name={rule} /> },
          { id: 'why', head: t('why'), cell: each => <Why look={each} /> },
        ]}
      />
    </section>
  )
}
