import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { Tabs } from '../../../../ui/index.ts'
import { type Call, url } from '../../../../web/call.ts'
import { debtText } from '../strings.ts'

const tabs = [
  { id: 'arrears', address: addresses.manageArrears, may: 'arrears.read' },
  { id: 'plans', address: addresses.managePlans, may: 'plan.propose' },
  { id: 'payments', address: addresses.managePayments, may: 'payment.read' },
  { id: 'exemptions', address: addresses.manageExemptions, may: 'exemption.write' },
  { id: 'exceptions', address: addresses.manageExceptions, may: 'arrears.read' },
] as const

/** The lists of what is owed, beside each other: those the reader may open. */
export function DebtTabs({ call, current }: { call: Call; current: (typeof tabs)[number]['id'] }) {
  const open = tabs.filter(tab => may(call.visitor.actor, tab.may))
  if (open.length < 2) return null
  return (
    <Tabs
      label={debtText(call.locale, 'tabs')}
      tabs={open.map(tab => ({
        label: debtText(call.locale, `tab-${tab.id}`),
        href: url(call, tab.address),
        current: tab.id === current,
      }))}
    />
  )
}
