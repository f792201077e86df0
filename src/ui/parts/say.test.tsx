import { describe, expect, it } from 'vitest'
import { toHtml } from '../html.tsx'
import { Say } from './say.tsx'

const html = (text: string) => toHtml(<Say>{text}</Say>)
const island = (text: string) => `<bdi class="n" dir="ltr">${text}</bdi>`

describe('a text with numbers in it', () => {
  it.each([
    ['4178/2026', 'a request'],
    ['0599 000 123', 'a telephone'],
    ['02 220 0000', 'a fixed telephone'],
    ['1,711.10', 'an amount'],
    ['R26-7K3M-9QXT', 'a code'],
    ['*****0001', 'a masked number'],
    ['2026/1234-B', 'a number with a letter'],
    ['7:30', 'a time'],
    ['31\u201360', 'a range'],
    ['65%', 'a share'],
  ])('sets %s apart (%s)', number => {
    expect(html(`\u0628 ${number} \u062a`)).toBe(`\u0628 ${island(number)} \u062a`)
  })

  it('leaves the full stop and the comma to the sentence', () => {
    expect(html('\u0628 4178/2026. \u062a 12, \u062b')).toBe(
      `\u0628 ${island('4178/2026')}. \u062a ${island('12')}, \u062b`,
    )
  })

  it('sets an address of the net apart whole, and lets it break where a line ends', () => {
    expect(html('\u0628 https://dura.ps/~dura/s/7mq3xw9fh2. \u062a 12')).toBe(
      `\u0628 <bdi dir="ltr">https://dura.ps/~dura/s/7mq3xw9fh2</bdi>. \u062a ${island('12')}`,
    )
  })

  it('keeps two times of a day apart', () => {
    expect(html('7:30 \u0635 \u2013 2:30 \u0645')).toBe(
      `${island('7:30')} \u0635 \u2013 ${island('2:30')} \u0645`,
    )
  })

  it('drops invisible marks that a formatter put there, since the island does their work', () => {
    expect(html('\u0628 \u206612\u2069')).toBe(`\u0628 ${island('12')}`)
  })

  it('leaves words alone', () => {
    expect(html('\u0628\u0644\u062f\u064a\u0629 Shubbak')).toBe('\u0628\u0644\u062f\u064a\u0629 Shubbak')
  })
})
