/** backup: all an installation keeps, or all of one town, as a folder of plain files, and back again. */
export { backupCommands } from './command.ts'
