import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  KeyValues,
  Listing,
  LongTextField,
  Pane,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, idParam, read, typedList, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { propose } from '../../staffing/proposals.ts'
import { readReason } from '../../staffing/read.ts'
import { staffingText } from '../../staffing/strings.ts'
import { staffIdOf } from '../../ways-in/own.ts'
import { siteOf } from '../../ways-in/site.ts'
import { metadataOf } from '../client.ts'
import { getProvider, type Provider, saveProvider, turnOff } from '../providers.ts'
import { readProviderForm } from '../read.ts'
import { type SignOnText, signOnText, signOnTexts } from '../strings.ts'
import { ProviderForm, type ProviderFormView } from './form.tsx'
import { backUri } from './go.ts'
import { ProviderState } from './providers.tsx'

const fresh: Record<string, string> = {
  staffBy: 'login',
  staffClaim: 'preferred_username',
  citizenClaim: 'national_id',
  scope: 'openid profile email',
}

/** GET: an empty form. */
export function showNewProvider(call: Call): Response {
  return drawNew(call, { typed: name => fresh[name] ?? '', forWhom: ['staff'], faults: [] })
}

function drawNew(call: Call, view: ProviderFormView): Response {
  const title = signOnText(call.locale, 'new-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={view.faults}>
      <Crumbs
        links={[{ label: signOnText(call.locale, 'title'), href: url(call, addresses.signOnProviders) }]}
      />
      <Head title={title} sub={signOnText(call.locale, 'edit-sub')} />
      <ProviderForm {...view} />
    </StaffLayout>,
    view.faults.length > 0 ? 422 : 200,
  )
}

type Redraw = (faults: readonly Fault[]) => Promise<Response> | Response

async function save(call: Call, before: Provider | undefined, redraw: Redraw): Promise<Response> {
  const form = readProviderForm(name => typedText(call, name), typedList(call, 'for'), before !== undefined)
  if (!form.ok) return redraw(form.faults)
  const heard = await metadataOf(form.value.issuer).then(
    () => true,
    () => false,
  )
  if (!heard) return redraw([{ field: 'issuer', code: 'issuer-silent' }])
  const answer = await write(call, async tx => {
    const by = { kind: 'staff' as const, id: staffIdOf(call) }
    const id = await saveProvider(tx, call.house, form.value, { id: before?.id, secret: form.secret, by })
    return { redirect: url(call, addresses.signOnProvider, { provider: id }) }
  })
  flash(call, { text: signOnText(call.locale, 'saved'), tone: 'info' })
  return answer
}

const asTyped = (call: Call, faults: readonly Fault[]): ProviderFormView => ({
  typed: name => typedText(call, name),
  forWhom: typedList(call, 'for'),
  faults,
})

/** POST: one more provider, off at first. */
export const saveNewProvider = (call: Call): Promise<Response> =>
  save(call, undefined, faults => drawNew(call, asTyped(call, faults)))

const load = (call: Call): Promise<Provider> => read(call, tx => getProvider(tx, idParam(call, 'provider')))

/** GET: one provider: what it is told, whether it is on, and its settings. */
export async function showProvider(call: Call): Promise<Response> {
  return drawOne(call, await load(call), [])
}

/** POST: its settings; it is off until somebody else approves. */
export async function changeProvider(call: Call): Promise<Response> {
  const provider = await load(call)
  return save(call, provider, faults => drawOne(call, provider, faults, true))
}

/** POST: off at once, or proposed to be on. */
export async function switchProvider(call: Call): Promise<Response> {
  const provider = await load(call)
  const by = { kind: 'staff' as const, id: staffIdOf(call) }
  const back = { redirect: url(call, addresses.signOnProvider, { provider: provider.id }) }
  if (typedText(call, 'do') === 'off') {
    const answer = await write(call, async tx => {
      await turnOff(tx, provider.id, by)
      return back
    })
    flash(call, { text: signOnText(call.locale, 'switched-off'), tone: 'info' })
    return answer
  }
  const reason = readReason(name => typedText(call, name))
  if (!reason.ok) return drawOne(call, provider, reason.faults)
  const { answer, faults } = await orFaults('reason', () =>
    write(call, async tx => {
      const what = { providerId: provider.id }
      const id = await propose(tx, { kind: 'sign-on', what, reason: reason.value, by: by.id })
      return { redirect: url(call, addresses.staffProposal, { proposal: id }) }
    }),
  )
  if (!answer) return drawOne(call, provider, faults)
  flash(call, { text: staffingText(call.locale, 'proposal-made'), tone: 'info' })
  return answer
}

function drawOne(call: Call, provider: Provider, faults: readonly Fault[], typed = false): Response {
  const kept: Record<string, string> = {
    name: provider.name.ar,
    nameEn: provider.name.en,
    issuer: provider.issuer,
    clientId: provider.clientId,
    staffBy: provider.staffBy,
    staffClaim: provider.staffClaim,
    citizenClaim: provider.citizenClaim,
    acr: provider.acr.join('\n'),
    scope: provider.scope,
  }
  const forWhom = [...(provider.forStaff ? ['staff'] : []), ...(provider.forCitizens ? ['citizens'] : [])]
  const view: ProviderFormView = typed
    ? { ...asTyped(call, faults), id: provider.id }
    : { typed: name => kept[name] ?? '', forWhom, faults, id: provider.id }
  const origin = siteOf(call).origin
  const register: [SignOnText, string][] = [
    ...(provider.forStaff
      ? [['register-staff', backUri(call, 'staff', provider.id)] as [SignOnText, string]]
      : []),
    ...(provider.forCitizens
      ? [['register-citizen', backUri(call, 'citizen', provider.id)] as [SignOnText, string]]
      : []),
    ['register-logout', origin + url(call, addresses.signOnEnded, { provider: provider.id })],
    ['register-after', origin + url(call, addresses.front)],
  ]
  return showPage(
    call,
    <OnePage provider={provider} view={view} register={register} reason={typedText(call, 'reason')} />,
    faults.length > 0 ? 422 : 200,
  )
}

type OneView = {
  provider: Provider
  view: ProviderFormView
  register: [SignOnText, string][]
  reason: string
}

function OnePage({ provider, view, register, reason }: OneView) {
  const t = useTexts(signOnTexts)
  const page = usePage()
  const name = provider.name[page.locale]
  return (
    <StaffLayout title={name} faults={view.faults}>
      <Crumbs links={[{ label: t('title'), href: page.url(addresses.signOnProviders) }]} />
      <Head title={name} sub={t('edit-sub')} actions={<ProviderState isOn={provider.isOn} />} />
      <Stack>
        <Pane id="switch" title={t('switch-title')} icon="lock">
          <Form action={page.url(addresses.signOnProviderSwitch, { provider: provider.id })}>
            {provider.isOn ? (
              <Button name="do" value="off" variant="stop">
                {t('switch-off')}
              </Button>
            ) : (
              <>
                <p className="sm mut mb-s">{t('switch-sub')}</p>
                <LongTextField
                  name="reason"
                  label={t('reason')}
                  value={reason}
                  fault={faultOf(view.faults, 'reason')}
                  rows={2}
                  maxLength={300}
                />
                <Button name="do" value="on" variant="quiet">
                  {t('switch-propose')}
                </Button>
              </>
            )}
          </Form>
        </Pane>
        <Pane id="register" title={t('register-title')} icon="doc" aside={t('register-sub')}>
          <KeyValues
            kind="answers"
            pairs={register.map(([key, value]) => ({ term: t(key), value: <Listing>{value}</Listing> }))}
          />
        </Pane>
        <ProviderForm {...view} />
      </Stack>
    </StaffLayout>
  )
}
