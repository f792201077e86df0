import {
  type Condition,
  type Group,
  type Join,
  otherJoin,
  type Row,
  type Test,
  type Value,
} from './condition.ts'

const signs: Partial<Record<Test, string>> = {
  is: '=',
  'is-not': '!=',
  less: '<',
  'at-most': '<=',
  more: '>',
  'at-least': '>=',
}

/** The rule that sentences stand for. */
export function writeCondition({ join, groups }: Condition): string {
  const alone = groups.length === 1
  return groups.map(group => writeGroup(group, otherJoin(join), alone)).join(` ${join} `)
}

function writeGroup({ not, rows }: Group, join: Join, alone: boolean): string {
  const inside = rows.map(writeRow).join(` ${join} `)
  if (not) return `not(${inside})`
  // `and` binds closer by itself; brackets are for people.
  return rows.length > 1 && !alone ? `(${inside})` : inside
}

function writeRow({ subject, test, values }: Row): string {
  const list = values.map(writeValue).join(', ')
  switch (test) {
    case 'one-of':
      return `${subject} in (${list})`
    case 'none-of':
      return `not(${subject} in (${list}))`
    case 'answered':
      return `${subject} != null`
    case 'unanswered':
      return `${subject} = null`
    case 'holds':
      return `list contains(${subject}, ${list})`
    case 'lacks':
      return `not(list contains(${subject}, ${list}))`
    case 'contains':
      return `contains(${subject}, ${list})`
    case 'starts':
      return `starts with(${subject}, ${list})`
    default:
      return `${subject} ${signs[test]} ${list}`
  }
}

/** A value as a formula writes it. */
export function writeValue(value: Value): string {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text)
    case 'number':
      return value.text
    case 'date':
      return `date("${value.day}")`
    case 'truth':
      return String(value.yes)
    case 'money':
      return `money(${value.amount}, "${value.currency}")`
    case 'name':
      return value.name
  }
}
