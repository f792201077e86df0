/** What the town says to the parties of a request. */
export const en = {
  'sms-term-ends':
    'Your capacity in request {number} ends on {date}. Renew it before then to collect what is made.',
} as const
