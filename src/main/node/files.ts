import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Replaces a file whole or not at all, whatever dies meanwhile: written beside it, forced to disk, then renamed. */
export function writeFileAtomically(file: string, text: string): void {
  const draft = `${file}.${process.pid}.new`
  try {
    const fd = openSync(draft, 'w', 0o600)
    try {
      const bytes = Buffer.from(text, 'utf8')
      for (let at = 0; at < bytes.byteLength; ) at += writeSync(fd, bytes, at)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(draft, file)
  } catch (cause) {
    rmSync(draft, { force: true })
    throw cause
  }
  syncFolder(dirname(file))
}

/** Makes names in a folder survive the loss of power. Systems that cannot sync a folder do not need it. */
export function syncFolder(folder: string): void {
  let fd: number
  try {
    fd = openSync(folder, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(fd)
  } catch {
    // Windows and some network file systems refuse; their renames are journalled by the system.
  } finally {
    closeSync(fd)
  }
}
