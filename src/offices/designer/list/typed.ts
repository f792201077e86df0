import { z } from 'zod'
import type { Fault } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import { groups } from '../../catalogue/index.ts'

/** The form of a new service, as it was typed. */
export type TypedNew = { code: string; ar: string; en: string; group: string; from: string }
export const nothingTyped: TypedNew = { code: '', ar: '', en: '', group: '', from: '' }

export type ReadNew = { code: string; name: Localized }

const code = z.string().regex(/^[A-Z]{2,5}-\d{2,3}$/)
const longest = 120

/** Reads code and names; a name in Arabic stands for the English one until somebody writes it. */
export function readNew(typed: TypedNew): { ok: true; value: ReadNew } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  const asked = code.safeParse(typed.code.trim().toUpperCase())
  if (!asked.success) faults.push({ field: 'code', code: 'service-code-form' })
  const [ar, en] = [typed.ar.trim(), typed.en.trim()]
  if (ar === '') faults.push({ field: 'ar', code: 'required' })
  for (const [field, text] of Object.entries({ ar, en }))
    if (text.length > longest) faults.push({ field, code: 'too-long', values: { max: longest } })
  if (faults.length > 0 || !asked.success) return { ok: false, faults }
  return { ok: true, value: { code: asked.data, name: { ar, en: en === '' ? ar : en } } }
}

export const isGroup = (text: string): boolean => (groups as readonly string[]).includes(text)
