import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Identity = { readonly cert: string; readonly key: string }
/** Certificates for a server on this machine: signed by an authority of ours, expired, for another name, self-signed. */
export type Certificates = {
  readonly authority: string
  readonly good: Identity
  readonly expired: Identity
  readonly otherName: Identity
  readonly selfSigned: Identity
}

/** Makes them with openssl; null where there is none. */
export function makeCertificates(): Certificates | null {
  const dir = mkdtempSync(join(tmpdir(), 'certificates-'))
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: dir, stdio: 'pipe' })
  const read = (name: string): Identity => ({
    cert: readFileSync(join(dir, `${name}.pem`), 'utf8'),
    key: readFileSync(join(dir, `${name}.key`), 'utf8'),
  })
  const request = ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-sha256']
  try {
    openssl(
      ...request,
      '-x509',
      '-subj',
      '/CN=Desk Test Authority',
      '-days',
      '30',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    )
    const signed = (name: string, names: string, from: string, to: string): Identity => {
      openssl(...request, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`)
      writeFileSync(join(dir, 'ext'), `subjectAltName=${names}\n`)
      const config = `[ca]\ndefault_ca=own\n[own]\ndatabase=${dir}/index\nnew_certs_dir=${dir}\nrand_serial=yes\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n`
      writeFileSync(join(dir, 'config'), config)
      writeFileSync(join(dir, 'index'), '')
      openssl(
        'ca',
        '-batch',
        '-notext',
        '-config',
        'config',
        '-cert',
        'ca.pem',
        '-keyfile',
        'ca.key',
        '-in',
        `${name}.csr`,
        '-out',
        `${name}.pem`,
        '-extfile',
        'ext',
        '-startdate',
        from,
        '-enddate',
        to,
      )
      return read(name)
    }
    const own = 'DNS:localhost,IP:127.0.0.1'
    openssl(
      ...request,
      '-x509',
      '-subj',
      '/CN=self',
      '-addext',
      `subjectAltName=${own}`,
      '-days',
      '30',
      '-keyout',
      'self.key',
      '-out',
      'self.pem',
    )
    return {
      authority: readFileSync(join(dir, 'ca.pem'), 'utf8'),
      good: signed('good', own, '20200101000000Z', '20991231000000Z'),
      expired: signed('expired', own, '20200101000000Z', '20260102000000Z'),
      otherName: signed('other', 'DNS:results.example', '20200101000000Z', '20991231000000Z'),
      selfSigned: read('self'),
    }
  } catch {
    return null
  } finally {
    rmSync(dir, { recursive: true })
  }
}
