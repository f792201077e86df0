import type { Finding, Path } from '../faults.ts'
import type { Output, ServiceDefinition } from '../model.ts'
import { answerFields, officerFields } from '../scope.ts'
import { namesInBody, sameNames } from './braces.ts'
import { holdsPost, type Surroundings, standardRoles } from './surroundings.ts'

/** Roles whose word binds the town; the others do not sign. */
const signingRoles: readonly string[] = ['mayor', 'manager', 'head', 'treasurer', 'legal-adviser']
const ownNames: readonly string[] = ['name', 'idNumber', 'number', 'day', 'until', 'place']

/** Documents: signed once, by somebody who may, and saying only what is known. */
export function checkOutputs(definition: ServiceDefinition, around: Surroundings): Finding[] {
  const { outputs, steps } = definition
  return [
    ...outputs.flatMap((output, i) => [
      ...checkSigner(definition, output, i, around),
      ...checkContent(definition, output, ['outputs', i]),
    ]),
    ...steps.flatMap((step, i): Finding[] => {
      if (step.output === undefined) return []
      const output = outputs.find(({ id }) => id === step.output)
      if (!output)
        return [{ path: ['steps', i, 'output'], code: 'output-unknown', values: { output: step.output } }]
      if (output.signer === step.role) return []
      return [{ path: ['steps', i, 'role'], code: 'signer-mismatch', values: { signer: output.signer } }]
    }),
  ]
}

function checkSigner(
  { steps }: ServiceDefinition,
  output: Output,
  i: number,
  around: Surroundings,
): Finding[] {
  const { id, signer: role } = output
  const path = ['outputs', i, 'signer']
  if (!(around.roles ?? standardRoles).includes(role))
    return [{ path, code: 'role-unknown', values: { role } }]
  if (!signingRoles.includes(role)) return [{ path, code: 'signer-unfit', values: { role } }]
  const signing = steps.filter(step => step.output === id)
  if (signing.length === 0) {
    return [{ path: ['outputs', i, 'id'], code: 'output-never-signed', values: { output: id } }]
  }
  const offices = signing.flatMap(step => [
    step.office,
    ...(step.officeWhen ?? []).map(({ office }) => office),
  ])
  return offices
    .filter(office => !holdsPost(around, role, office))
    .map((office): Finding => ({ path, code: 'signer-nobody', values: { role, office } }))
}

/** What the general sheet says: names of answers, of its holder, and of what a committee decided. */
function checkContent(definition: ServiceDefinition, { body, rows = [] }: Output, path: Path): Finding[] {
  const fields = new Set([...answerFields(definition), ...officerFields(definition)].map(({ id }) => id))
  const committees = definition.steps.filter(({ kind }) => kind === 'committee').map(({ id }) => id)
  const sessions = committees.flatMap(id => [`decision.${id}`, `session.${id}`, `sessionDate.${id}`])
  const known = (name: string) => fields.has(name) || ownNames.includes(name) || sessions.includes(name)
  const strange = rows.flatMap((name, r): Finding[] =>
    fields.has(name) ? [] : [{ path: [...path, 'rows', r], code: 'output-name-unknown', values: { name } }],
  )
  if (!body) return strange
  const names = { ar: namesInBody(body.ar), en: namesInBody(body.en) }
  const inBody = (['ar', 'en'] as const).flatMap((locale): Finding[] => {
    const named = names[locale]
    const at = [...path, 'body', locale]
    if (!named) return [{ path: at, code: 'output-syntax' }]
    return [...named]
      .filter(name => !known(name))
      .map(name => ({ path: at, code: 'output-name-unknown', values: { name } }))
  })
  if (inBody.length > 0 || sameNames(names.ar, names.en)) return [...strange, ...inBody]
  return [...strange, { path: [...path, 'body'], code: 'output-languages-differ', onKey: true }]
}
