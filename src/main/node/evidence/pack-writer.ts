import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
// The build for browsers: the one for Node declares a `require` of its own, which the bundle has already.
import { Zip, ZipDeflate } from 'fflate/browser'
import type { PackFileEntry } from '../../../core/evidence/manifest.ts'
import { syncFolder } from '../files.ts'

/** Written into every entry instead of a clock: ZIP's first day, in whatever zone this is, for ZIP knows none. */
const firstDay = () => new Date(1980, 0, 1)

/**
 * A ZIP on its way to the disk, file after file. It owns a draft beside the target and renames it when all is written and
 * forced to disk; `abandon` leaves nothing behind. Throws when the disk refuses.
 */
export class PackWriter {
  readonly #target: string
  readonly #draft: string
  readonly #fd: number
  readonly #zip: Zip
  #bytes = 0
  #isOpen = true
  #isDraft = true

  constructor(target: string) {
    this.#target = target
    this.#draft = `${target}.${process.pid}.part`
    this.#fd = openSync(this.#draft, 'w', 0o600)
    this.#zip = new Zip((fault, chunk) => {
      if (fault) throw fault
      for (let at = 0; at < chunk.byteLength; ) at += writeSync(this.#fd, chunk, at)
      this.#bytes += chunk.byteLength
    })
  }

  /** Writes one file and says what it was. */
  async add(name: string, bytes: AsyncIterable<Uint8Array>): Promise<PackFileEntry> {
    const entry = new ZipDeflate(name, { level: 6 })
    entry.mtime = firstDay()
    this.#zip.add(entry)
    const digest = createHash('sha256')
    let length = 0
    for await (const chunk of bytes) {
      digest.update(chunk)
      length += chunk.byteLength
      entry.push(chunk)
    }
    entry.push(new Uint8Array(0), true)
    return { name, bytes: length, sha256: digest.digest('hex') }
  }

  /** The pack stands at its place. Gives its size, bytes. */
  finish(): number {
    this.#zip.end()
    fsyncSync(this.#fd)
    this.#close()
    renameSync(this.#draft, this.#target)
    this.#isDraft = false
    syncFolder(dirname(this.#target))
    return this.#bytes
  }

  /** Nothing of it stays. */
  abandon(): void {
    if (this.#isOpen) this.#close()
    if (this.#isDraft) rmSync(this.#draft, { force: true })
    this.#isDraft = false
  }

  #close(): void {
    this.#isOpen = false
    closeSync(this.#fd)
  }
}
