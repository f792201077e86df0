import { relativeDate, timeOfDay } from '../../../../lib/dates.ts'
import { Flag, usePage } from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import type { Provider } from '../../carriers/store.ts'
import { proofTexts } from '../../proof/strings.ts'
import { providerTexts } from '../strings.ts'

/** Why something is not carried, in words; what nobody worded is said as it is. */
export function useReason(): (reason: string | undefined) => string {
  const t = useTexts(proofTexts)
  return reason => {
    const key = `failure-${reason ?? 'none'}`
    return key in proofTexts.ar ? t(key as keyof typeof proofTexts.ar) : (reason ?? '')
  }
}

/** How a provider stands: picture, words and colour, and since when. */
export function Stands({ provider: { isOn, health } }: { provider: Provider }) {
  const t = useTexts(providerTexts)
  const page = usePage()
  const reason = useReason()
  if (!isOn) return <Flag icon="pause">{t('state-off')}</Flag>
  if (!health) return <Flag icon="dot">{t('state-new')}</Flag>
  const day = relativeDate(health.since, page.now, page)
  const since = t('since', { day, time: timeOfDay(health.since, page) })
  const [icon, tone, words] = {
    up: ['ok', 'olive', t('state-up')] as const,
    slow: ['clock', 'honey', t('state-slow', { weight: health.weight })] as const,
    down: ['warn', 'sumac', t('state-down', { reason: reason(health.reason) })] as const,
  }[health.state]
  return (
    <Flag icon={icon} tone={tone}>
      {`${words} · ${since}`}
    </Flag>
  )
}

/** Who sends it: the sender's name, or its letter box. */
export function senderOf({ settings }: Pick<Provider, 'settings'>): string {
  const { sender, from } = (settings ?? {}) as { sender?: unknown; from?: unknown }
  return typeof sender === 'string' ? sender : typeof from === 'string' ? from : ''
}
