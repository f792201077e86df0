export type { Tables } from './connection.ts'
export { openDatabase } from './database.ts'
export { migrate } from './migrate.ts'
export type { Database, Read, Write } from './transaction.ts'
