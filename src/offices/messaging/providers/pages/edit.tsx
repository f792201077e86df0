import { dump } from 'js-yaml'
import { addresses } from '../../../../lib/addresses.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import type { Write } from '../../../../platform/database/index.ts'
import { Crumbs, type Door, Head, Kinds, StaffLayout } from '../../../../ui/index.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { record } from '../../../audit/index.ts'
import { settingsOf } from '../../carriers/open.ts'
import type { Provider } from '../../carriers/store.ts'
import { fieldsOf, isKind, type Kind, kindOf, kinds } from '../fields.ts'
import { priceAsTyped, readProvider } from '../read.ts'
import { addProvider, changeProvider, isNameTaken } from '../store.ts'
import { providerText } from '../strings.ts'
import { begin, ProviderForm } from './form.tsx'
import { getProvider } from './one.tsx'

/** GET: how the provider speaks, and then its form. */
export function showNewProvider(call: Call): Response {
  const kind = call.query.kind ?? ''
  return isKind(kind) ? drawNew(call, kind, begin(kind)) : chooseKind(call)
}

const icons = { smpp: 'bolt', hotsms: 'tel', kannel: 'road', http: 'link', smtp: 'doc' } as const

function chooseKind(call: Call): Response {
  const word = (key: Parameters<typeof providerText>[1]) => providerText(call.locale, key)
  const doors = kinds.map(
    (kind): Door => ({
      href: url(call, addresses.messageProviderNew, {}, { kind }),
      icon: icons[kind],
      title: word(`kind-${kind}`),
      note: word(`kind-${kind}-note`),
    }),
  )
  return showPage(
    call,
    <StaffLayout title={word('new-title')}>
      <Crumbs links={[{ label: word('back'), href: url(call, addresses.messageProviders) }]} />
      <Head title={word('new-title')} sub={word('new-sub')} />
      <Kinds kinds={doors} level={2} />
    </StaffLayout>,
  )
}

function drawNew(
  call: Call,
  kind: Kind,
  value: (name: string) => string,
  faults: readonly Fault[] = [],
): Response {
  const title = providerText(call.locale, 'new-of', { kind: providerText(call.locale, `kind-${kind}`) })
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs
        links={[
          { label: providerText(call.locale, 'back'), href: url(call, addresses.messageProviders) },
          { label: providerText(call.locale, 'new-title'), href: url(call, addresses.messageProviderNew) },
        ]}
      />
      <Head title={title} sub={providerText(call.locale, 'new-of-sub')} />
      <ProviderForm kind={kind} value={value} faults={faults} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: adds a provider. */
export async function saveNewProvider(call: Call): Promise<Response> {
  const kind = typedText(call, 'kind')
  if (!isKind(kind)) return chooseKind(call)
  const typed = (name: string) => typedText(call, name)
  const form = readProvider(kind, typed, false)
  if (!form.ok) return drawNew(call, kind, typed, form.faults)
  const answer = await unlessTaken(call, async tx => {
    await needFreeName(tx, form.input.name)
    const id = await addProvider(tx, call.house, form.input, form.secret)
    await record(tx, {
      actor: actorKey(call.visitor.actor),
      act: 'messages.provider-added',
      subjectKind: 'message-provider',
      subjectId: id,
      cause: form.input.name,
    })
    return { redirect: url(call, addresses.messageProvider, { provider: id }) }
  })
  if (Array.isArray(answer)) return drawNew(call, kind, typed, answer)
  flash(call, { text: providerText(call.locale, 'added', { name: form.input.name }), tone: 'olive' })
  return answer
}

/** @throws InvalidInput where another provider of the town is called so */
async function needFreeName(tx: Write, name: string, but?: string): Promise<void> {
  if (await isNameTaken(tx, name, but))
    throw new InvalidInput([{ field: 'name', code: 'provider-name-taken' }])
}

/** Writes, or gives what is wrong. Looked at within the act, so that the same form sent twice is answered alike. */
async function unlessTaken(call: Call, act: Parameters<typeof write>[1]): Promise<Response | Fault[]> {
  try {
    return await write(call, act)
  } catch (error) {
    if (error instanceof InvalidInput) return [...error.faults]
    throw error
  }
}

/** GET: the settings of a provider, its secrets left out. */
export async function showProviderSettings(call: Call): Promise<Response> {
  const provider = await getProvider(call)
  return drawSettings(call, provider, asTyped(provider))
}

function drawSettings(
  call: Call,
  provider: Provider,
  value: (name: string) => string,
  faults: readonly Fault[] = [],
): Response {
  const title = providerText(call.locale, 'change-title', { name: provider.name })
  const there = { provider: provider.id }
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs links={[{ label: provider.name, href: url(call, addresses.messageProvider, there) }]} />
      <Head title={title} sub={providerText(call.locale, 'change-sub')} />
      <ProviderForm
        kind={kindOf(provider.dialect, provider.settings)}
        id={provider.id}
        value={value}
        faults={faults}
      />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: changes a provider; what is left empty of its secrets stays. */
export async function saveProviderSettings(call: Call): Promise<Response> {
  const provider = await getProvider(call)
  const typed = (name: string) => typedText(call, name)
  const form = readProvider(kindOf(provider.dialect, provider.settings), typed, true)
  if (!form.ok) return drawSettings(call, provider, typed, form.faults)
  const answer = await unlessTaken(call, async tx => {
    await needFreeName(tx, form.input.name, provider.id)
    await changeProvider(tx, call.house, provider, form.input, form.secret)
    await record(tx, {
      actor: actorKey(call.visitor.actor),
      act: 'messages.provider-changed',
      subjectKind: 'message-provider',
      subjectId: provider.id,
      cause: changesOf(provider, form),
    })
    return { redirect: url(call, addresses.messageProvider, { provider: provider.id }) }
  })
  if (Array.isArray(answer)) return drawSettings(call, provider, typed, answer)
  flash(call, { text: providerText(call.locale, 'saved'), tone: 'olive' })
  return answer
}

/** Which settings changed, by name; never what they were, since a secret may be among them. */
function changesOf(before: Provider, form: Extract<ReturnType<typeof readProvider>, { ok: true }>): string {
  const after = form.input
  const flat = (of: { settings: unknown }) => Object.entries((of.settings ?? {}) as Record<string, unknown>)
  const was = new Map(flat(before).map(([name, value]) => [name, JSON.stringify(value)]))
  const settings = flat(after).filter(([name, value]) => was.get(name) !== JSON.stringify(value))
  const own = (['name', 'weight', 'rate', 'dailyParts', 'isOn'] as const).filter(
    name => before[name] !== after[name],
  )
  const price = JSON.stringify(before.price) === JSON.stringify(after.price) ? [] : ['price']
  const secrets = Object.entries(form.secret).flatMap(([name, value]) => (value === '' ? [] : [name]))
  return [...own, ...price, ...settings.map(([name]) => name), ...secrets].join(' ').slice(0, 200)
}

/** A provider as its form shows it. */
function asTyped(provider: Provider): (name: string) => string {
  // With what a row leaves to the dialect.
  const read = settingsOf[provider.dialect].safeParse(provider.settings)
  const settings = { ...((read.data ?? provider.settings) as Record<string, unknown>) }
  const { price, weight, rate, dailyParts, isOn, name } = provider
  const typed: Record<string, unknown> = {
    name,
    weight,
    rate,
    dailyParts,
    isOn,
    currency: price.currency,
    price: priceAsTyped(price.milli, price.currency),
  }
  for (const { name, secret } of fieldsOf[kindOf(provider.dialect, settings)]) {
    if (secret || name === 'description') continue
    typed[name] = settings[name]
    delete settings[name]
  }
  const { shape: _, ...described } = settings
  typed.description = dump(described)
  return field => {
    const value = typed[field]
    if (typeof value === 'boolean') return value ? 'yes' : ''
    return Array.isArray(value) ? value.join(' ') : value === undefined || value === null ? '' : String(value)
  }
}
