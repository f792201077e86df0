import { describe, expect, test } from 'vitest'
import { numberOf } from '../../src/platform/database/gate.ts'
import { readMigrations } from '../../src/platform/database/migrate.ts'

/** What a program that does not know of it would meet: something gone, called otherwise, or asked of it that it does not give. */
const breaking: readonly [RegExp, string][] = [
  [
    /\bdrop\s+(table|column|view|function|type|schema|policy|index|constraint|not\s+null)\b/,
    'takes something away',
  ],
  [/\balter\s+table\b[^;]*\bdrop\b/, 'takes something away'],
  [/\brename\b/, 'calls something otherwise'],
  [/\balter\s+(column|table\b[^;]*\balter)\b[^;]*\b(type|set\s+not\s+null)\b/, 'changes what a column holds'],
  [
    /\badd\s+column\b(?:(?!\bdefault\b)[^,;])*\bnot\s+null\b(?:(?!\bdefault\b)[^,;])*[,;]/,
    'asks for a value',
  ],
  [/\badd\s+(constraint|check|unique|foreign|primary)\b/, 'asks more of rows'],
  [/\brevoke\b/, 'takes a right away'],
  [/\bcreate\s+unique\s+index\b/, 'asks more of rows'],
]

/** Why a migration that says it serves older programs would not; comments are words, not acts. */
function whyNotServed(sql: string): string | undefined {
  const acts = sql.replace(/--.*$/gm, '').toLowerCase()
  return breaking.find(([act]) => act.test(`${acts};`))?.[1]
}

describe('a migration that says it serves older programs', () => {
  test('only adds, and names a version before its own', () => {
    const marked = readMigrations().filter(({ serves }) => serves !== undefined)
    const wrong = marked.flatMap(({ name, sql, serves }) => {
      const why = Number(serves) >= numberOf(name) ? 'names no version before its own' : whyNotServed(sql)
      return why === undefined ? [] : [`${name} ${why}`]
    })
    expect(wrong).toEqual([])
  })

  test.each([
    'alter table request drop column mark',
    'drop table request',
    'alter table request rename column mark to sign',
    'alter table request alter column mark set not null',
    'alter table request alter column mark type bigint',
    'alter table request add column mark text not null',
    'alter table request add constraint few check (mark > 0)',
    'revoke select on request from shubbak_app',
  ])('is refused for: %s', sql => {
    expect(whyNotServed(`${sql};`)).toBeDefined()
  })

  test.each([
    'create table mark (municipality_id uuid not null, mark text)',
    'alter table request add column mark text',
    "alter table request add column mark text not null default ''",
    'create index request_mark on request (municipality_id, mark)',
    '-- drops nothing: drop table is only a word here\nselect 1',
  ])('may: %s', sql => {
    expect(whyNotServed(`${sql};`)).toBeUndefined()
  })
})
