import { dateTime } from '../../../lib/dates.ts'
import { Button, FaultText, Note, usePage, useTexts } from '../../../ui/index.ts'
import type { Case } from '../case/open.ts'
import { scanTexts } from './strings.ts'

/** Takes the last scan of this window for a paper, under the key of the next one. */
export function LastScan({ of, action, hotkey }: { of: Case; action: string; hotkey?: string | undefined }) {
  const t = useTexts(scanTexts)
  const page = usePage()
  const [last] = of.scans.waiting
  if (!last) return null
  return (
    <Button variant="quiet" icon="scan" name="scan" value={last.id} formAction={action} hotkey={hotkey}>
      {t(last.pages === undefined ? 'take-last' : 'take-last-pages', {
        name: last.fileName,
        count: last.pages ?? 1,
        at: dateTime(last.scannedAt, page),
      })}
    </Button>
  )
}

/** How many scans wait at the window, and which were refused as no papers. */
export function ScansWaiting({ of: { scans } }: { of: Case }) {
  const t = useTexts(scanTexts)
  if (scans.waiting.length < 2 && scans.refused.length === 0) return null
  return (
    <div className="pad">
      {scans.waiting.length > 1 && <p className="sm mut">{t('waiting', { count: scans.waiting.length })}</p>}
      {scans.refused.map(each => (
        <Note key={each.fileName} tone="sumac" small>
          {t('refused', { name: each.fileName })} <FaultText fault={{ code: each.code }} />
        </Note>
      ))}
    </div>
  )
}
