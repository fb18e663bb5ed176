import { registerHooks } from 'node:module'

const standIn = new URL('./electron.ts', import.meta.url).href

/** From here on `electron` is the stand-in, in whatever way it is asked for. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: standIn, shortCircuit: true }
      : next(specifier, context),
})
