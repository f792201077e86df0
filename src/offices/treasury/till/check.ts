import { addDays, type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import { BadRequest, Conflict } from '../../../lib/errors.ts'
import type { Tender } from './model.ts'
import type { TillSettings } from './settings.ts'

const said = (text: string | undefined, code: string, most = 80): void => {
  if (text === undefined || text.trim() === '' || text.length > most) throw new BadRequest(code)
}

/**
 * Refuses a tender that does not say what its paper says: a card slip without its last four digits, a deposit dated tomorrow, a cheque
 * dated further back or ahead than the town takes them.
 * @throws BadRequest or Conflict with the code of what is wrong
 */
export function checkTender(tender: Tender, on: CalendarDate, settings: TillSettings): void {
  switch (tender.kind) {
    case 'cash':
      return
    case 'card':
      if (!/^\d{4}$/.test(tender.last4)) throw new BadRequest('card-digits-malformed')
      said(tender.slip, 'card-slip-missing')
      return
    case 'wallet':
    case 'online':
      said(tender.reference, 'reference-missing', 200)
      return
    case 'bank':
      said(tender.bank, 'bank-missing')
      said(tender.number, 'bank-slip-missing')
      if (!isCalendarDate(tender.date)) throw new BadRequest('bank-slip-date-malformed')
      if (tender.date > on) throw new Conflict('bank-slip-in-future', { date: tender.date })
      return
    case 'cheque':
      said(tender.drawer, 'cheque-drawer-missing', 120)
      said(tender.bank, 'bank-missing')
      if (!/^[0-9A-Za-z-]{1,24}$/.test(tender.number)) throw new BadRequest('cheque-number-malformed')
      if (!isCalendarDate(tender.dueOn)) throw new BadRequest('cheque-date-malformed')
      if (tender.dueOn < addDays(on, -settings.chequePastDays))
        throw new Conflict('cheque-in-past', { date: tender.dueOn, days: settings.chequePastDays })
      if (tender.dueOn > addDays(on, settings.chequeAheadDays))
        throw new Conflict('cheque-too-far', { date: tender.dueOn, days: settings.chequeAheadDays })
  }
}
