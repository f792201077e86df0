import type { ar } from './strings.ar.ts'

export const en: Record<keyof typeof ar, string> = {
  sms: 'The municipality wrote to you in your request {number}. Read and answer on the portal.',
}
