import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { knowScheme, toChromium, toElectron } from '../doubles/electron/addresses.ts'
import { makeCodec } from '../doubles/electron/codec.ts'
import * as standIn from '../doubles/electron/electron.ts'
import { allOf, mainExports, shapesIn } from '../doubles/electron/names.ts'

const TYPES = fileURLToPath(import.meta.resolve('electron/electron.d.ts'))
const theirs = shapesIn(TYPES)
const exported = mainExports(TYPES)
const room = (name: string) => join(import.meta.dirname, '../doubles/electron', name)

/** Our class, where it is written, and Electron's class it stands for. */
const CLASSES = [
  ['App', 'app.ts', 'App'],
  ['CommandLine', 'app.ts', 'CommandLine'],
  ['BrowserWindow', 'browser-window.ts', 'BrowserWindow'],
  ['WebContents', 'web-contents.ts', 'WebContents'],
  ['Session', 'session.ts', 'Session'],
  ['Protocol', 'protocol.ts', 'Protocol'],
  ['MessagePortMain', 'message-port.ts', 'MessagePortMain'],
  ['MessageChannelMain', 'message-port.ts', 'MessageChannelMain'],
  ['Menu', 'desktop.ts', 'Menu'],
  ['Tray', 'desktop.ts', 'Tray'],
  ['Notification', 'desktop.ts', 'Notification'],
  ['NativeImage', 'desktop.ts', 'NativeImage'],
] as const
/** Rooms that emit events, and whose events those are. */
const EMITTERS = [
  ['app.ts', 'App'],
  ['browser-window.ts', 'BrowserWindow'],
  ['web-contents.ts', 'WebContents'],
  ['routes.ts', 'WebContents'],
  ['message-port.ts', 'MessagePortMain'],
] as const

describe('the stand-in against Electron’s types', () => {
  test('[S95] it exports nothing Electron does not', () => {
    expect(Object.keys(standIn).filter((name) => !exported.has(name))).toEqual([])
    expect(exported.size).toBeGreaterThan(40)
  })

  test.each(CLASSES)('[S95] %s has no member of its own', (ours, file, electrons) => {
    const shapes = shapesIn(room(file))
    for (const part of ['members', 'statics'] as const) {
      const known = allOf(theirs, electrons, part)
      const own = [...(shapes.get(ours)?.[part] ?? [])]
      expect(own.filter((name) => !known.has(name))).toEqual([])
    }
    expect(shapes.get(ours)).toBeDefined()
    expect(allOf(theirs, electrons, 'members').size).toBeGreaterThan(0)
  })

  test.each(['shell', 'dialog', 'net', 'nativeImage', 'session', 'powerMonitor', 'ipcMain'] as const)(
    '[S95] %s has no member of its own',
    (name) => {
      const type = exported.get(name) ?? ''
      const known = type.startsWith('typeof ')
        ? allOf(theirs, type.slice('typeof '.length), 'statics')
        : allOf(theirs, type, 'members')
      const own = Object.keys(standIn[name]).filter((key) => !key.startsWith('_'))
      expect(own.filter((key) => !known.has(key))).toEqual([])
    },
  )

  test.each(EMITTERS)('[S95] %s emits only what %s emits', (file, type) => {
    const emitted = [...readFileSync(room(file), 'utf8').matchAll(/emit\('([^']+)'/g)].map((match) => match[1] ?? '')
    const known = allOf(theirs, type, 'events')
    expect(emitted.filter((event) => !known.has(event))).toEqual([])
    expect(known.size).toBeGreaterThan(0)
  })

  test('[S96] what is not there throws when touched', () => {
    expect(() => Reflect.get(standIn.clipboard, 'readText')).toThrow('electron.clipboard.readText is not implemented')
    expect(() => Reflect.get(standIn.app, 'getGPUInfo')).toThrow('electron.app.getGPUInfo is not implemented')
    expect(() => Reflect.get(standIn.ipcMain, 'handle')).toThrow('electron.ipcMain.handle is not implemented')
    expect(() => new standIn.BrowserWindow()).toThrow('before app is ready')
  })
})

describe('the stand-in’s addresses', () => {
  test('[S95] an address of a known scheme is told to main as it was asked for', () => {
    knowScheme('app')
    for (const address of [
      'app://tallydesk/',
      'app://tallydesk/a/b.js?c=d#e',
      'app://tallydesk',
      'app://elsewhere/x',
    ]) {
      expect(toElectron(toChromium(address))).toBe(address)
    }
    expect(toElectron('blob:https://tallydesk.app.invalid/1')).toBe('blob:app://tallydesk/1')
    expect(toElectron('https://tallydesk.app.invalid.example/')).toBe('https://tallydesk.app.invalid.example/')
    for (const other of ['https://elsewhere.invalid/', 'about:blank', 'file:///x']) {
      expect([toElectron(other), toChromium(other)]).toEqual([other, other])
    }
  })
})

describe('the stand-in’s clone', () => {
  test('[S95] values cross as they are; what cannot be cloned is refused as Electron refuses it', () => {
    const { encode, decode } = makeCodec()
    const value = {
      a: [1, -0, Number.NaN, null, undefined, 10n],
      m: new Map([[{ k: 1 }, new Set(['x'])]]),
      d: new Date(5),
      $: 'x',
    }
    expect(decode(encode(value))).toStrictEqual(value)
    expect(() => encode({ f: () => 1 })).toThrow('An object could not be cloned.')
    const loop: { self?: unknown } = {}
    loop.self = loop
    expect(() => encode(loop)).toThrow('not implemented in the stand-in')
  })
})
