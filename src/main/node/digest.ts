import { hash } from 'node:crypto'
import type { Digest } from '../../core/ports.ts'

/** SHA-256 of UTF-8 text, lower-case hex. */
export const sha256: Digest = (text) => hash('sha256', text, 'hex')
