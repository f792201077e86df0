import { httpCarrier } from './http/carrier.ts'
import { kannelCarrier } from './kannel/carrier.ts'
import type { Carrier, Ground, Listener } from './model.ts'
import { type CarrierSecret, httpSettings, kannelSettings, smppSettings, smtpSettings } from './settings.ts'
import { smppCarrier } from './smpp/carrier.ts'
import { smtpCarrier } from './smtp/carrier.ts'

export const dialects = ['smpp', 'kannel', 'http', 'smtp'] as const
export type Dialect = (typeof dialects)[number]

/** The settings each dialect takes. */
export const settingsOf = {
  smpp: smppSettings,
  kannel: kannelSettings,
  http: httpSettings,
  smtp: smtpSettings,
} as const

/** What a row of providers says, its secret opened. */
export type CarrierConfig = { dialect: Dialect; settings: unknown; secret: CarrierSecret }

/** Makes a carrier of its settings. @throws ZodError where they are not of its dialect */
export function openCarrier(config: CarrierConfig, listener: Listener, ground: Ground): Carrier {
  switch (config.dialect) {
    case 'smpp':
      return smppCarrier(smppSettings.parse(config.settings), config.secret, listener, ground)
    case 'http':
      return httpCarrier(httpSettings.parse(config.settings), config.secret)
    case 'kannel':
      return kannelCarrier(kannelSettings.parse(config.settings), config.secret, ground)
    case 'smtp':
      return smtpCarrier(smtpSettings.parse(config.settings), config.secret)
  }
}
