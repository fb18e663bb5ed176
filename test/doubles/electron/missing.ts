/** Anything of Electron the stand-in does not have: touching it throws, so that no test passes on an invention. */
export function missing(name: string): never {
  const refuse = (whole: string) => {
    throw new Error(`electron.${whole} is not implemented in the stand-in`)
  }
  const shape = new Proxy(function nothing() {}, {
    get: (_target, key) => (typeof key === 'symbol' || key === 'then' ? undefined : refuse(`${name}.${key}`)),
    apply: () => refuse(name),
    construct: () => refuse(name),
  })
  return shape as never // whatever it is used as, it throws
}

/** The object itself, but an unknown member throws instead of being undefined. */
export function only<T extends object>(name: string, whole: T): T {
  return new Proxy(whole, {
    get(target, key) {
      if (typeof key !== 'symbol' && key !== 'then' && !(key in target)) {
        throw new Error(`electron.${name}.${key} is not implemented in the stand-in`)
      }
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
