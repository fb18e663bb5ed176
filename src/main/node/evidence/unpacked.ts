import { Inflate } from 'fflate/browser'
import { bytesAt, dataOf, type ZipEntry } from './zip-index.ts'

/** Unpacked at a time: some hundred rows, a few ms of work, so that a replay's slices stay short. Packed bytes. */
const CHUNK = 8 * 1024

/** Bytes of a ZIP that do not unpack, or to more than they may. */
export class Misfit extends Error {}
export type Zip = { readonly handle: number; readonly size: number }

/** One file of a ZIP, unpacked piece by piece, up to so many bytes. It owns how far it is, never the ZIP. */
export class Unpacked {
  readonly #zip: Zip
  readonly #most: number
  readonly #entry: ZipEntry
  readonly #inflate: Inflate | null
  #at: number | null
  #left: number
  #given = 0
  #pieces: Uint8Array[] = []

  constructor(zip: Zip, entry: ZipEntry, most: number) {
    this.#zip = zip
    this.#entry = entry
    this.#most = Math.min(most, entry.bytes)
    this.#at = dataOf(zip.handle, zip.size, entry)
    this.#left = entry.packed
    this.#inflate = entry.method === 0 ? null : new Inflate((piece) => void this.#pieces.push(piece))
  }

  /** The next pieces; null at the end. Throws a `Misfit` where they are not what the ZIP says. */
  next(): readonly Uint8Array[] | null {
    if (this.#left === 0) return null
    const length = Math.min(CHUNK, this.#left)
    const packed = this.#at === null ? null : bytesAt(this.#zip.handle, this.#at, length)
    if (this.#at === null || !packed) throw new Misfit(`${this.#entry.name}: is not where the list says`)
    this.#at += length
    this.#left -= length
    this.#pieces = []
    try {
      if (this.#inflate) this.#inflate.push(packed, this.#left === 0)
      else this.#pieces.push(packed)
    } catch (cause) {
      throw new Misfit(`${this.#entry.name}: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
    this.#given += this.#pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (this.#given > this.#most) throw new Misfit(`${this.#entry.name}: is larger than the list says`)
    return this.#pieces
  }

  *rest(): Generator<Uint8Array> {
    for (let pieces = this.next(); pieces; pieces = this.next()) yield* pieces
  }
}
