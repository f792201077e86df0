import type { AddressAnswer } from '../../kernel/definition/index.ts'

export type Utility = 'electricity' | 'water'
export type Billing = 'prepaid' | 'billed'

/** اشتراك: a place's connection, with its meter, how it is paid, and the account its dues are posted to. */
export type Subscription = {
  id: string
  number: string
  utility: Utility
  phases: number | undefined
  amperes: number | undefined
  billing: Billing
  meterNumber: string
  address: AddressAnswer
  accountId: string
  /** The last day of a temporary connection, YYYY-MM-DD. */
  endsOn: string | undefined
  /** Kilowatts of the solar system that feeds into it. */
  solarKw: number | undefined
  openedAt: Date
  closedAt: Date | undefined
}

/** What happened to a subscription, by which request. */
export type SubscriptionEvent = {
  kind:
    | 'opened'
    | 'converted-to-billed'
    | 'converted-to-prepaid'
    | 'suspended'
    | 'reactivated'
    | 'holder-changed'
    | 'meter-replaced'
    | 'meter-moved'
    | 'meter-tested'
    | 'place-changed'
    | 'amperes-changed'
    | 'phases-changed'
    | 'solar-linked'
    | 'ended'
    | 'taken-down'
  at: Date
  requestId: string | undefined
  data: Readonly<Record<string, unknown>>
}
