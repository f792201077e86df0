#!/usr/bin/env node
// `npx shubbak COMMAND`: the operators' commands, with the set-up of start.mjs.
process.argv.splice(2, 0, 'shubbak')
await import('./start.mjs')
