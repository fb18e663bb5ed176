const GONE = '[redacted]'

/** Fields that hold a secret or a person's number whatever their value looks like. */
const SECRET_NAME =
  /passw|pwd|secret|token|authoriz|cookie|credential|ticket|refresh|^access$|^jwt$|api.?key|session.?key|mobile|phone|whatsapp/i

/** A JSON Web Token, also one cut short. */
const JWT = /\beyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){0,4}/g
const AUTHORIZATION = /\b(Bearer|Basic|JWT|Token)\s+[A-Za-z0-9._~+/=-]{6,}/gi
/** `name=value` in addresses and forms, `"name": "value"` in JSON, `name: value` in headers. */
const NAMED =
  /((?:[a-z0-9]+[-_])*(?:password|passwd|pwd|secret|token|access|refresh|ticket|api[-_]?key|cookie|authorization|mobile|phone)(?:\\?["'])?\s*[=:]\s*)(\\?"(?:[^"\\]|\\[^"])*\\?"|'[^']*'|[^\s&,;}"']+)/gi
/** Telephone numbers: with a country code, or eight digits as in the Gulf; Latin and Arabic digits. Dates and counts stay. */
const ABROAD = /(?<![\p{L}\p{N}])(?:\+|00|٠٠)[\p{Nd}][\p{Nd} ()-]{6,15}[\p{Nd}]/gu
const LOCAL = /(?<![\p{L}\p{N}.:+_-])[569٥٦٩][\p{Nd}]{7}(?![\p{L}\p{N}_-])/gu

/** The text without tokens, passwords and telephone numbers. */
export function redactText(text: string): string {
  return text
    .replace(AUTHORIZATION, `$1 ${GONE}`)
    .replace(JWT, GONE)
    .replace(NAMED, `$1${GONE}`)
    .replace(ABROAD, GONE)
    .replace(LOCAL, GONE)
}

/** One field of a log line as it may be written. */
export function redactField(name: string, value: string | number | boolean | null): string | number | boolean | null {
  if (value === null || typeof value === 'boolean') return value
  if (SECRET_NAME.test(name)) return typeof value === 'number' && Math.abs(value) < 1_000_000 ? value : GONE
  return typeof value === 'string' ? redactText(value) : value
}
