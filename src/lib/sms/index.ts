/** Texts as the telephone network takes them: how long they are, how they are cut, how they are read, what is kept out of them. */
export { joinSms, type SmsEncoding, type SmsParts, smsCapacity, smsParts, splitSms } from './parts.ts'
