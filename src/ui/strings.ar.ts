import { ar as faults } from './strings/faults.ar.ts'
import { ar as messageFaults } from './strings/faults-messages.ar.ts'
import { ar as moneyFaults } from './strings/faults-money.ar.ts'
import { ar as parts } from './strings/parts.ar.ts'

/** نصوص نظام التصميم. */
export const ar = { ...parts, ...faults, ...moneyFaults, ...messageFaults }
