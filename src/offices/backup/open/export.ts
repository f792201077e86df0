import type { House } from '../../../platform/house.ts'
import type { MakeOptions } from '../make.ts'

export function openExport(_house: House): NonNullable<MakeOptions['open']> {
  return async () => {}
}
