import type { Edit } from '../../drafts/edit.ts'
import type { DraftContent } from '../../model.ts'

/** Lists that name a question which goes: what steps and opinions are decided by, what papers show. Rules that name it are left to the check. */
export function unnamed(content: DraftContent, id: string): Edit[] {
  const lists: { path: (string | number)[]; names: readonly string[] | undefined }[] = [
    ...(content.steps ?? []).flatMap(step => [
      { path: ['steps', step.id ?? '', 'reads'], names: step.reads },
      ...(step.opinions ?? []).map(opinion => ({
        path: ['steps', step.id ?? '', 'opinions', opinion.id ?? '', 'reads'],
        names: opinion.reads,
      })),
    ]),
    ...(content.outputs ?? []).map(output => ({
      path: ['outputs', output.id ?? '', 'rows'],
      names: output.rows,
    })),
  ]
  return lists.flatMap(({ path, names }): Edit[] => {
    if (!names?.includes(id)) return []
    const rest = names.filter(name => name !== id)
    return rest.length > 0 ? [{ op: 'set', path, value: rest }] : [{ op: 'remove', path }]
  })
}
