/** feedback: what people say of the town's work, and who may read it. */
export { complain, countComplaints } from './complaint.ts'
export { type Contact, contactsFor, openContact } from './contact.ts'
export { type Ratings, ratingsSince } from './figures.ts'
export { askHowItWas, askSetting, rate } from './rating.ts'
export { registerFeedback } from './register.ts'
export { feedbackRoutes } from './routes.ts'
