import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { z } from 'zod'
import { ROOT } from '../place.ts'
import { say } from './out.ts'

export type ChosenShell =
  | { readonly is: 'electron'; readonly path: string; readonly why: string }
  | { readonly is: 'browser'; readonly why: string }
  | { readonly is: 'none'; readonly why: string }

const Runtime = z.discriminatedUnion('is', [
  z.object({ is: z.literal('ready'), path: z.string() }),
  z.object({ is: z.literal('absent'), why: z.string() }),
])
type Finder = {
  electronRuntime(choices: { root: string; fetch: boolean; say: (line: string) => void }): Promise<unknown>
}

/** Electron where its runtime and a display can be had, else the browser shell; with one line that says which and why. */
export async function chooseShell(wish: 'any' | 'browser' | 'electron'): Promise<ChosenShell> {
  if (wish === 'browser') return { is: 'browser', why: 'Browser shell, as asked.' }
  const runtime = await findRuntime()
  if (runtime.is === 'ready') return { is: 'electron', path: runtime.path, why: 'Electron.' }
  if (wish === 'electron') return { is: 'none', why: `Electron cannot run here: ${runtime.why}` }
  return { is: 'browser', why: `Browser shell, because ${runtime.why}` }
}

async function findRuntime(): Promise<z.infer<typeof Runtime>> {
  // Loaded from the checkout and not built in: it is also the installer's tool, and must run without a build.
  const tool: Finder = await import(/* @vite-ignore */ pathToFileURL(join(ROOT, 'tools/electron-runtime.mjs')).href)
  return Runtime.parse(await tool.electronRuntime({ root: ROOT, fetch: true, say }))
}
