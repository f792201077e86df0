import { expect, test } from 'vitest'
import { parseService } from '../../kernel/definition/index.ts'
import { loadServiceFiles } from '../catalogue/index.ts'
import { officesOfDemo, staffOfDemo } from './departments.ts'

test('every step of every service finds somebody in the demo town who may do it', async () => {
  const offices = new Set((await officesOfDemo()).map(({ code }) => code))
  const posts = new Set(staffOfDemo.map(({ office, role }) => `${office} ${role}`))
  const nobody = (await loadServiceFiles()).flatMap(({ source, commons }) => {
    const read = parseService(source, commons)
    if (!read.ok) return ['unread']
    const { code, steps } = read.definition
    return steps
      .flatMap(step => [
        step,
        ...(step.officeWhen ?? []).map(({ office }) => ({ ...step, office })),
        ...(step.opinions ?? []),
      ])
      .filter(({ office, role }) => !offices.has(office) || !posts.has(`${office} ${role}`))
      .map(({ id, office, role }) => `${code} ${id}: ${office} ${role}`)
  })
  expect(nobody).toEqual([])
})

test('nobody of the staff has the log-in of another', () => {
  const logins = staffOfDemo.map(({ login }) => login)
  expect(logins.filter((login, i) => logins.indexOf(login) < i)).toEqual([])
})
