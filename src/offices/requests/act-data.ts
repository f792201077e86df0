import type { ActData } from '../../kernel/workflow/index.ts'

/** What an act carried as JSON keeps it: instants are text. */
export type ActDataJson = Omit<ActData, 'until' | 'appointment' | 'deadlines'> & {
  until?: string
  appointment?: { from: string; to: string }
  deadlines?: { promise?: string; tasks: { id: string; until: string }[] }
}

/** The same with its instants read. */
export function actData({ until, appointment, deadlines, ...data }: ActDataJson): ActData {
  return {
    ...data,
    ...(until !== undefined && { until: new Date(until) }),
    ...(appointment && {
      appointment: { from: new Date(appointment.from), to: new Date(appointment.to) },
    }),
    ...(deadlines && {
      deadlines: {
        ...(deadlines.promise !== undefined && { promise: new Date(deadlines.promise) }),
        tasks: deadlines.tasks.map(each => ({ id: each.id, until: new Date(each.until) })),
      },
    }),
  }
}
