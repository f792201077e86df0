// `npm run dev`: builds again and starts again whenever a source changes.
import { spawn } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { join } from 'node:path'
import { buildAll } from '../../build.mjs'

const folders = ['src', 'migrations', 'catalogue']

/** Keeps the program running over the newest sources until it is stopped by hand. */
export async function rebuildOnChange({ root, args, say }) {
  let child
  let ended = Promise.resolve()
  let stopping = false
  const start = () => {
    child = spawn(
      process.execPath,
      ['--enable-source-maps', join(root, 'dist', 'main.js'), 'start', ...args],
      {
        cwd: root,
        stdio: 'inherit',
      },
    )
    ended = new Promise(done => child.once('exit', done))
  }
  const restart = async () => {
    try {
      await buildAll()
    } catch {
      return say('The build failed (its words stand above); the last one runs on')
    }
    child.kill('SIGTERM')
    await ended
    if (!stopping) start()
  }
  let timer
  let turn = Promise.resolve()
  for (const folder of folders.map(name => join(root, name)).filter(each => existsSync(each))) {
    watch(folder, { recursive: true }, (_event, name) => {
      if (name?.includes('.test.')) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        turn = turn.then(restart)
      }, 150)
    })
  }
  start()
  say('Watching the sources; Ctrl-C ends it')
  return new Promise(done => {
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.once(signal, () => {
        stopping = true
        clearTimeout(timer)
        child.kill(signal)
        turn.then(() => ended).then(() => process.exit(0))
        done(0)
      })
  })
}
