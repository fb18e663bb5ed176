import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { CheckpointDraft, CheckpointStore, DiskFault } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { syncFolder } from './files.ts'
import { onDisk } from './sqlite.ts'

/** Where one lies. */
export const checkpointFile = (folder: string, name: string, cursor: number): string =>
  join(folder, `${name}.${cursor}.checkpoint`)

/**
 * The checkpoints of one journal: plain text, one file each, written beside its place, forced to disk, then renamed. It owns
 * no file between two calls but the draft being written; what another version or a crash left there it removes.
 */
export function checkpointFiles(folder: string, name: string): CheckpointStore {
  const fileOf = (cursor: number) => checkpointFile(folder, name, cursor)
  return {
    list: () => cursorsIn(folder, name),
    read: (cursor) => {
      const file = fileOf(cursor)
      return isWhole(file) ? { [Symbol.iterator]: () => linesOf(file) } : null
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

/** Read at a time, bytes: some lines. All of it at once would be as much as all records together. */
const CHUNK = 256 * 1024
const LINE_BREAK = 10

/** Each line ends with a line break; a file without one at its end was cut. */
function isWhole(file: string): boolean {
  const last = onDisk(file, () => {
    const fd = openSync(file, 'r')
    try {
      const byte = Buffer.alloc(1)
      return readSync(fd, byte, 0, 1, fstatSync(fd).size - 1) === 1 && byte[0] === LINE_BREAK
    } finally {
      closeSync(fd)
    }
  })
  return last.ok && last.value
}

/** Where the disk fails under it the lines end early. */
function* linesOf(file: string): Generator<string> {
  const opened = onDisk(file, () => openSync(file, 'r'))
  if (!opened.ok) return
  const fd = opened.value
  try {
    const chunk = Buffer.allocUnsafeSlow(CHUNK)
    /** Of a line that goes on in the next chunk. */
    let begun: Buffer[] = []
    for (;;) {
      const read = onDisk(file, () => readSync(fd, chunk))
      if (!read.ok || read.value === 0) return
      let from = 0
      for (let to = chunk.indexOf(LINE_BREAK); to >= 0 && to < read.value; to = chunk.indexOf(LINE_BREAK, from)) {
        const end = chunk.subarray(from, to)
        yield begun.length === 0 ? end.toString('utf8') : Buffer.concat([...begun, end]).toString('utf8')
        begun = []
        from = to + 1
      }
      if (from < read.value) begun.push(Buffer.from(chunk.subarray(from, read.value)))
    }
  } finally {
    closeSync(fd)
  }
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
