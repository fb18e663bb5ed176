import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { CheckpointDraft, CheckpointStore, DiskFault } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { syncFolder } from './files.ts'
import { onDisk } from './sqlite.ts'

/**
 * The checkpoints of one journal: plain text, one file each, written beside its place, forced to disk, then renamed. It owns
 * no file between two calls but the draft being written; what another version or a crash left there it removes.
 */
export function checkpointFiles(folder: string, name: string): CheckpointStore {
  const fileOf = (cursor: number) => join(folder, `${name}.${cursor}.checkpoint`)
  return {
    list: () => cursorsIn(folder, name),
    read: (cursor) => {
      const text = onDisk(fileOf(cursor), () => readFileSync(fileOf(cursor), 'utf8'))
      return text.ok ? linesOf(text.value) : null
    },
    begin: (cursor) => beginFile(folder, fileOf(cursor)),
    remove: (cursor) => void onDisk(fileOf(cursor), () => rmSync(fileOf(cursor), { force: true })),
  }
}

function cursorsIn(folder: string, name: string): readonly number[] {
  const files = onDisk(folder, () => readdirSync(folder))
  if (!files.ok) return []
  return files.value
    .flatMap((file) => {
      const found = /^(.*)\.(\d+)\.checkpoint$/.exec(file)
      return found?.[1] === name ? [Number(found[2])] : []
    })
    .sort((a, b) => b - a)
}

/** Each line ends with a line break; a last one without was cut. */
function linesOf(text: string): readonly string[] | null {
  const lines = text.split('\n')
  return lines.pop() === '' ? lines : null
}

function beginFile(folder: string, file: string): Result<CheckpointDraft, DiskFault> {
  const draft = `${file}.new`
  const opened = onDisk(draft, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return openSync(draft, 'w', 0o600)
  })
  if (!opened.ok) return opened
  const fd = opened.value
  let isOpen = true
  const abandon = () => {
    if (!isOpen) return
    isOpen = false
    onDisk(draft, () => closeSync(fd))
    onDisk(draft, () => rmSync(draft, { force: true }))
  }
  const trying = (work: () => void): Result<void, DiskFault> => {
    if (!isOpen) return err({ is: 'failed', detail: `${draft}: no longer being written` })
    const done = onDisk(draft, work)
    if (!done.ok) abandon()
    return done
  }
  return ok({
    add: (line) => trying(() => writeWhole(fd, `${line}\n`)),
    finish: () =>
      trying(() => {
        fsyncSync(fd)
        closeSync(fd)
        isOpen = false
        renameSync(draft, file)
        syncFolder(folder)
      }),
    abandon,
  })
}

function writeWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  for (let at = 0; at < bytes.byteLength; ) at += writeSync(fd, bytes, at)
}
