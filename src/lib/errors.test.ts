import { expect, test } from 'vitest'
import { Conflict, DomainError, InvalidInput, NotFound, Unavailable } from './errors.ts'

test('a domain error carries its status, its code and its details', () => {
  const error = new Conflict('request-moved', { state: 'decided' })
  expect(error).toBeInstanceOf(DomainError)
  expect(error).toMatchObject({
    status: 409,
    code: 'request-moved',
    name: 'Conflict',
    details: { state: 'decided' },
  })
})

test('only what is ours to repair is reportable', () => {
  expect(new Unavailable('database-down').reportable).toBe(true)
  expect(new NotFound('no-such-request').reportable).toBe(false)
})

test('invalid input is a bad request with its faults', () => {
  const error = new InvalidInput([{ field: 'phone', code: 'phone-malformed' }])
  expect(error.status).toBe(400)
  expect(error.faults).toEqual([{ field: 'phone', code: 'phone-malformed' }])
})
