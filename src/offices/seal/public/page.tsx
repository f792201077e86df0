import { addresses } from '../../../lib/addresses.ts'
import { addDays, dateIn } from '../../../lib/calendar.ts'
import {
  CitizenLayout,
  DateText,
  Head,
  KeyValues,
  LinkButton,
  Note,
  Num,
  Read,
  RootGroups,
  RootText,
  Row,
  Section,
  Stack,
  Table,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { groupsOf } from '../model.ts'
import { knownKeys, lastCheckpoint, type SealedCheckpoint } from '../store.ts'
import { sealTexts } from '../strings.ts'
import { type DaySeal, sealsOfDays } from './days.ts'

const shownDays = 14

/** `/open/seal`: what the log has come to, the seals of the last days, and how anybody can hold the town to them. */
export async function showSeal(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const days = Array.from({ length: shownDays }, (_, back) => addDays(today, -back))
  const seen = await read(call, async tx => ({
    now: await lastCheckpoint(tx),
    days: await sealsOfDays(tx, days, call.town.timeZone),
    keys: (await knownKeys(tx)).map(each => each.verifier),
  }))
  return showPage(call, <SealPage {...seen} />)
}

type Seen = { now: SealedCheckpoint | undefined; days: DaySeal[]; keys: string[] }

function SealPage({ now, days, keys }: Seen) {
  const t = useTexts(sealTexts)
  return (
    <CitizenLayout title={t('title')} styles="staff">
      <Read>
        <Head title={t('title')} sub={t('intro')} />
        {now ? (
          <Stack gap="large">
            <Now now={now} />
            <Days days={days} />
            <Check keys={keys} />
          </Stack>
        ) : (
          <Note>{t('none')}</Note>
        )}
      </Read>
    </CitizenLayout>
  )
}

function Now({ now }: { now: SealedCheckpoint }) {
  const t = useTexts(sealTexts)
  return (
    <Section id="now" title={t('now')}>
      <KeyValues
        pairs={[
          { term: t('groups'), value: <RootGroups groups={groupsOf(now.root)} /> },
          { term: t('size'), value: t('entries', { count: now.size }) },
          { term: t('sealed-at'), value: <DateText value={now.at} form="moment" /> },
          { term: t('root'), value: <RootText>{now.root.toString('base64')}</RootText> },
        ]}
      />
      <p className="sm mut">{t('groups-hint')}</p>
    </Section>
  )
}

function Days({ days }: { days: DaySeal[] }) {
  const t = useTexts(sealTexts)
  const { url } = usePage()
  return (
    <Section id="days" title={t('days')} sub={t('days-intro')}>
      <Table
        caption={t('days')}
        rows={days}
        rowId={each => each.day}
        columns={[
          {
            id: 'day',
            head: t('day'),
            cell: each => <DateText value={each.day} form="plain" />,
            heads: true,
            tight: true,
          },
          {
            id: 'size',
            head: t('size'),
            cell: each => <Num>{each.size.toLocaleString('en')}</Num>,
            phone: 'end',
          },
          {
            id: 'sheet',
            head: t('sheet'),
            cell: each => <a href={url(addresses.openSealDay, { date: each.day })}>{t('sheet')}</a>,
            phone: 'line',
          },
        ]}
      />
    </Section>
  )
}

function Check({ keys }: { keys: string[] }) {
  const t = useTexts(sealTexts)
  const { url } = usePage()
  return (
    <Section id="check" title={t('check')}>
      <Stack>
        <ul className="lines">
          <li>{t('check-keep')}</li>
          <li>{t('check-compare')}</li>
          <li>{t('check-program')}</li>
        </ul>
        <Row>
          <LinkButton href={url(addresses.openSealCheckpoint)} icon="dl">
            {t('file-checkpoint')}
          </LinkButton>
          <LinkButton href={url(addresses.openSealKey)} variant="quiet" icon="dl">
            {t('file-key')}
          </LinkButton>
        </Row>
        {keys.map(key => (
          <p className="sm" key={key}>
            {t('key-name')} <RootText>{key}</RootText>
          </p>
        ))}
        <p className="sm mut">{t('hashes')}</p>
      </Stack>
    </Section>
  )
}
