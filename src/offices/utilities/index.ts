/** utilities: subscriptions to what the town delivers. */
export type { Billing, Subscription, SubscriptionEvent, Utility } from './model.ts'
export { registerUtilities } from './register.ts'
export { eventsOf, getByNumber, insertSubscription, subscriptionsOf } from './store.ts'
