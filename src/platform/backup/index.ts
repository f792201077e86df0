/** The physical backup: the cluster as PostgreSQL keeps it, and its log as it is written (docs/guide/backup.md). */
export { takeBase } from './base.ts'
export { receiveWal } from './receive.ts'
export { recover } from './recover.ts'
