import { type DescribedSettings, describedSettings, type HttpSettings } from '../settings.ts'

/**
 * HotSMS as its users describe it: `sendbulksms.php` takes a form, type 0 is Latin and 2 UTF-8 for Arabic, numbers carry no plus. It
 * answers `1001` or `1001_<id>` when sent, `1000` without credit, `10000` not authorised, `15000` while its API is switched off.
 * `getbalance.php` answers a number, -1 for a wrong log-in. It reports nothing later.
 */
export function described(settings: HttpSettings): DescribedSettings {
  if (settings.shape === 'described') return settings
  const { shape: _, url, ...common } = settings
  const who = { user_name: '{user}', user_pass: '{password}', api_token: '{token}' }
  const base = url.replace(/(?<!\/)\/+$/, '')
  return describedSettings.parse({
    shape: 'described',
    ...common,
    url: `${base}/sendbulksms.php`,
    fields: { ...who, sender: '{sender}', mobile: '{to}', type: '{type}', text: '{text}' },
    types: { latin: '0', arabic: '2' },
    answers: {
      separator: '_',
      accepted: ['1001'],
      refused: { '1000': 'no-credit', '10000': 'not-authorised', '15000': 'switched-off' },
    },
    balance: { url: `${base}/getbalance.php`, fields: who, refused: '-1' },
  })
}
