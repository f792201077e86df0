import { stripControls } from '../../../lib/arabic.ts'
import type { Fault } from '../../../lib/errors.ts'
import { isAllowedIssuer } from './client.ts'
import type { ProviderInput } from './providers.ts'

export type ProviderTyped = (name: string) => string

/** Reads the form of a provider; a secret is asked for where none is kept. */
export function readProviderForm(
  typed: ProviderTyped,
  forWhom: readonly string[],
  kept: boolean,
): { ok: true; value: ProviderInput; secret: string } | { ok: false; faults: Fault[] } {
  const line = (name: string, most = 200) => stripControls(typed(name)).trim().slice(0, most)
  const forStaff = forWhom.includes('staff')
  const forCitizens = forWhom.includes('citizens')
  const acr = [...new Set(typed('acr').split(/\s+/))].filter(each => each !== '').slice(0, 20)
  const value: ProviderInput = {
    name: { ar: line('name', 60), en: line('nameEn', 60) || line('name', 60) },
    issuer: line('issuer'),
    clientId: line('clientId'),
    forStaff,
    forCitizens,
    staffBy: typed('staffBy') === 'email' ? 'email' : 'login',
    staffClaim: line('staffClaim', 60),
    citizenClaim: line('citizenClaim', 60),
    acr,
    scope: line('scope') || 'openid',
  }
  const secret = line('secret', 500)
  const faults: Fault[] = []
  const need = (field: string, code: string, holds: boolean) => {
    if (!holds) faults.push({ field, code })
  }
  need('name', 'provider-name-missing', value.name.ar !== '')
  need('issuer', 'issuer-not-https', isAllowedIssuer(value.issuer))
  need('clientId', 'client-missing', value.clientId !== '')
  need('secret', 'secret-missing', secret !== '' || kept)
  need('for', 'for-nobody', forStaff || forCitizens)
  need('staffClaim', 'claim-missing', !forStaff || value.staffClaim !== '')
  need('citizenClaim', 'claim-missing', !forCitizens || value.citizenClaim !== '')
  need('acr', 'acr-missing', !forCitizens || acr.length > 0)
  need('scope', 'scope-without-openid', value.scope.split(/\s+/).includes('openid'))
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value, secret }
}
