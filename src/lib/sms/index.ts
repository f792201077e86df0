/** Texts as the telephone network takes them: how long they are, how they are cut, how they are read, what is kept out of them. */
export { cleanSms, longestSms } from './clean.ts'
export { costInWords, milliInWords, type PartPrice } from './cost.ts'
export { type SmsEncoding, type SmsParts, smsCapacity, smsParts, splitSms } from './parts.ts'
export { readable } from './readable.ts'
export { type Saving, type Savings, savings } from './savings.ts'
