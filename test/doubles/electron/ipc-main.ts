import { EventEmitter } from 'node:events'
import { only } from './missing.ts'

/** Messages from preloads. `handle` and its kin are not here. */
export const ipcMain = only('ipcMain', new EventEmitter())
