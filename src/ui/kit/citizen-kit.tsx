import {
  CallList,
  CitizenLayout,
  Clock,
  Columns,
  DateText,
  Doors,
  DuesList,
  Empty,
  KeyValues,
  Kinds,
  LinkButton,
  Money,
  Note,
  Pane,
  PaperList,
  Progress,
  Reply,
  RequestList,
  Route,
  SearchBand,
  Section,
  Stack,
  StateBadge,
  Stepper,
  Table,
  Thread,
  Times,
  Toast,
  useTexts,
  Wrap,
} from '../index.ts'
import type { StateId } from '../parts/state.tsx'
import { KitFields } from './fields-kit.tsx'
import { kitStrings } from './strings.ts'

const ILS = (minor: number) => ({ minor, currency: 'ILS' as const })
const JOD = (minor: number) => ({ minor, currency: 'JOD' as const })

/** Every part of the citizen's side on one page. */
export function CitizenKit() {
  const t = useTexts(kitStrings)
  const faults = [
    { field: 'place.parcel', code: 'not-a-number' },
    { field: 'phone', code: 'phone-malformed' },
    { field: 'lease', code: 'file-too-large', values: { max: 10 } },
  ]
  return (
    <CitizenLayout title={t('title')} description={t('lead')} faults={faults} wide>
      <SearchBand
        title={t('band-title')}
        label={t('band-label')}
        action="#"
        often={[
          { href: '#1', label: t('t-1') },
          { href: '#2', label: t('t-2') },
        ]}
      />
      <Wrap>
        <Doors
          label={t('doors')}
          doors={[
            { href: '#a', icon: 'list', title: t('nav-mine'), note: t('door-1') },
            { href: '#b', icon: 'wallet', title: t('nav-dues'), note: t('door-2') },
            { href: '#c', icon: 'horn', title: t('door-3'), note: t('door-3-note') },
            { href: '#d', icon: 'ticket', title: t('door-4'), note: t('door-4-note') },
          ]}
        />
        <Section id="services" title={t('nav-services')}>
          <Kinds
            kinds={[
              { href: '#e', icon: 'bolt', title: t('kind-1'), note: t('kind-1-note'), count: 19 },
              { href: '#f', icon: 'build', title: t('kind-2'), note: t('kind-2-note'), count: 25 },
              { href: '#g', icon: 'drop', title: t('kind-3'), note: t('kind-3-note'), count: 11 },
            ]}
          />
        </Section>
        <KitStates />
        <Mine />
        <KitFields faults={faults} />
        <Service />
        <Notices />
      </Wrap>
    </CitizenLayout>
  )
}

function KitStates() {
  const t = useTexts(kitStrings)
  const badges = (...states: StateId[]) => (
    <p className="row mt-s">
      {states.map(state => (
        <StateBadge key={state} state={state} />
      ))}
    </p>
  )
  return (
    <Section id="states" title={t('states')} sub={t('states-sub')}>
      <div className="panes states">
        <div>
          <h3 className="h-s">{t('turn-ours')}</h3>
          {badges('submitted', 'in-process', 'in-review')}
        </div>
        <div>
          <h3 className="h-s">{t('turn-yours')}</h3>
          {badges('awaiting-fee', 'awaiting-papers')}
        </div>
        <div>
          <h3 className="h-s">{t('turn-other')}</h3>
          {badges('awaiting-outside')}
        </div>
        <div>
          <h3 className="h-s">{t('turn-none')}</h3>
          {badges('done', 'rejected', 'withdrawn')}
        </div>
      </div>
      <p className="row mt-s">
        <Clock clock={{ kind: 'fine', remaining: 3, total: 6, unit: 'days' }} />
        <Clock clock={{ kind: 'near', remaining: 3, total: 24, unit: 'hours' }} />
        <Clock clock={{ kind: 'near', remaining: 0, total: 6, unit: 'days' }} />
        <Clock clock={{ kind: 'late', over: 2, unit: 'days' }} />
        <Clock clock={{ kind: 'held' }} />
      </p>
    </Section>
  )
}

function Mine() {
  const t = useTexts(kitStrings)
  const at = (time: string) => <DateText value={new Date(time)} form="moment" />
  const dues = (
    <>
      <Pane
        id="dues"
        title={t('dues')}
        end={t('dues-when')}
        pad={false}
        footer={
          <Stack gap="small">
            <LinkButton href="#pay" icon="cash" full>
              {t('call-2-do')}
            </LinkButton>
            <LinkButton href="#instalments" variant="quiet" full>
              {t('instalments')}
            </LinkButton>
          </Stack>
        }
      >
        <DuesList
          lines={[
            { id: '1', kind: t('d-water'), note: t('d-water-note'), amount: ILS(8640) },
            { id: '2', kind: t('d-waste'), note: t('d-waste-note'), amount: ILS(6000) },
            { id: '3', kind: t('d-licence'), note: t('d-licence-note'), amount: JOD(12000) },
            { id: '4', kind: t('d-power'), note: t('d-power-note') },
          ]}
        />
      </Pane>
      <Pane id="help" title={t('help')}>
        <p className="sm mut">{t('help-text')}</p>
      </Pane>
    </>
  )
  return (
    <Columns side={dues}>
      <Stack gap="large">
        <Section id="waiting-for-you" title={t('mine')}>
          <CallList
            items={[
              {
                id: '1',
                state: 'awaiting-papers',
                title: t('call-1'),
                note: t('call-1-note'),
                action: (
                  <LinkButton href="#x1" icon="cam">
                    {t('call-1-do')}
                  </LinkButton>
                ),
              },
              {
                id: '2',
                state: 'awaiting-fee',
                title: t('call-2'),
                note: t('call-2-note'),
                action: (
                  <LinkButton href="#x2" icon="cash">
                    {t('call-2-do')}
                  </LinkButton>
                ),
              },
            ]}
          />
        </Section>
        <Section id="others" title={t('others')} actions={<a href="#all">{t('all-mine')}</a>}>
          <RequestList
            rows={[
              {
                id: '1',
                href: '#r1',
                service: t('r-1'),
                number: '4090/2026',
                state: 'in-process',
                step: { at: 3, of: 5 },
                note: t('r-1-note'),
              },
              {
                id: '2',
                href: '#r2',
                service: t('r-2'),
                number: '3877/2026',
                state: 'awaiting-outside',
                step: { at: 4, of: 7 },
                note: t('r-2-note'),
              },
              {
                id: '3',
                href: '#r3',
                service: t('r-3'),
                number: '3655/2026',
                state: 'done',
                step: { at: 4, of: 4 },
                note: t('r-3-note'),
                action: (
                  <LinkButton href="#c3" variant="quiet" icon="dl">
                    {t('r-3-do')}
                  </LinkButton>
                ),
              },
              {
                id: '4',
                href: '#r4',
                service: t('r-4'),
                number: '3410/2026',
                state: 'rejected',
                note: t('r-4-note'),
                action: (
                  <a className="sm" href="#r4">
                    {t('r-4-do')}
                  </a>
                ),
              },
            ]}
          />
        </Section>
        <Section id="messages" title={t('messages')}>
          <Thread
            items={[
              {
                id: '1',
                from: t('m-officer'),
                when: at('2026-11-09T07:05:00Z'),
                about: t('m-about'),
                text: t('m-1'),
              },
              { id: '2', from: t('m-you'), when: at('2026-11-09T07:40:00Z'), mine: true, text: t('m-2') },
            ]}
          />
          <Reply action="#reply" />
        </Section>
        <Looks />
      </Stack>
    </Columns>
  )
}

function Looks() {
  const t = useTexts(kitStrings)
  const rows = [
    { who: t('w-1'), why: t('w-1-why'), at: new Date('2026-11-09T07:03:00Z') },
    { who: t('w-2'), why: t('w-2-why'), at: new Date('2026-11-02T07:12:00Z') },
  ]
  return (
    <Section id="looks" title={t('looks')} sub={t('looks-sub')}>
      <Pane pad={false}>
        <Table
          caption={t('looks')}
          columns={[
            { id: 'who', head: t('k-who'), cell: row => row.who, phone: 'line', heads: true },
            { id: 'why', head: t('k-why'), cell: row => row.why },
            {
              id: 'when',
              head: t('k-when'),
              cell: row => <DateText value={row.at} form="moment" />,
              dim: true,
              tight: true,
            },
          ]}
          rows={rows}
          rowId={row => row.why}
        />
      </Pane>
    </Section>
  )
}

function Service() {
  const t = useTexts(kitStrings)
  return (
    <>
      <Section id="service" title={t('facts')}>
        <KeyValues
          kind="facts"
          pairs={[
            { term: t('fa-time'), value: t('fa-time-v') },
            { term: t('fa-fee'), value: <Money value={ILS(1000)} /> },
            { term: t('fa-sub'), value: <Money value={JOD(170000)} /> },
            { term: t('fa-visit'), value: t('fa-visit-v') },
          ]}
        />
        <div className="guide mt">
          <PaperList
            papers={[
              { id: '1', title: t('pa-1'), note: t('pa-1-note') },
              { id: '2', title: t('pa-2'), tag: t('pa-2-tag') },
              { id: '3', title: t('pa-3'), note: t('pa-3-note'), known: true },
            ]}
          />
        </div>
      </Section>
      <Section id="times" title={t('times')}>
        <Times
          rows={[
            { id: '1', label: t('t-1'), taken: 1, promised: 2, shown: t('t-1-v'), shownPromise: t('t-1-p') },
            {
              id: '2',
              label: t('t-2'),
              why: t('t-2-why'),
              taken: 34,
              promised: 30,
              shown: t('t-2-v'),
              shownPromise: t('t-2-p'),
            },
          ]}
        />
      </Section>
      <Section id="route" title={t('route')}>
        <Stepper step={3} of={5} service={t('facts')} next={t('next-papers')} />
        <Route
          stops={[
            { id: '1', state: 'done', title: t('s-1'), note: t('s-1-note') },
            { id: '2', state: 'done', title: t('s-2') },
            { id: '3', state: 'halt', title: t('s-3'), note: t('s-3-note') },
            { id: '4', state: 'to-come', title: t('s-4') },
          ]}
        />
      </Section>
    </>
  )
}

function Notices() {
  const t = useTexts(kitStrings)
  return (
    <Section id="notes" title={t('notes')}>
      <Stack>
        <Note icon="drop" title={t('n-water')}>
          {t('n-water-text')}
        </Note>
        <Note tone="olive">{t('n-done')}</Note>
        <Note tone="honey" icon="cash">
          {t('n-fee')}
        </Note>
        <Note tone="sumac">{t('n-stop')}</Note>
        <Note tone="fig">{t('n-out')}</Note>
        <Toast flash={{ text: t('toast'), undo: '#undo' }} />
        <Empty
          title={t('e-title')}
          action={
            <LinkButton href="#info" variant="quiet">
              {t('e-action')}
            </LinkButton>
          }
        >
          {t('e-text')}
        </Empty>
        <Progress share={0.65}>{t('progress')}</Progress>
      </Stack>
    </Section>
  )
}
