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
    // Nothing inlined: the page's policy has no `data:` for fonts.
    build: { minify: true, assetsInlineLimit: 0, rollupOptions: { input: { index: at('src/renderer/index.html') } } },
  },
})
