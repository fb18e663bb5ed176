import type { Result } from '../../shared/result.ts'
import type { NetworkFault, TlsChoice } from '../ports.ts'

/** What a server showed of itself in a TLS handshake that was good. Times in ms since 1970. */
export type TlsFacts = {
  /** `TLSv1.3`. */
  readonly protocol: string
  readonly subject: string
  readonly issuer: string
  /** The names it is good for, as the certificate lists them. */
  readonly names: string
  readonly validFrom: number | null
  readonly validTo: number | null
}

/** The layers below HTTP, one at a time: what the doctor looks at and the console itself never needs. */
export interface Network {
  /** Every address of this name, as the system resolves it. */
  addressesOf(host: string, timeoutMs: number): Promise<Result<readonly string[], NetworkFault>>
  /** Opens a TCP connection and closes it; answers the address that took it. */
  reach(host: string, port: number, timeoutMs: number): Promise<Result<string, NetworkFault>>
  /** Shakes hands as every connection of ours does, sends nothing, and closes. */
  secure(host: string, port: number, tls: TlsChoice, timeoutMs: number): Promise<Result<TlsFacts, NetworkFault>>
}
