import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The checkout or the installed application: the nearest folder above this file that holds package.json. */
export const ROOT: string = (() => {
  let dir = import.meta.dirname
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir)
  return dir
})()

/** Folder of the built page. */
export const PAGE: string = join(ROOT, 'out/renderer')
