import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { milliInWords } from '../../../../lib/sms/index.ts'
import {
  type Column,
  Empty,
  Head,
  LinkButton,
  Note,
  Num,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { type Call, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type Provider, providersOf } from '../../carriers/store.ts'
import { MessageTabs } from '../../pages/tabs.tsx'
import { kindOf } from '../fields.ts'
import { type Pause, pausesOf } from '../pauses.ts'
import { takenOn } from '../store.ts'
import { providerText, providerTexts } from '../strings.ts'
import { Pauses } from './pauses.tsx'
import { Stands, senderOf } from './words.tsx'

type Taken = Awaited<ReturnType<typeof takenOn>>

/** GET: who carries the town's messages, how each stands, and what is not sent for now. */
export async function showProviders(call: Call): Promise<Response> {
  return drawProviders(call)
}

/** The page, with what was wrong in the form of pauses. */
export async function drawProviders(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const { providers, taken, pauses } = await read(call, async tx => ({
    providers: await providersOf(tx),
    taken: await takenOn(tx, today),
    pauses: await pausesOf(tx),
  }))
  const word = (key: Parameters<typeof providerText>[1]) => providerText(call.locale, key)
  return showPage(
    call,
    <StaffLayout title={word('title')} faults={faults}>
      <MessageTabs call={call} current="providers" />
      <Head
        title={word('title')}
        sub={word('sub')}
        actions={
          <>
            <LinkButton href={url(call, addresses.messageQuiet)} variant="quiet" icon="clock">
              {word('quiet')}
            </LinkButton>
            <LinkButton href={url(call, addresses.messageProviderNew)} icon="plus">
              {word('add')}
            </LinkButton>
          </>
        }
      />
      <Stack>
        {pauses.some(({ what }) => what === '*') && <Note tone="sumac">{word('all-paused')}</Note>}
        {call.town.isDemo && <Note>{word('demo-note')}</Note>}
        <Zones kind="wide">
          {providers.length === 0 ? (
            <Empty title={word('none-title')} level={2}>
              {word('none')}
            </Empty>
          ) : (
            <Providers providers={providers} taken={taken} />
          )}
          <PausesBeside pauses={pauses} faults={faults} call={call} />
        </Zones>
      </Stack>
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

function PausesBeside({ pauses, faults, call }: { pauses: Pause[]; faults: readonly Fault[]; call: Call }) {
  const { typed } = call
  return <Pauses pauses={pauses} faults={faults} typed={name => String(typed[name] ?? '')} />
}

function Providers({ providers, taken }: { providers: Provider[]; taken: Taken }) {
  const t = useTexts(providerTexts)
  const columns = useColumns(providers, taken)
  return (
    <Pane id="providers" title={t('back')} icon="road" pad={false}>
      <Table caption={t('title')} columns={columns} rows={providers} rowId={({ id }) => id} />
    </Pane>
  )
}

function useColumns(providers: Provider[], taken: Taken): Column<Provider>[] {
  const t = useTexts(providerTexts)
  const page = usePage()
  return [
    {
      id: 'name',
      head: t('name-col'),
      heads: true,
      phone: 'line' as const,
      cell: provider => (
        <>
          <bdi>{provider.name}</bdi>
          <br />
          <small className="plain mut">
            {t(`kind-${kindOf(provider.dialect, provider.settings)}`)} · <bdi>{senderOf(provider)}</bdi>
          </small>
        </>
      ),
    },
    {
      id: 'state',
      head: t('state-col'),
      phone: 'line' as const,
      cell: provider => <Stands provider={provider} />,
    },
    {
      id: 'share',
      head: t('share-col'),
      phone: 'hide' as const,
      cell: provider => <Share provider={provider} of={providers} />,
    },
    {
      id: 'today',
      head: t('today-col'),
      phone: 'hide' as const,
      cell: ({ id, dailyParts }) => (
        <>
          {t('today-parts', { count: taken.get(id)?.parts ?? 0 })}
          {dailyParts !== undefined && (
            <>
              {' '}
              <small className="plain mut">{t('today-of', { most: dailyParts })}</small>
            </>
          )}
        </>
      ),
    },
    {
      id: 'price',
      head: t('price-col'),
      phone: 'hide' as const,
      cell: ({ price }) => milliInWords(price, page.locale),
    },
    {
      id: 'open',
      head: <span className="vh">{t('open-col')}</span>,
      tight: true,
      phone: 'end' as const,
      cell: ({ id, name }) => (
        <a
          href={page.url(addresses.messageProvider, { provider: id })}
          aria-label={t('open-named', { name })}
        >
          {t('open')}
        </a>
      ),
    },
  ]
}

/** Its part of what is sent over its channel, as the weights stand now. */
function Share({ provider, of }: { provider: Provider; of: Provider[] }) {
  const t = useTexts(providerTexts)
  const beside = of.filter(each => each.isOn && each.channel === provider.channel)
  const now = ({ health, weight }: Provider) => (health?.state === 'down' ? 0 : (health?.weight ?? weight))
  const all = beside.reduce((sum, each) => sum + now(each), 0)
  if (!provider.isOn || all === 0) return t('share-none')
  return <Num>{t('share-of', { share: Math.round((100 * now(provider)) / all) })}</Num>
}
