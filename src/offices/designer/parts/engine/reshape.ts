import type { Typed } from '../../../../web/call.ts'
import { type FormCondition, reshaped, typedRows } from './condition-form.ts'
import type { Control } from './control.ts'
import { type FormFee, type FormProduct, reshapedFee, typedFee } from './fee-form.ts'

/**
 * A form whose shape alone was changed: a row more, a case less. The order names the control and what is done to it, `when!row|0`; what was
 * typed otherwise stays.
 */
export function reshapeTyped(typed: Typed, order: string, controls: readonly Control[]): Typed {
  const [name = '', what = ''] = order.split('!')
  const control = controls.find(each => each.name === name)
  const rest = Object.fromEntries(Object.entries(typed).filter(([key]) => !isShapeOf(key, name)))
  if (control?.kind === 'condition')
    return { ...rest, ...typedOfRows(name, reshaped(typedRows(typed, name), what)) }
  if (control?.kind === 'fee')
    return { ...rest, ...typedOfFee(name, reshapedFee(typedFee(typed, name), what)) }
  return typed
}

const kept = new Set(['formula', 'was', 'special'])
const isShapeOf = (key: string, name: string): boolean =>
  key.startsWith(`${name}.`) && !kept.has(key.slice(name.length + 1))

function typedOfRows(name: string, { join, groups }: FormCondition): Typed {
  const typed: Typed = { [`${name}.join`]: join }
  for (const [g, { not, rows }] of groups.entries()) {
    if (not) typed[`${name}.${g}.not`] = 'yes'
    for (const [r, row] of rows.entries()) {
      const at = `${name}.${g}.${r}`
      typed[`${at}.subject`] = row.subject
      typed[`${at}.test`] = row.test
      typed[`${at}.value`] = row.values
      typed[`${at}.other`] = row.other
    }
  }
  return typed
}

function typedOfFee(name: string, { free, tiers, otherwise, least, most }: FormFee): Typed {
  const products = (at: string, lines: readonly FormProduct[]): Typed =>
    Object.assign(
      {},
      ...lines.map(({ base, amount, times, each }, number) => {
        const line = `${at}.p${number}`
        return {
          [`${line}.base`]: base,
          [`${line}.amount`]: amount,
          [`${line}.times`]: times,
          [`${line}.each`]: each,
        }
      }),
    )
  return {
    ...typedOfRows(`${name}.free`, free),
    ...Object.assign(
      {},
      ...tiers.map((tier, at) => ({
        ...typedOfRows(`${name}.t${at}.when`, tier.when),
        ...products(`${name}.t${at}`, tier.products),
      })),
    ),
    ...products(`${name}.o`, otherwise),
    [`${name}.least`]: least,
    [`${name}.most`]: most,
  }
}
