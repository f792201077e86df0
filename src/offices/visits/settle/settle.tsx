import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { setGround, setPurpose, settleUsual, setVisitRules, setWindow, visitRules } from '../setup.ts'
import { atWindow } from '../staff.ts'
import { groundsOf, purposesOf, today, windowsOf } from '../store.ts'
import { visitText } from '../strings.ts'
import { type SettingsView, SettlePage } from './page.tsx'
import { type Reading, readGround, readPurpose, readRules, readWindow } from './read.ts'

/** Which of the settings is open: `window:2`, `window:new`, `purpose:pay`, `purpose:new`, `ground:elderly`, `rules`; none. */
const asked = (call: Call): string => typedText(call, 'edit') || (call.query.edit ?? '')

/** `/manage/windows`: the windows of the hall, what people come for, and the rules of the queue. */
export async function showSettings(
  call: Call,
  faults: readonly Fault[] = [],
  status = 200,
): Promise<Response> {
  const view = await read(
    call,
    async (tx): Promise<SettingsView> => ({
      windows: await windowsOf(tx),
      purposes: await purposesOf(tx),
      grounds: await groundsOf(tx),
      rules: await visitRules(tx, today(tx, call)),
      edit: asked(call),
      faults,
      typed: status === 200 ? undefined : call.typed,
    }),
  )
  return showPage(call, <SettlePage view={view} />, status)
}

export async function saveSettings(call: Call): Promise<Response> {
  const [what = '', which] = asked(call).split(':')
  const purposes = await read(call, purposesOf)
  const { by } = atWindow(call)
  async function save<T>({ value, faults }: Reading<T>, set: (tx: Write, value: T) => Promise<void>) {
    if (faults.length > 0) return showSettings(call, faults, 422)
    const answer = await write(call, async tx => {
      await set(tx, value)
      return { redirect: url(call, addresses.manageWindows) }
    })
    flash(call, { text: visitText(call.locale, 'settings-saved') })
    return answer
  }
  switch (what) {
    case 'window':
      return save(readWindow(call, purposes), (tx, value) => setWindow(tx, value, by))
    case 'purpose':
      return save(readPurpose(call, purposes, which), (tx, value) => setPurpose(tx, value, by))
    case 'ground': {
      const grounds = await read(call, groundsOf)
      return save(readGround(call, grounds, which), (tx, value) => setGround(tx, value, by))
    }
    case 'rules': {
      const decision = typedText(call, 'decision').trim().slice(0, 120) || undefined
      return save(readRules(call), (tx, rules) =>
        setVisitRules(tx, { rules, from: today(tx, call), decision }, by),
      )
    }
    default:
      return write(call, async tx => {
        await settleUsual(tx)
        return { redirect: url(call, addresses.manageWindows) }
      })
  }
}
