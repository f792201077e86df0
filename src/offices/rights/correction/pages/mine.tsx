import { addresses } from '../../../../lib/addresses.ts'
import { DateText, Flag, usePage, useTexts } from '../../../../ui/index.ts'
import type { Correction, CorrectionState } from '../store.ts'
import { correctionTexts } from '../strings.ts'

const flags = {
  open: { icon: 'clock', tone: 'honey' },
  'proof-asked': { icon: 'hand', tone: 'sumac' },
  proposed: { icon: 'users', tone: 'honey' },
  accepted: { icon: 'ok', tone: 'olive' },
  refused: { icon: 'no' },
} as const

/** Where a correction stands: picture, word and colour. */
export function CorrectionFlag({ state }: { state: CorrectionState }) {
  const t = useTexts(correctionTexts)
  return <Flag {...flags[state]}>{t(`state-${state}`)}</Flag>
}

/** What one asked to be corrected, a line each. */
export function MyCorrections({ corrections }: { corrections: readonly Correction[] }) {
  const t = useTexts(correctionTexts)
  const { url } = usePage()
  return (
    <ul className="lines mt">
      {corrections.map(each => (
        <li key={each.id}>
          <a href={url(addresses.myCorrection, { correction: each.id })}>
            {t(`fact-${each.fact}`)} · {t('number', { number: each.number })}
          </a>
          <small className="mut line-note">
            {/* Who of the staff still has to agree is the town's own affair. */}
            <CorrectionFlag state={each.state === 'proposed' ? 'open' : each.state} />{' '}
            {each.decidedAt ? (
              <DateText value={each.decidedAt} form="plain" />
            ) : (
              <>
                {t('due')} <DateText value={each.dueOn} form="plain" />
              </>
            )}
          </small>
        </li>
      ))}
    </ul>
  )
}
