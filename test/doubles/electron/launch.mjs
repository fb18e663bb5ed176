#!/usr/bin/env node
// Runs an app as `electron <app>` would, on the stand-in. Usable as ELECTRON_EXEC_PATH.
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [, self = '', ...words] = process.argv
const at = words.findIndex((word) => !word.startsWith('-'))
if (at < 0) throw new Error('Name the app to run: a folder with a package.json, or its entry file.')
const given = resolve(words[at] ?? '')
const folder = statSync(given).isDirectory()
const entry = folder ? join(given, JSON.parse(readFileSync(join(given, 'package.json'), 'utf8')).main) : given
if (folder) process.env.STAND_IN_PACKAGE = given
// As in Electron: the program, Chromium's switches if any came first, the app, the app's words.
process.argv = [self, ...words]

await import('./hooks.ts')
const { beginApp } = await import('./app.ts')
const { listenForTests } = await import('./control.ts')
listenForTests()
await import(pathToFileURL(entry).href)
await beginApp()
