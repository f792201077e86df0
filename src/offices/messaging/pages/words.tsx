import type { MessageState } from '../../../kernel/messages/index.ts'
import { inLocale, type Locale } from '../../../lib/localized.ts'
import { Flag, type IconName, useTexts } from '../../../ui/index.ts'
import { type ProofText, proofText, proofTexts } from '../proof/strings.ts'
import { wordNames } from '../templates/names.ts'
import { registeredWords } from '../templates/registry.ts'
import { templateText, templateTexts } from '../templates/strings.ts'

const looks: Record<MessageState, { icon: IconName; tone?: 'glass' | 'olive' | 'honey' | 'sumac' }> = {
  planned: { icon: 'clock', tone: 'glass' },
  waiting: { icon: 'pause' },
  held: { icon: 'eye', tone: 'honey' },
  sent: { icon: 'half', tone: 'glass' },
  delivered: { icon: 'ok', tone: 'olive' },
  failed: { icon: 'x', tone: 'sumac' },
  uncertain: { icon: 'warn', tone: 'honey' },
  unaddressed: { icon: 'no', tone: 'sumac' },
  'opted-out': { icon: 'no' },
  expired: { icon: 'snooze' },
  cancelled: { icon: 'no' },
}

/** Where a message stands, in a sign and a word. */
export function MessageStateFlag({ state }: { state: MessageState }) {
  const t = useTexts(proofTexts)
  const { icon, tone } = looks[state]
  return (
    <Flag icon={icon} tone={tone}>
      {t(`state-${state}`)}
    </Flag>
  )
}

/** Why a message was not sent or did not arrive, in words; a code nobody has worded stands as it is. */
export function failureWords(locale: Locale, failure: string | undefined): string {
  if (!failure) return proofText(locale, 'failure-none')
  const key = `failure-${failure}`
  return Object.hasOwn(proofTexts.ar, key) ? proofText(locale, key as ProofText) : failure
}

/** Who carried it: a provider by the name the town gave it, else what carries of itself. */
export const providerWords = (locale: Locale, provider: string): string => {
  const key = `provider-${provider}`
  return Object.hasOwn(proofTexts.ar, key) ? proofText(locale, key as ProofText) : provider
}

/** What kind of message it is. */
export const kindWords = (locale: Locale, kind: string): string => {
  const key = `kind-${kind}`
  return Object.hasOwn(templateTexts.ar, key) ? templateText(locale, key as 'kind-step') : kind
}

/** On what occasion, of which service: «عند الاستلام · ELE-01». */
export function templateWords(locale: Locale, template: string | undefined): string {
  if (template === undefined) return ''
  const office = registeredWords().get(template)
  if (office) return inLocale(office.name, locale)
  const slash = template.indexOf('/')
  const event = slash < 0 ? template : template.slice(slash + 1)
  const names: Readonly<Record<string, string>> = wordNames[locale]
  const words = names[`event-${event}`] ?? event
  return slash < 0 || template.startsWith('*') ? words : `${words} · ${template.slice(0, slash)}`
}
