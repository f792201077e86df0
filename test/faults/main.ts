/** `npm run faults -- [kill|messages|restore]`: what is done to the program while it works, and what came of it. */
const [which = ''] = process.argv.slice(2)
if (which === 'messages') await import('./messages.ts')
else if (which === 'restore') await import('./restore.ts')
else await import('./kill.ts')
