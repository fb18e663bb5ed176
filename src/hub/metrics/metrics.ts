import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The hub's own figures, in a registry of its own so that two hubs in one process do not mix. */
export type Metrics = {
  readonly registry: Registry
  readonly requests: Counter<'method' | 'route' | 'status'>
  readonly seconds: Histogram<'method' | 'route'>
  readonly frames: Counter
  readonly sent: Counter
  readonly sockets: Gauge
  readonly closes: Counter<'code'>
  readonly resumes: Counter<'outcome'>
  readonly signIns: Counter<'outcome'>
}

export function metricsOf(read: { readonly seq: () => number; readonly sockets: () => number }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  new Gauge({
    name: 'tallydesk_hub_sequence',
    help: 'Number of the last committed frame',
    registers,
    collect() {
      this.set(read.seq())
    },
  })
  const sockets = new Gauge({
    name: 'tallydesk_hub_sockets',
    help: 'Open sockets',
    registers,
    collect() {
      this.set(read.sockets())
    },
  })
  new Gauge({
    name: 'tallydesk_hub_resident_bytes',
    help: 'Memory of the process',
    registers,
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  return {
    registry,
    sockets,
    requests: new Counter({
      name: 'tallydesk_hub_requests_total',
      help: 'REST requests answered',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    seconds: new Histogram({
      name: 'tallydesk_hub_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
    frames: new Counter({ name: 'tallydesk_hub_frames_total', help: 'Frames committed', registers }),
    sent: new Counter({ name: 'tallydesk_hub_frames_sent_total', help: 'Frames handed to sockets', registers }),
    closes: new Counter({
      name: 'tallydesk_hub_closes_total',
      help: 'Sockets closed, by code',
      labelNames: ['code'],
      registers,
    }),
    resumes: new Counter({
      name: 'tallydesk_hub_resumes_total',
      help: 'Resume requests',
      labelNames: ['outcome'],
      registers,
    }),
    signIns: new Counter({
      name: 'tallydesk_hub_sign_ins_total',
      help: 'Sign-ins',
      labelNames: ['outcome'],
      registers,
    }),
  }
}
