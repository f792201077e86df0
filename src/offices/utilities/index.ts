/** utilities: subscriptions to what the town delivers. */
export {
  changeImportedSubscription,
  changeSubscriptionHolder,
  type ImportedSubscription,
  insertSubscriptions,
  subscriptionsByNumber,
} from './bulk.ts'
export { utilityJobs } from './jobs.ts'
export type { Billing, Subscription, SubscriptionEvent, Utility } from './model.ts'
export { registerUtilities } from './register.ts'
export { eventsOf, getByNumber, insertSubscription, subscriptionsOf } from './store.ts'
