import { lookup } from 'node:dns/promises'
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectSecure, type TLSSocket } from 'node:tls'
import type { Network, TlsFacts } from '../../core/doctor/network.ts'
import type { NetworkFault } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type CertificateFacts, commonName, noteCertificate } from './certificate.ts'
import { networkFault } from './network-fault.ts'
import { createTrust } from './trust.ts'

/**
 * The layers below HTTP, one at a time. Each question owns its socket and ends it before it answers; nothing is sent over
 * any, and a certificate is judged exactly as for the console's own connections.
 */
export function createNetwork(): Network {
  const trust = createTrust()
  return {
    async addressesOf(host, timeoutMs) {
      const at = { host, port: 'any' }
      const looking = lookup(host, { all: true }).then(
        (found) => ok(found.map((one) => one.address)),
        (cause: unknown) => err(networkFault(cause, at, null)),
      )
      return await Promise.race([looking, late<readonly string[]>(timeoutMs, `the name server about ${host}`)])
    },
    reach(host, port, timeoutMs) {
      const socket = connectPlain({ host, port })
      return outcome(
        socket,
        'connect',
        { host, port, timeoutMs },
        () => socket.remoteAddress ?? host,
        () => null,
      )
    },
    async secure(host, port, tls, timeoutMs) {
      const context = trust(tls)
      if (!context.ok) return context
      const name = isIP(host) === 0 ? { servername: host } : {}
      const socket = connectSecure({ host, port, secureContext: context.value, ...name })
      let shown: CertificateFacts | null = null
      noteCertificate(socket, (facts) => void (shown = facts))
      return await outcome(
        socket,
        'secureConnect',
        { host, port, timeoutMs },
        () => factsOf(socket),
        () => shown,
      )
    },
  }
}

type Asked = { readonly host: string; readonly port: number; readonly timeoutMs: number }

function outcome<T>(
  socket: Socket,
  event: string,
  { host, port, timeoutMs }: Asked,
  read: () => T,
  shown: () => CertificateFacts | null,
): Promise<Result<T, NetworkFault>> {
  return new Promise((resolve) => {
    const settle = (result: Result<T, NetworkFault>) => {
      clearTimeout(timer)
      resolve(result)
      socket.destroy()
    }
    const detail = `no answer from ${host}:${port} within ${timeoutMs} ms`
    const timer = setTimeout(() => settle(err({ is: 'timed-out', detail })), timeoutMs)
    socket.once(event, () => settle(ok(read())))
    socket.on('error', (cause) => settle(err(networkFault(cause, { host, port: String(port) }, shown()))))
  })
}

function factsOf(socket: TLSSocket): TlsFacts {
  const shown = socket.getPeerCertificate()
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    subject: commonName(shown.subject),
    issuer: commonName(shown.issuer),
    names: shown.subjectaltname ?? '',
    validFrom: momentOf(shown.valid_from),
    validTo: momentOf(shown.valid_to),
  }
}

function momentOf(text: string): number | null {
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}

function late<T>(ms: number, whom: string): Promise<Result<T, NetworkFault>> {
  return new Promise((resolve) => {
    // A name server that never answers must not hold the process open either.
    setTimeout(() => resolve(err({ is: 'name-not-found', detail: `${whom} did not answer in time` })), ms).unref()
  })
}
