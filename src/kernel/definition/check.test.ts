import { describe, expect, it } from 'vitest'
import { checkService, parseService } from './index.ts'
import { smallService } from './testing/small.ts'

const around = {
  offices: ['service-centre', 'planning', 'treasury', 'mayor-office'],
  effects: ['planning.record'],
}

function faultsOf(source: string) {
  const read = parseService(source)
  return read.ok ? checkService(read.definition, around, read.locate) : read.faults
}

describe('the text of a service', () => {
  it('says the line of text that is no YAML', () => {
    const faults = faultsOf(smallService.replace('keywords: [تجربة]', 'keywords: [تجربة'))
    expect(faults[0]?.code).toBe('yaml-syntax')
    expect(faults[0]?.line).toBeGreaterThanOrEqual(8)
  })

  it('is refused when it is too large, folded into itself, or nothing', () => {
    expect(faultsOf(`${smallService}#${'x'.repeat(1_000_000)}`)[0]?.code).toBe('too-large')
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (let i = 0; i < 8; i += 1)
      bomb.push(`k${i}: &b${i} [${`*${i === 0 ? 'a' : `b${i - 1}`},`.repeat(9)}]`)
    expect(faultsOf(bomb.join('\n'))[0]?.code).toBe('too-many-aliases')
    expect(faultsOf('['.repeat(200_000))[0]?.code).toBeOneOf(['too-deep', 'yaml-syntax'])
    expect(faultsOf('- a list')[0]?.code).toBe('not-a-service')
    expect(faultsOf('')[0]?.code).toBe('not-a-service')
    expect(faultsOf('name: x')[0]?.code).toBe('format-missing')
  })
})
