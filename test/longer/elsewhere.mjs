// Preloaded into a program that knows one host only: its connections to that host end at a port of this machine. Names and certificates
// stay as they are, so that TLS is checked as ever.
import { Socket } from 'node:net'

const { ELSEWHERE_HOST: host, ELSEWHERE_PORT: port } = process.env
const { connect } = Socket.prototype

Socket.prototype.connect = function (...given) {
  // What node itself hands on is already a list of options and callback.
  const [options, ...rest] = Array.isArray(given[0]) ? given[0] : given
  if (!host || options?.host !== host) return connect.apply(this, given)
  return connect.call(
    this,
    { ...options, host: '127.0.0.1', port: Number(port), lookup: undefined },
    ...rest.filter(Boolean),
  )
}
