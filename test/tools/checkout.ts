import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT } from '../../tools/bootstrap/bootstrap.mjs'

/** A checkout in miniature: the real set-up scripts and stages, with a builder of a few lines in the build tool's place. */
export interface Checkout {
  readonly root: string
  write(path: string, content: string): void
  remove(): void
}

const LOCKFILE = JSON.stringify({
  packages: { '': {}, 'node_modules/electron-vite': { version: '1.0.0', integrity: 'x' } },
})

/** Copies the one source to where the build would be, and notes that it ran. */
export const BUILDER = `
import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs'
mkdirSync('out/main', { recursive: true })
copyFileSync('src/main/cli.js', 'out/main/cli.js')
appendFileSync('builds', 'built\\n')
console.log('building quietly')
`

/** `cli` is the source of the command. Node.js is taken from the machine, as where none is published. */
export function makeCheckout(cli = 'console.log(JSON.stringify(process.argv.slice(2)))'): Checkout {
  const root = mkdtempSync(join(tmpdir(), 'tallydesk-checkout-'))
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const path of ['bin', 'tools/bootstrap', 'tools/dev.mjs'])
    cpSync(join(ROOT, path), join(root, path), { recursive: true })
  write('package.json', JSON.stringify({ type: 'module', allowScripts: {} }))
  write('package-lock.json', LOCKFILE)
  write('tools/node/package.json', JSON.stringify({ optionalDependencies: {} }))
  write('node_modules/.package-lock.json', LOCKFILE)
  write('node_modules/electron-vite/bin/electron-vite.js', BUILDER)
  write('node_modules/electron-vite/package.json', JSON.stringify({ type: 'module' }))
  write('node_modules/keytar/build/Release/keytar.node', '')
  write('src/main/cli.js', cli)
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** Keeps what was shown. */
export function words(isTTY = false) {
  const said: string[] = []
  return { isTTY, write: (text: string) => said.push(text), said }
}
