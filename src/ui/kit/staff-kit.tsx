import {
  Button,
  CheckField,
  CheckList,
  ChoiceField,
  DateText,
  DuesPanel,
  FeeGate,
  FilterBar,
  Flag,
  Head,
  type InboxRow,
  InboxTable,
  KeyHints,
  KeyValues,
  LinkButton,
  Pager,
  Pane,
  PhoneText,
  Row,
  Stack,
  StaffLayout,
  Tabs,
  Tag,
  ToolButton,
  useTexts,
  Zones,
} from '../index.ts'
import { DeskKit } from './desk-kit.tsx'
import { kitStrings } from './strings.ts'

const ILS = (minor: number) => ({ minor, currency: 'ILS' as const })

/** Every part of the working side on one page. */
export function StaffKit() {
  const t = useTexts(kitStrings)
  return (
    <StaffLayout title={t('title-staff')} whereabouts={t('whereabouts')} live="kit">
      <Head
        title={t('counter-title')}
        sub={t('counter-sub')}
        actions={
          <>
            <LinkButton href="#hold" variant="plain" icon="snooze">
              {t('hold-turn')}
            </LinkButton>
            <LinkButton href="#next" variant="quiet">
              {t('call-next')}
            </LinkButton>
          </>
        }
      />
      <Zones kind="counter">
        <Stack>
          <PersonPane />
          <DuesPane />
        </Stack>
        <Stack>
          <PapersPane />
        </Stack>
        <Stack>
          <GatePane />
          <Pane id="filing" title={t('filing')} step={{ number: 6, state: 'waiting' }}>
            <p className="sm mut">{t('filing-text')}</p>
            <div className="mt-s">
              <Button big full hotkey="F10" disabledBecause={t('submit-why')}>
                {t('submit')}
              </Button>
            </div>
          </Pane>
        </Stack>
      </Zones>
      <KeyHints
        hints={[
          { keys: 'F2', label: t('h-search') },
          { keys: 'F6', label: t('h-scan') },
          { keys: 'F8', label: t('h-collect') },
          { keys: 'Alt+1\u20266', label: t('h-steps') },
        ]}
      />
      <Inbox />
      <DeskKit />
    </StaffLayout>
  )
}

function PersonPane() {
  const t = useTexts(kitStrings)
  return (
    <Pane
      id="person"
      title={t('person')}
      step={{ number: 1, state: 'met' }}
      end={<a href="#change">{t('change')}</a>}
    >
      <p className="nm">{t('person-name')}</p>
      <KeyValues
        pairs={[
          { term: t('k-id'), value: '900000001' },
          { term: t('k-phone'), value: <PhoneText value="+970599000456" /> },
          { term: t('k-address'), value: t('v-address') },
        ]}
      />
      <div className="mt-s">
        <CheckField name="saw" label={t('saw-id')} checked />
      </div>
      <p className="xs dim">{t('person-note')}</p>
    </Pane>
  )
}

function DuesPane() {
  const t = useTexts(kitStrings)
  return (
    <Pane id="c-dues" title={t('c-dues')} step={{ number: 2, state: 'met' }} end={t('dues-when')} pad={false}>
      <DuesPanel
        lines={[
          { id: '1', kind: t('d-water'), note: t('bills-3'), amount: ILS(21450) },
          { id: '2', kind: t('d-waste'), note: t('d-waste-note'), amount: ILS(6000) },
          { id: '3', kind: t('d-power') },
        ]}
        rule={{ verdict: 'hold', title: t('rule-hold'), children: t('rule-hold-text') }}
        ways={
          <ChoiceField
            name="way"
            label={t('ways-label')}
            labelHidden
            value="parts"
            options={[
              { value: 'all', label: t('way-all') },
              { value: 'parts', label: t('way-parts'), hint: t('way-parts-hint') },
              { value: 'exception', label: t('way-exception'), hint: t('way-exception-hint') },
            ]}
          />
        }
        outcome={{ verdict: 'clear', title: t('rule-clear') }}
      />
    </Pane>
  )
}

function PapersPane() {
  const t = useTexts(kitStrings)
  const eye = <ToolButton icon="eye" label={t('show')} href="#show" />
  return (
    <Pane
      id="c-papers"
      title={t('c-papers')}
      step={{ number: 4, state: 'now' }}
      aside={t('papers-count')}
      end={
        <LinkButton href="#scan" variant="quiet" icon="scan" hotkey="F6">
          {t('scan-next')}
        </LinkButton>
      }
      pad={false}
    >
      <CheckList
        items={[
          { id: '1', state: 'ok', title: t('pc-1'), note: t('pc-1-note'), action: eye },
          {
            id: '2',
            state: 'ok',
            title: t('pc-2'),
            note: t('pc-2-note'),
            action: <Tag>{t('automatic')}</Tag>,
          },
          { id: '3', state: 'now', title: t('pc-3'), note: t('pc-3-note'), action: eye },
          { id: '4', state: 'ok', title: t('pc-4'), tag: t('original'), note: t('pc-4-note'), action: eye },
          { id: '5', state: 'not-needed', title: t('pc-5'), note: t('pc-5-note') },
        ]}
      />
    </Pane>
  )
}

function GatePane() {
  const t = useTexts(kitStrings)
  return (
    <FeeGate
      id="gate"
      title={t('gate-title')}
      step={{ number: 5, state: 'now' }}
      lines={[
        { label: t('g-1'), value: { minor: 50000, currency: 'JOD' } },
        { label: t('g-rate'), value: ILS(25500), dim: true },
        { label: t('g-2'), value: ILS(9150) },
      ]}
      total={ILS(34650)}
      tenders={[
        { value: 'cash', label: t('cash') },
        { value: 'card', label: t('card') },
        { value: 'cheque', label: t('cheque') },
      ]}
      received="350.00"
      change={ILS(350)}
      action={
        <Button big full icon="receipt" hotkey="F8">
          {t('collect')}
        </Button>
      }
      exception={<a href="#exception">{t('exception')}</a>}
    />
  )
}

function Inbox() {
  const t = useTexts(kitStrings)
  const day = (date: string) => <DateText value={date} form="dense" />
  const file = (count: number) => (
    <Flag icon="doc" label={t('attachments')}>
      {count}
    </Flag>
  )
  const rows: InboxRow[] = [
    {
      id: '1',
      href: '#i1',
      clock: { kind: 'late', over: 2, unit: 'days' },
      service: t('i-1'),
      number: '4011/2026',
      person: t('i-1-who'),
      wanted: t('i-1-want'),
      from: t('i-1-from'),
      when: day('2026-11-03'),
      flags: (
        <>
          {file(7)}
          <Flag icon="chat" tone="glass">
            {t('message')}
          </Flag>
        </>
      ),
      unread: true,
    },
    {
      id: '2',
      href: '#i2',
      clock: { kind: 'near', remaining: 3, total: 24, unit: 'hours' },
      service: t('i-2'),
      number: '4165/2026',
      person: t('person-name'),
      wanted: t('i-2-want'),
      from: t('i-2-from'),
      when: day('2026-11-09'),
      flags: file(5),
    },
    {
      id: '3',
      href: '#i3',
      clock: { kind: 'fine', remaining: 5, total: 6, unit: 'days' },
      service: t('i-3'),
      number: '4160/2026',
      person: t('i-3-who'),
      wanted: t('i-3-want'),
      from: t('i-3-from'),
      when: day('2026-11-08'),
      flags: file(3),
    },
  ]
  return (
    <div className="mt">
      <Tabs
        label={t('tabs-label')}
        tabs={[
          { href: '#mine', label: t('tab-mine'), count: 14, current: true, hotkey: 'Digit1' },
          { href: '#later', label: t('tab-later'), count: 3, hotkey: 'Digit2' },
          { href: '#info', label: t('tab-info'), count: 6, hotkey: 'Digit3' },
        ]}
      />
      <FilterBar
        chips={[
          { href: '#all', label: t('chip-all'), on: true },
          { href: '#late', label: t('chip-late'), count: 2 },
          { href: '#today', label: t('chip-today'), count: 3 },
        ]}
        order={t('inbox-order')}
      />
      <Pane pad={false}>
        <InboxTable caption={t('inbox-caption')} rows={rows} />
      </Pane>
      <div className="mt-s">
        <Pager from={1} to={11} total={14} next="#next" previous="#previous" />
      </div>
      <div className="mt">
        <Row>
          <Button icon="check" type="button" hotkey="KeyA">
            {t('save')}
          </Button>
          <Button variant="stop" icon="gap" type="button" hotkey="KeyS">
            {t('ask-paper')}
          </Button>
          <Button variant="quiet" icon="refer" type="button" hotkey="KeyR">
            {t('later')}
          </Button>
        </Row>
      </div>
    </div>
  )
}
