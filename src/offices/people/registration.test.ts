import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRegistration } from './index.ts'

const today = '2026-03-01'
const card = {
  firstName: 'ليلى',
  fatherName: 'محمد',
  grandfatherName: 'سليم',
  familyName: 'قطب',
  motherName: 'فاطمة حسن',
  birthDate: '3/11/1988',
  sex: 'female',
  idKind: 'palestinian-id',
  idNumber: '900000001',
  phone: '0599 000 123',
  quarter: 'البلدة القديمة',
}
const faultsOf = (change: Record<string, string | string[] | undefined>) => {
  const read = readRegistration({ ...card, ...change }, today)
  return read.ok ? [] : read.faults.map(fault => `${fault.field}: ${fault.code}`)
}

describe('reading a person', () => {
  test('takes what stands on an identity card, with any digits', () => {
    const read = readRegistration(
      { ...card, birthDate: '٣-١١-١٩٨٨', idNumber: '٩٠٠٠٠٠٠٠١', phone: '٠٥٩٩٠٠٠١٢٣' },
      today,
    )
    expect(read).toMatchObject({
      ok: true,
      value: { birthDate: '1988-11-03', idNumber: '900000001', phone: '+970599000123', kind: 'natural' },
    })
  })

  test('warns of a check digit that does not agree, and goes on', () => {
    const right = readRegistration(card, today)
    const wrong = readRegistration({ ...card, idNumber: '900000002' }, today)
    const codes = [right, wrong].map(read => read.warnings.map(each => each.code))
    expect([right.ok, wrong.ok]).toEqual([true, true])
    expect(codes.filter(list => list.includes('national-id-check-digit'))).toHaveLength(1)
  })

  test('refuses emoji and figures in a name', () => {
    expect(faultsOf({ firstName: 'ليلى😀' })).toEqual(['firstName: not-a-name'])
    expect(faultsOf({ familyName: 'قطب2' })).toEqual(['familyName: not-a-name'])
    expect(
      faultsOf({
        kind: 'organisation',
        firstName: 'مخبز 🍞 السوق',
        idKind: 'company',
        idNumber: '562100200',
      }),
    ).toEqual(['firstName: not-a-name'])
  })

  test('refuses a birth date to come, one that does not exist, and one beyond any life', () => {
    expect(faultsOf({ birthDate: '2/3/2026' })).toEqual(['birthDate: date-in-future'])
    expect(faultsOf({ birthDate: '1/3/2026' })).toEqual([])
    expect(faultsOf({ birthDate: '30/2/2020' })).toEqual(['birthDate: not-a-date'])
    expect(faultsOf({ birthDate: '1/1/1850' })).toEqual(['birthDate: date-too-old'])
  })

  test('names every field that misses, each once', () => {
    const read = readRegistration({}, today)
    const fields = read.ok ? [] : read.faults.map(fault => fault.field).sort()
    expect(fields).toEqual(
      [
        'birthDate',
        'familyName',
        'fatherName',
        'firstName',
        'grandfatherName',
        'idNumber',
        'motherName',
      ].sort(),
    )
  })

  test('asks less of a passport and nothing of who has no paper', () => {
    const foreign = { fatherName: '', grandfatherName: '', motherName: '', birthDate: '' }
    expect(faultsOf({ ...foreign, idKind: 'passport', idNumber: 'ab-123 456' })).toEqual([])
    expect(faultsOf({ ...foreign, idKind: 'none', idNumber: '' })).toEqual([])
  })

  test('keeps an organisation by its trade name alone', () => {
    const read = readRegistration(
      { kind: 'organisation', firstName: 'مخبز 7 نجوم', idKind: 'company', idNumber: '562 100 200' },
      today,
    )
    expect(read).toMatchObject({
      ok: true,
      value: { idNumber: '562100200', name: { first: 'مخبز 7 نجوم', family: '' } },
    })
  })

  test('answers anything that may be typed without failing', () => {
    const anything = fc.dictionary(
      fc.constantFrom(...Object.keys(card), 'kind'),
      fc.oneof(fc.string(), fc.array(fc.string())),
    )
    fc.assert(
      fc.property(anything, typed => {
        const read = readRegistration(typed, today)
        expect(read.ok || read.faults.length > 0).toBe(true)
      }),
    )
  })
})
