import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Columns,
  Crumbs,
  DateText,
  Head,
  LinkButton,
  Pane,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, type Typed } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import {
  type Absence,
  absencesFrom,
  type Delegation,
  delegationsFrom,
  formsHandedTo,
  type LeftForm,
  LendingPane,
  type Office,
  officesOf,
} from '../../../people/index.ts'
import { type Colleague, colleaguesOf } from '../colleagues.ts'
import { typedOne } from '../request/read-act.ts'
import { staffText, staffTexts } from '../strings.ts'
import { AbsencePane } from './absence-pane.tsx'
import { PhrasePane } from './phrase-pane.tsx'
import { phrasesOf, type StoredPhrase } from './phrases.ts'
import { maySetAbsence, officesAt, officesKept, type StaffActor, staffActor } from './rights.ts'

/** What came back with a form of this page. */
export type DeskShown = { form?: 'phrase' | 'absence' | 'lending'; typed: Typed; faults: readonly Fault[] }

export type DeskProps = {
  actor: StaffActor
  phrases: StoredPhrase[]
  offices: Office[]
  /** Offices whose phrases this person keeps. */
  kept: string[]
  colleagues: Colleague[]
  absences: Absence[]
  /** Whose absence this person may enter. */
  people: Colleague[]
  /** What they have lent and was lent to them. */
  lent: Delegation[]
  /** Forms of leavers that were handed to them. */
  handed: LeftForm[]
  shown: DeskShown
}

/** `/office/desk`: ready phrases, and who stands in while one is away. */
export async function showDesk(call: Call, shown: DeskShown = { typed: {}, faults: [] }): Promise<Response> {
  const actor = staffActor(call.visitor.actor)
  const props = await read(call, async tx => {
    const colleagues = await colleaguesOf(tx, call.town.timeZone)
    const absences = await absencesFrom(tx, dateIn(tx.now, call.town.timeZone))
    const may = (staffId: string) => maySetAbsence(actor, staffId, colleagues)
    return {
      colleagues,
      absences: absences.filter(({ staffId, deputyId }) => may(staffId) || deputyId === actor.staffId),
      people: onePlaceEach(colleagues.filter(({ staffId }) => may(staffId))),
      phrases: await phrasesOf(tx, [actor.staffId, ...officesAt(actor)]),
      offices: await officesOf(tx),
      lent: await delegationsFrom(tx, dateIn(tx.now, call.town.timeZone), actor.staffId),
      handed: await formsHandedTo(tx, actor.staffId),
    }
  })
  return showPage(
    call,
    <DeskPage
      {...props}
      actor={actor}
      kept={officesKept(actor)}
      shown={shown}
      title={staffText(call.locale, 'desk-title')}
    />,
    shown.faults.length > 0 ? 422 : 200,
  )
}

/** Whoever has posts at several offices is named once. */
const onePlaceEach = (colleagues: Colleague[]): Colleague[] => [
  ...new Map(colleagues.map(each => [each.staffId, each])).values(),
]

function DeskPage({ title, ...props }: DeskProps & { title: string }) {
  const t = useTexts(staffTexts)
  const { url } = usePage()
  return (
    <StaffLayout title={title} faults={props.shown.faults}>
      <Crumbs links={[{ label: t('inbox-title'), href: url(addresses.inbox) }]} />
      <Head
        title={title}
        sub={t('desk-sub')}
        actions={
          <LinkButton href={url(addresses.mySecurity)} variant="quiet" icon="lock">
            {t('desk-security')}
          </LinkButton>
        }
      />
      <Columns
        side={
          <>
            <AbsencePane {...props} />
            <Lending {...props} />
          </>
        }
      >
        <Stack>
          {props.handed.length > 0 && <Handed handed={props.handed} />}
          <PhrasePane {...props} />
        </Stack>
      </Columns>
    </StaffLayout>
  )
}

function Lending({ actor, lent, offices, colleagues, shown }: DeskProps) {
  const own = officesAt(actor)
  const { typed, faults } = shown.form === 'lending' ? shown : { typed: {}, faults: [] }
  return (
    <LendingPane
      me={actor.staffId}
      lent={lent}
      offices={offices.filter(({ code }) => own.includes(code))}
      allOffices={offices}
      colleagues={onePlaceEach(colleagues).map(({ staffId, name }) => ({ id: staffId, name }))}
      typed={name => typedOne(typed, name)}
      faults={faults}
    />
  )
}

/** What leavers wrote and this person goes on with. */
function Handed({ handed }: Pick<DeskProps, 'handed'>) {
  const t = useTexts(staffTexts)
  const { url } = usePage()
  return (
    <Pane id="handed" title={t('desk-handed')} icon="doc">
      <ul className="lines">
        {handed.map(form => (
          <li key={form.id}>
            <a href={url(addresses.handedForm, { form: form.id })}>{t('desk-handed-open')}</a>{' '}
            <DateText value={form.at} form="moment" />
          </li>
        ))}
      </ul>
    </Pane>
  )
}
