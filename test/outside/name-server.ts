import { createSocket } from 'node:dgram'

/** What a name leads to: addresses, nobody by that name, or no answer at all. */
export type Leads = readonly string[] | 'nobody' | 'silence'

/**
 * A name server of the outside world, on a port of this machine. `leads` is asked once for each question, with how often the name
 * was asked for before, so that it may answer something else the second time.
 */
export async function nameServer(leads: (name: string, before: number) => Leads) {
  const asked = new Map<string, number>()
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const { name, type, end } = questionIn(question)
    // A client that asks for both kinds of address asks twice for one finding.
    const key = `${name} ${type}`
    const before = asked.get(key) ?? 0
    asked.set(key, before + 1)
    const answer = leads(name, before)
    if (answer !== 'silence') socket.send(answerTo(question.subarray(0, end), type, answer), from.port, from.address)
  })
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound))
  const { port } = socket.address()
  return {
    address: `127.0.0.1:${port}`,
    /** How often a name was asked for its IPv4 addresses. */
    timesAsked: (name: string) => asked.get(`${name} ${A}`) ?? 0,
    close: () => new Promise<void>((closed) => socket.close(() => closed())),
  }
}

const A = 1
const AAAA = 28
const HEADER = 12

function questionIn(message: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = []
  let at = HEADER
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 }
}

function answerTo(question: Buffer, type: number, leads: readonly string[] | 'nobody'): Buffer {
  const nobody = leads === 'nobody'
  const wanted = nobody
    ? []
    : leads.map(bytesOf).filter(({ length }) => length === (type === AAAA ? 16 : type === A ? 4 : -1))
  const head = Buffer.from(question)
  head.writeUInt16BE(nobody ? 0x8183 : 0x8180, 2)
  head.writeUInt16BE(wanted.length, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([
    head,
    ...wanted.map((bytes) => {
      const record = Buffer.alloc(HEADER)
      record.writeUInt16BE(0xc00c, 0) // the name in the question
      record.writeUInt16BE(type, 2)
      record.writeUInt16BE(1, 4)
      record.writeUInt16BE(bytes.length, 10)
      return Buffer.concat([record, bytes])
    }),
  ])
}

function bytesOf(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number))
  const [left = '', right = ''] = address.split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  const missing = 8 - groups(left).length - groups(right).length
  const all = [...groups(left), ...Array.from({ length: missing }, () => '0'), ...groups(right)]
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex')
}
