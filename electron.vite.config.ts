import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string) => resolve(import.meta.dirname, path)

/** The dev server injects its own scripts and styles; the built page keeps the strict policy written in index.html. */
const relaxPolicyInDevelopment = {
  name: 'relax-policy-in-development',
  apply: 'serve' as const, // the literal type vite asks for
  transformIndexHtml: (html: string) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
}

/**
 * Libraries apart from our own code: read side by side, and kept in the browser's cache of compiled code when only ours
 * changes. What is not named here goes where it is used: the charts come after the first paint. `no-eval` goes with zod,
 * because it has to be run before the first schema is made.
 */
const VENDORS = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|zustand)[\\/]/ },
  { name: 'mantine', test: /node_modules[\\/](@mantine|@floating-ui|clsx)[\\/].*\.m?js$/ },
  { name: 'words', test: /node_modules[\\/](zod|i18next|react-i18next)[\\/]|renderer[\\/]src[\\/]no-eval\.ts$/ },
]

/**
 * Three builds: `main` (Electron entry, browser-shell host and command line share chunks), `preload` (one CommonJS
 * file, as a sandboxed preload must be) and `renderer` (the same bundle for every shell).
 */
export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      // keytar is optional and native: bundling it would freeze one machine's binary into the build.
      externalizeDeps: { include: ['keytar', 'electron'] },
      rollupOptions: {
        input: { index: at('src/main/index.ts'), kiosk: at('src/main/kiosk.ts'), cli: at('src/main/cli.ts') },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), relaxPolicyInDevelopment],
    server: { fs: { allow: [at('.')] } },
    build: {
      minify: true,
      // Nothing inlined: the page's policy has no `data:` for fonts.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: { index: at('src/renderer/index.html') },
        output: { codeSplitting: { groups: VENDORS } },
      },
    },
  },
})
