import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { type Fault, NotFound } from '../../../../lib/errors.ts'
import { milliInWords } from '../../../../lib/sms/index.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  KeyValues,
  LinkButton,
  Listing,
  type Pair,
  Pane,
  PhoneField,
  Row,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { type Call, idParam, read, typedText, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { hookAddress, openSecret, type Provider } from '../../carriers/store.ts'
import { fieldsOf, kindOf } from '../fields.ts'
import { findProvider, takenOn } from '../store.ts'
import { providerText, providerTexts } from '../strings.ts'
import { Stands, senderOf } from './words.tsx'

type Hooks = { report: string | undefined; incoming: string | undefined }

/** GET: one provider, how it stands, and what can be done with it. */
export async function showProvider(call: Call): Promise<Response> {
  return drawProvider(call)
}

/** @throws NotFound where the town has no such provider */
export async function getProvider(call: Call): Promise<Provider> {
  const provider = await read(call, tx => findProvider(tx, idParam(call, 'provider')))
  if (!provider) throw new NotFound('no-such-provider')
  return provider
}

/** The page, with what was wrong in the form of a test. */
export async function drawProvider(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const provider = await getProvider(call)
  const taken = await read(call, tx => takenOn(tx, dateIn(call.now, call.town.timeZone)))
  const { hook } = openSecret(call.house, call.town.id, provider)
  const at = (which: 'report' | 'incoming') => hookAddress(call.house, call.town, provider, hook, which)
  const { name, isOn } = provider
  const word = (key: Parameters<typeof providerText>[1]) => providerText(call.locale, key)
  const there = { provider: provider.id }
  return showPage(
    call,
    <StaffLayout title={name} faults={faults}>
      <Crumbs links={[{ label: word('back'), href: url(call, addresses.messageProviders) }]} />
      <Head
        title={name}
        sub={<Stands provider={provider} />}
        actions={
          <>
            <LinkButton
              href={url(call, addresses.messageProviderSettings, there)}
              variant="quiet"
              icon="settings"
            >
              {word('change')}
            </LinkButton>
            <Act provider={provider} what={isOn ? 'off' : 'on'} icon={isOn ? 'pause' : 'go'}>
              {word(isOn ? 'switch-off' : 'switch-on')}
            </Act>
          </>
        }
      />
      <Zones kind="half">
        <Stack>
          <Facts provider={provider} parts={taken.get(provider.id)?.parts ?? 0} />
          {hasHooks(provider) && (
            <HooksPane provider={provider} hooks={{ report: at('report'), incoming: at('incoming') }} />
          )}
        </Stack>
        <Stack>
          <Try provider={provider} faults={faults} typed={typedText(call, 'to')} />
        </Stack>
      </Zones>
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

const hasHooks = ({ dialect, settings }: Provider) => ['kannel', 'http'].includes(kindOf(dialect, settings))

function Act({
  provider,
  what,
  icon,
  children,
}: {
  provider: Provider
  what: string
  icon: 'pause' | 'go' | 'turn' | 'lens'
  children: string
}) {
  const page = usePage()
  return (
    <Form
      action={page.url(addresses.messageProviderAct, { provider: provider.id })}
      hidden={{ do: what }}
      inline
    >
      <Button variant="quiet" icon={icon}>
        {children}
      </Button>
    </Form>
  )
}

function Facts({ provider, parts }: { provider: Provider; parts: number }) {
  const t = useTexts(providerTexts)
  const { locale } = usePage()
  const kind = kindOf(provider.dialect, provider.settings)
  const settings = provider.settings as Record<string, unknown>
  const shown = fieldsOf[kind].filter(field => !field.secret && !field.rare && field.as === 'code')
  const of = (name: string) => String(settings[name] ?? '')
  const port = settings.port === undefined ? '' : `:${of('port')}`
  const pairs: Pair[] = [
    { term: t('connection'), value: t(`kind-${kind}`) },
    ...shown
      .filter(({ name }) => name !== 'sender' && name !== 'from' && of(name) !== '')
      .map(({ name }) => ({
        term: t(name),
        value: <bdi dir="ltr">{of(name) + (name === 'host' ? port : '')}</bdi>,
      })),
    { term: t(kind === 'smtp' ? 'from' : 'sender'), value: <bdi>{senderOf(provider)}</bdi> },
    { term: t('weight'), value: String(provider.weight) },
    { term: t('price'), value: milliInWords(provider.price, locale) },
    {
      term: t('today-col'),
      value: [
        t('today-parts', { count: parts }),
        provider.dailyParts !== undefined && t('today-of', { most: provider.dailyParts }),
      ]
        .filter(Boolean)
        .join(' '),
    },
    ...(provider.rate === undefined
      ? []
      : [{ term: t('rate'), value: t('rate-note', { rate: provider.rate }) }]),
  ]
  return (
    <Pane id="facts" title={t('standing')} icon="road">
      <KeyValues pairs={pairs} />
    </Pane>
  )
}

function Try({ provider, faults, typed }: { provider: Provider; faults: readonly Fault[]; typed: string }) {
  const t = useTexts(providerTexts)
  const page = usePage()
  const mail = provider.channel === 'email'
  return (
    <Pane id="try" title={t('try')} icon="phone">
      <Stack>
        <Form
          action={page.url(addresses.messageProviderAct, { provider: provider.id })}
          hidden={{ do: 'try' }}
        >
          {mail ? (
            <TextField
              name="to"
              label={t('try-mail')}
              hint={t('try-sub')}
              type="email"
              value={typed}
              fault={faultOf(faults, 'to')}
              maxLength={200}
              width="mid"
              ltr
            />
          ) : (
            <PhoneField
              name="to"
              label={t('try-number')}
              hint={t('try-sub')}
              value={typed}
              fault={faultOf(faults, 'to')}
            />
          )}
          <Button icon="go">{t('try-send')}</Button>
        </Form>
        <Row>
          <Act provider={provider} what="check" icon="lens">
            {t('check')}
          </Act>
        </Row>
      </Stack>
    </Pane>
  )
}

function HooksPane({ provider, hooks }: { provider: Provider; hooks: Hooks }) {
  const t = useTexts(providerTexts)
  const kannel = provider.dialect === 'kannel'
  return (
    <Pane id="hooks" title={t('hooks')} icon="link">
      <Stack>
        <p className="sm mut">{t('hooks-sub')}</p>
        {kannel ? (
          <>
            <p>{t('hook-kannel')}</p>
            <Listing>{kannelService(hooks.incoming ?? '')}</Listing>
          </>
        ) : (
          <KeyValues
            kind="answers"
            pairs={(['report', 'incoming'] as const).map(which => ({
              term: t(`hook-${which}`),
              value: <bdi dir="ltr">{hooks[which]}</bdi>,
            }))}
          />
        )}
        <Act provider={provider} what="renew" icon="turn">
          {t('hook-renew')}
        </Act>
      </Stack>
    </Pane>
  )
}

/** What Kannel is told, so that it hands over what people text and sends nothing of ours back to them. */
export const kannelService = (incoming: string): string =>
  [
    'group = sms-service',
    'keyword = default',
    'catch-all = true',
    'max-messages = 0',
    `get-url = "${incoming}?from=%p&to=%P&text=%b&charset=%C&ref=%I"`,
  ].join('\n')
