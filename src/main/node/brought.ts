import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Brought, JournalReader } from '../../core/replay/recordings.ts'
import type { DiskFault } from '../../core/ports.ts'
import { ok, type Result } from '../../shared/result.ts'
import { isZip, openPackRecording } from './evidence/pack-recording.ts'
import { openJournalToRead } from './journal-parts.ts'
import { onDisk } from './sqlite.ts'

/** A folder of its own for each, for its owner's eyes alone. */
const PREFIX = 'brought-'

/** Takes away what a death left of files that were brought. Nothing else in the directory is touched. */
export function sweepBrought(dir: string): void {
  const left = onDisk(dir, () => readdirSync(dir).filter((name) => name.startsWith(PREFIX)))
  if (left.ok)
    for (const name of left.value) onDisk(dir, () => rmSync(join(dir, name), { recursive: true, force: true }))
}

/**
 * An evidence pack that lies anywhere, as a recording: unpacked into a folder of the data directory, for it may lie where nothing
 * can be written. It owns the folder until the reader is closed.
 */
export function openPackFrom(dir: string, file: string): Result<JournalReader, DiskFault> {
  const made = onDisk(dir, () => mkdtempSync(join(dir, PREFIX)))
  if (!made.ok) return made
  const drop = () => void onDisk(dir, () => rmSync(made.value, { recursive: true, force: true }))
  const opened = openPackRecording(file, made.value)
  if (!opened.ok) {
    drop()
    return opened
  }
  const reader = opened.value
  return ok({
    read: (after, limit) => reader.read(after, limit),
    last: () => reader.last(),
    length: () => reader.length(),
    ...(reader.checkpoints && { checkpoints: reader.checkpoints }),
    close() {
      reader.close()
      drop()
    },
  })
}

/**
 * A place in the data directory for a journal of another desk, or an evidence pack that holds one, written in parts. It owns
 * the folder until `drop`.
 */
export function bringTo(dir: string): Result<Brought, DiskFault> {
  const made = onDisk(dir, () => {
    const folder = mkdtempSync(join(dir, PREFIX))
    const file = join(folder, 'journal.sqlite')
    return { folder, file, handle: openSync(file, 'wx', 0o600) }
  })
  if (!made.ok) return made
  const { folder, file, handle } = made.value
  let isOpen = true
  const shut = () => {
    if (isOpen) closeSync(handle)
    isOpen = false
  }
  return ok({
    add: (text) =>
      onDisk(file, () => {
        const part = Buffer.from(text, 'base64')
        for (let at = 0; at < part.length; ) at += writeSync(handle, part, at)
        return null
      }),
    open() {
      shut()
      return isZip(file) ? openPackRecording(file, folder) : openJournalToRead(file)
    },
    drop() {
      shut()
      onDisk(folder, () => rmSync(folder, { recursive: true, force: true }))
    },
  })
}
