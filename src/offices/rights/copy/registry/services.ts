import { entry, own, within } from './model.ts'

/** Water and electricity: what they hold, while they hold it. */
export const services = [
  entry('subscription_holder', {
    section: 'services',
    mine: [own()],
    at: 'valid_from',
    tell: 'capacity:code valid_until subscription_id:raw request_id:raw person_id:raw',
  }),
  entry('subscription', {
    section: 'services',
    mine: [within('subscription_holder', 'subscription_id', '{mine}.valid_until is null')],
    at: 'opened_at',
    tell: `utility:code number meter_number billing:code amperes phases solar_kw feeder address ends_on closed_at subscription_id:raw
      account_id:raw opened_by_request:raw`,
  }),
  entry('subscription_event', {
    section: 'services',
    mine: [within('request', 'request_id')],
    at: 'at',
    tell: 'kind:code data:raw event_id:raw subscription_id:raw request_id:raw',
  }),
]
