/** How long the browser may take to take up a file before its address is given back, ms. */
const TAKEN_UP_MS = 10_000

/** Hands a CSV to the browser as a file of this name. */
export function saveCsvAs(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: 'text/csv;charset=utf-8' }))
}

/** Hands a ZIP, base64, to the browser as a file of this name. */
export function saveZipAs(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  saveBlob(name, new Blob([bytes], { type: 'application/zip' }))
}

function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), TAKEN_UP_MS)
}
