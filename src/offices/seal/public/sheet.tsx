import { addresses } from '../../../lib/addresses.ts'
import { isCalendarDate } from '../../../lib/calendar.ts'
import { dateTime, longDate, shortDate } from '../../../lib/dates.ts'
import { NotFound } from '../../../lib/errors.ts'
import { LinkButton, SealSheet, SheetPage } from '../../../ui/index.ts'
import { type Call, param, publicUrl, read, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { groupsOf } from '../model.ts'
import { sealText } from '../strings.ts'
import { sealOfDay } from './days.ts'

/** `/open/seal/day/DATE`: the seal of a day as a sheet for the council's wall. */
export async function showDaySheet(call: Call): Promise<Response> {
  const date = param(call, 'date')
  if (!isCalendarDate(date)) throw new NotFound('no-such-day')
  const seal = await read(call, tx => sealOfDay(tx, date, call.town.timeZone))
  if (!seal) throw new NotFound('nothing-sealed')
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const word = (key: Parameters<typeof sealText>[1], values = {}) => sealText(call.locale, key, values)
  const groups = groupsOf(seal.root)
  const entries = word('entries', { count: seal.size })
  const title = word('sheet-title', { date: longDate(date, style) })
  return showPage(
    call,
    <SheetPage
      styles="staff"
      side="citizen"
      title={title}
      actions={
        <>
          <LinkButton href="#a5" icon="print">
            {word('sheet-print')}
          </LinkButton>
          <LinkButton href={url(call, addresses.openSeal)} variant="quiet">
            {word('sheet-back')}
          </LinkButton>
        </>
      }
    >
      <SealSheet
        title={title}
        until={word('sheet-until', { time: dateTime(seal.at, style) })}
        size={entries}
        groups={groups}
        root={seal.root.toString('base64')}
        line={word('sheet-line', { date: shortDate(date, style), entries, groups: groups.join('-') })}
        address={publicUrl(call, addresses.openSealDay, { date })}
        addressLabel={word('sheet-link')}
        foot={word('sheet-foot')}
      />
    </SheetPage>,
  )
}
