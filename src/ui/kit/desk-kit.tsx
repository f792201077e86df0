import {
  Bars,
  Button,
  CallPane,
  Confirm,
  DocumentViewer,
  Figures,
  FoundList,
  Head,
  KeyValues,
  LinkButton,
  LongTextField,
  Pane,
  PhoneMock,
  Route,
  RuleBox,
  Segments,
  SmsBubble,
  SmsEditor,
  Stack,
  StackBars,
  StateBadge,
  useTexts,
  Zones,
} from '../index.ts'
import { kitStrings } from './strings.ts'

/* A drawing that stands for a scanned page. */
const PAGE =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%22560%22 height=%22300%22%3E%3Crect width=%22560%22 height=%22300%22 fill=%22%23fff%22/%3E%3Cpath d=%22M40 60 176 48 190 150 52 166zM176 48 300 44 312 138 190 150z%22 fill=%22%23f6f3ec%22 stroke=%22%23555%22/%3E%3C/svg%3E'

/** Parts of an office's desk and of the manager's page. */
export function DeskKit() {
  const t = useTexts(kitStrings)
  return (
    <div className="mt">
      <Head title={t('facts')} level={2} sub={<StateBadge state="in-process" />} />
      <Zones kind="request">
        <Stack>
          <Pane id="answers" title={t('answers')} end={t('as-filed')} order={3}>
            <KeyValues
              kind="answers"
              pairs={[
                { term: t('k-address'), value: t('v-address') },
                { term: t('a-meter'), value: t('a-meter-v') },
              ]}
            />
          </Pane>
          <Pane id="way" title={t('route')} order={5}>
            <Route
              stops={[
                { id: '1', state: 'done', title: t('s-1'), note: t('s-1-note') },
                { id: '2', state: 'now', title: t('s-2') },
                { id: '3', state: 'outside', title: t('turn-other') },
                { id: '4', state: 'to-come', title: t('s-4') },
              ]}
            />
          </Pane>
        </Stack>
        <Stack>
          <Papers />
        </Stack>
        <Stack>
          <AskPane />
        </Stack>
      </Zones>
      <Manager />
      <div className="mt">
        <Zones kind="half">
          <FoundList
            groups={[
              {
                id: 'people',
                label: t('people'),
                items: [
                  { id: '1', href: '#p1', icon: 'user', title: t('person-name'), note: t('found-note') },
                ],
              },
              {
                id: 'requests',
                label: t('rail-requests'),
                items: [
                  {
                    id: '2',
                    href: '#p2',
                    icon: 'doc',
                    title: t('r-3'),
                    note: t('person-name'),
                    end: <StateBadge state="done" />,
                  },
                ],
              },
            ]}
          />
          <PhoneMock
            number="0599 000 123"
            messages={[
              { id: '1', at: new Date('2026-11-09T07:05:00Z'), from: t('town-short'), text: t('sms-code') },
              { id: '2', at: new Date('2026-11-09T08:05:00Z'), from: t('town-short'), text: t('sms-text') },
            ]}
          />
        </Zones>
      </div>
      <div className="mt">
        <Confirm
          title={t('c-title')}
          action="#reject"
          verb={t('c-verb')}
          stops
          back="#back"
          fields={<LongTextField name="reason" label={t('c-reason')} rows={2} />}
        >
          {t('c-text')}
        </Confirm>
      </div>
    </div>
  )
}

function Papers() {
  const t = useTexts(kitStrings)
  return (
    <Pane
      id="papers"
      title={t('attachments')}
      aside={t('n-documents')}
      end={t('page-of')}
      pad={false}
      order={1}
    >
      <DocumentViewer
        pages={[{ src: PAGE, alt: t('site-plan') }]}
        original="#file"
        unclear={
          <LinkButton href="#ask" variant="plain" icon="gap">
            {t('unclear')}
          </LinkButton>
        }
        documents={[
          { id: '1', href: '#v1', title: t('v-1'), state: 'ok', current: true },
          { id: '2', href: '#v2', title: t('v-2'), state: 'ok' },
          { id: '3', href: '#v3', title: t('v-3'), state: 'warn' },
        ]}
      />
    </Pane>
  )
}

function AskPane() {
  const t = useTexts(kitStrings)
  return (
    <Pane id="ask" title={t('ask-paper')} icon="gap" tone="stop" order={2}>
      <p className="lbl sm">{t('short-message')}</p>
      <SmsBubble text={t('sms-text')} checked={t('sms-checked')} />
      <RuleBox verdict="warn" title={t('s-3-note')} />
      <SmsEditor
        name="sms"
        label={t('short-message')}
        value={t('sms-draft').replace('[', '{').replace(']', '}')}
        examples={{ [t('sms-name')]: '4178/2026' }}
        price={{ milli: 4_500, currency: 'ILS' }}
      />
      <div className="mt-s">
        <Button variant="stop" full hotkey="Ctrl+Enter">
          {t('ask-paper')}
        </Button>
      </div>
    </Pane>
  )
}

function Manager() {
  const t = useTexts(kitStrings)
  return (
    <div className="mt">
      <Head
        title={t('figures')}
        level={2}
        actions={
          <Segments
            label={t('period')}
            links={[
              { href: '#today', label: t('today'), current: true },
              { href: '#week', label: t('week') },
            ]}
          />
        }
      />
      <CallPane
        icon="lens"
        level={3}
        title={t('review-call')}
        action={
          <LinkButton href="#review" big iconEnd="go">
            {t('review-do')}
          </LinkButton>
        }
      >
        {t('review-note')}
      </CallPane>
      <div className="mt">
        <Figures
          figures={[
            { label: t('fi-in'), value: 47, note: t('fi-in-note') },
            { label: t('fi-done'), value: 39, note: t('fi-done-note') },
            { label: t('fi-late'), value: 25, note: t('fi-late-note'), alarm: true },
          ]}
        />
      </div>
      <div className="mt">
        <Zones kind="half">
          <Pane id="where" title={t('where-work')}>
            <StackBars
              bars={[
                {
                  id: '1',
                  label: t('o-eng'),
                  href: '#o1',
                  inTime: 38,
                  soon: 14,
                  late: 11,
                  veryLate: 5,
                  note: t('o-eng-late'),
                },
                {
                  id: '2',
                  label: t('o-power'),
                  href: '#o2',
                  inTime: 29,
                  soon: 7,
                  late: 4,
                  veryLate: 1,
                  note: t('o-power-late'),
                },
              ]}
            />
          </Pane>
          <Pane id="kept" title={t('kept')}>
            <Bars
              top={100}
              goal={90}
              bars={[
                { id: '1', label: t('t-1'), value: 98, shown: '98%' },
                { id: '2', label: t('t-2'), value: 61, shown: '61%', below: true },
              ]}
            />
          </Pane>
        </Zones>
      </div>
    </div>
  )
}
