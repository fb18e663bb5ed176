import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The hub's own figures, in a registry of its own so that two hubs in one process do not mix. */
export type Metrics = {
  readonly registry: Registry
  readonly requests: Counter<'method' | 'route' | 'status'>
  readonly seconds: Histogram<'method' | 'route'>
  readonly frames: Counter
  readonly sent: Counter
  readonly closes: Counter<'code'>
  readonly resumes: Counter<'outcome'>
  readonly signIns: Counter<'outcome'>
}

type Read = { readonly seq: () => number; readonly sockets: () => number }

export function metricsOf(read: Read): Metrics {
  const registry = new Registry()
  gauges(registry, read)
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter<L>({ name: `tallydesk_hub_${name}`, help, labelNames, registers: [registry] })
  return {
    registry,
    requests: counter('requests_total', 'REST requests answered', 'method', 'route', 'status'),
    seconds: new Histogram({
      name: 'tallydesk_hub_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers: [registry],
    }),
    frames: counter('frames_total', 'Frames committed'),
    sent: counter('frames_sent_total', 'Messages handed to sockets'),
    closes: counter('closes_total', 'Sockets closed, by code', 'code'),
    resumes: counter('resumes_total', 'Resume requests, by outcome', 'outcome'),
    signIns: counter('sign_ins_total', 'Sign-ins, by outcome', 'outcome'),
  }
}

/** Read when somebody looks, so they cost nothing in between. */
function gauges(registry: Registry, read: Read): void {
  const gauge = (name: string, help: string, value: () => number): void => {
    const options = { name: `tallydesk_hub_${name}`, help, registers: [registry] }
    new Gauge({
      ...options,
      collect() {
        this.set(value())
      },
    })
  }
  gauge('sequence', 'Number of the last committed frame', read.seq)
  gauge('sockets', 'Open sockets', read.sockets)
  gauge('resident_bytes', 'Memory of the process', () => process.memoryUsage.rss())
}
