import { err, ok, type Result } from '../../../shared/result.ts'
import type { Findings, ImportFault } from './fault.ts'

/** A state's precincts fit several times over; what is bigger is not a precinct file. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024
const SAVE_AS = 'Open it in a spreadsheet and save it as "CSV UTF-8".'

/**
 * Bytes to text. UTF-8 (with or without a byte order mark) and UTF-16 with its mark are read as they are; bytes that are not UTF-8
 * are read as Windows Latin-1, which is what old spreadsheets write, and that is said in a warning with the line.
 */
export function decodeFile(source: string | Uint8Array, findings: Findings): Result<string, ImportFault> {
  if (source.length > MAX_FILE_BYTES) return err(tooBig())
  if (typeof source === 'string') return textual(source)
  const marked = byMark(source)
  if (marked !== null) return textual(marked)
  try {
    return textual(new TextDecoder('utf-8', { fatal: true }).decode(source))
  } catch {
    findings.warn(
      'latin-1',
      firstBadLine(source),
      'The file is not UTF-8; its accented letters were read as Windows Latin-1',
    )
    return textual(new TextDecoder('windows-1252').decode(source))
  }
}

export function tooBig(): ImportFault {
  const message = `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB.`
  return { is: 'too-big', line: null, column: null, message, remedy: 'Import one county or one state at a time.' }
}

function byMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return null
}

/** A spreadsheet or an archive is full of NULs; no table of text holds one. */
function textual(text: string): Result<string, ImportFault> {
  const nul = text.indexOf('\0')
  if (nul >= 0) {
    const line = text.slice(0, nul).split('\n').length
    return err({ is: 'not-text', line, column: null, message: 'This is not a text file.', remedy: SAVE_AS })
  }
  if (/^\uFEFF?\s*<(!doctype|html)/i.test(text)) {
    const remedy = 'It looks like a saved web page: download the raw file instead.'
    return err({ is: 'not-csv', line: 1, column: null, message: 'This is HTML, not CSV.', remedy })
  }
  return ok(text)
}

/** The line of the first byte at which the file stops being UTF-8. */
function firstBadLine(bytes: Uint8Array): number {
  let start = 0
  let line = 1
  const decoder = new TextDecoder('utf-8', { fatal: true })
  while (start < bytes.length) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline < 0 ? bytes.length : newline + 1
    try {
      decoder.decode(bytes.subarray(start, end))
    } catch {
      return line
    }
    start = end
    line += 1
  }
  return line
}
