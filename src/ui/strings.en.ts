import { en as faults } from './strings/faults.en.ts'
import { en as messageFaults } from './strings/faults-messages.en.ts'
import { en as moneyFaults } from './strings/faults-money.en.ts'
import { en as parts } from './strings/parts.en.ts'

/** The design system's own texts, in English. */
export const en = { ...parts, ...faults, ...moneyFaults, ...messageFaults }
