import type { AccessProof } from '../../src/offices/oversight/proof/file.ts'
import { relations } from '../../src/offices/oversight/proof/file.ts'

/** The proof as a page of the documents. */
export function sheetOf(proof: AccessProof): string {
  const { date, asked, checks, compared, routes, visitors, leaks, roles, holes, exceptions, unfilled } = proof
  const reason = ({ route, because }: { route: string; because: { en: string } }) =>
    `- \`${route}\`: ${because.en}`
  return `# The proof of access

Run on ${date}. Written by \`node start.mjs run test/access/publish.ts\`; shown to everybody at \`/open/access-proof\`.

${asked} questions by ${visitors} visitors at ${routes.length} routes, ${checks} pairs of a
question and somebody's rows it might have told of, ${compared} answers compared without and with what is not reached. Leaks: ${leaks.length}.

How it is made: [access](../guide/access.md#the-proof).

## Who reaches what

How often something in this relation opened, of how often it was asked for.

| | ${relations.join(' | ')} |
|---|${relations.map(() => '---').join('|')}|
${roles.map(({ role, cells }) => `| ${role} | ${relations.map(each => (cells[each] ? `${cells[each].shown} of ${cells[each].asked}` : '')).join(' | ')} |`).join('\n')}

## Planted holes

${holes.map(({ hole, by, wall }) => `- ${hole}: caught by ${by}${wall === 'stops it' ? '; stopped by the second wall, and caught once that was lowered' : ''}`).join('\n')}

## What opens otherwise than by relation

${exceptions.map(reason).join('\n')}

## Not asked for

${unfilled.map(reason).join('\n')}
${leaks.length > 0 ? `\n## Leaks\n\n${leaks.map(each => `- ${each}`).join('\n')}\n` : ''}`
}
