/**
 * What crosses between Node and the preload's world, as JSON text with tags: an approximation of structured clone.
 * The function is also sent into the browser as source, so it uses nothing from outside itself.
 */
export function makeCodec() {
  type Tagged = { $: string; v?: unknown }
  const plain = (v: unknown) =>
    v === null ||
    typeof v === 'string' ||
    typeof v === 'boolean' ||
    (typeof v === 'number' && Number.isFinite(v) && !Object.is(v, -0))
  const pack = (v: unknown, seen: Set<unknown>): unknown => {
    if (plain(v)) return v
    if (v === undefined) return { $: 'undefined' }
    if (typeof v === 'number') return { $: 'number', v: Object.is(v, -0) ? '-0' : String(v) }
    if (typeof v === 'bigint') return { $: 'bigint', v: String(v) }
    if (typeof v !== 'object' || v === null || v instanceof Promise) throw new Error('An object could not be cloned.')
    if (seen.has(v)) throw new Error('A cyclic value is not implemented in the stand-in')
    seen.add(v)
    try {
      if (v instanceof Date) return { $: 'date', v: v.getTime() }
      if (v instanceof Map) return { $: 'map', v: [...v].map(([k, x]) => [pack(k, seen), pack(x, seen)]) }
      if (v instanceof Set) return { $: 'set', v: [...v].map((x) => pack(x, seen)) }
      if (v instanceof Uint8Array) return { $: 'bytes', v: [...v] }
      if (Array.isArray(v)) return v.map((x) => pack(x, seen))
      const proto: unknown = Object.getPrototypeOf(v)
      if (proto !== Object.prototype && proto !== null) {
        throw new Error('A value of this class is not implemented in the stand-in')
      }
      const packed = Object.entries(v).map(([k, x]) => [k, pack(x, seen)])
      return '$' in v ? { $: 'object', v: packed } : Object.fromEntries(packed)
    } finally {
      seen.delete(v)
    }
  }
  const unpack = (v: unknown): unknown => {
    if (v === null || typeof v !== 'object') return v
    if (Array.isArray(v)) return v.map(unpack)
    if (!('$' in v)) return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, unpack(x)]))
    const tagged = v as Tagged // only `pack` writes a `$` key
    const pairs = () => (tagged.v as [unknown, unknown][]).map(([k, x]) => [unpack(k), unpack(x)] as const) // written so by `pack`
    switch (tagged.$) {
      case 'number':
        return Number(tagged.v)
      case 'bigint':
        return BigInt(String(tagged.v))
      case 'date':
        return new Date(Number(tagged.v))
      case 'map':
        return new Map(pairs())
      case 'set':
        return new Set((tagged.v as unknown[]).map(unpack)) // written so by `pack`
      case 'bytes':
        return new Uint8Array(tagged.v as number[]) // written so by `pack`
      case 'object':
        return Object.fromEntries(pairs())
      default:
        return undefined
    }
  }
  return {
    encode: (v: unknown) => JSON.stringify(pack(v, new Set())),
    decode: (text: string) => unpack(JSON.parse(text)),
  }
}
