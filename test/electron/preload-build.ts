import { resolve } from 'node:path'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'

/** The preload built as the real build does it, into this folder. Gives the files made, by name, with their text. */
export async function buildPreload(folder: string): Promise<ReadonlyMap<string, string>> {
  const { config } = await resolveConfig({ root: resolve(import.meta.dirname, '../..'), logLevel: 'silent' }, 'build')
  if (config?.preload === undefined) throw new Error('electron.vite.config.ts says nothing about the preload')
  const { build: options, ...rest } = config.preload
  const made = await build({ ...rest, logLevel: 'silent', build: { ...options, outDir: folder, emptyOutDir: false } })
  const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) => ('output' in one ? one.output : []))
  return new Map(outputs.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]))
}
