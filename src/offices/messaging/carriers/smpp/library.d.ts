/** What is used of npm `smpp` 0.5, which brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'
  import type { ConnectionOptions, TlsOptions } from 'node:tls'

  /** Text and header of a message as the library parsed them: bytes where it does not know the coding. */
  export type Parsed = { message: string | Buffer; udh?: Buffer[] }

  export class PDU {
    constructor(command: string, fields?: Fields)
    command: string
    command_status: number
    sequence_number: number
    message_id?: string
    source_addr?: string
    source_addr_ton?: number
    destination_addr?: string
    dest_addr_ton?: number
    esm_class?: number
    data_coding?: number
    registered_delivery?: number
    validity_period?: string | Date
    short_message?: Parsed
    message_payload?: Parsed
    receipted_message_id?: string
    message_state?: number
    network_error_code?: Buffer
    sar_msg_ref_num?: number
    sar_total_segments?: number
    sar_segment_seqnum?: number
    system_id?: string
    password?: string
    isResponse(): boolean
    response(fields?: Fields): PDU
  }

  export type Fields = Record<string, string | number | Buffer | Date | undefined>
  type Shortcut = (fields: Fields, answered?: (pdu: PDU) => void) => boolean

  export class Session extends EventEmitter {
    readonly socket: Socket
    send(pdu: PDU, answered?: (pdu: PDU) => void): boolean
    bind_transceiver: Shortcut
    submit_sm: Shortcut
    deliver_sm: Shortcut
    enquire_link: Shortcut
    unbind: Shortcut
    close(callback?: () => void): void
    destroy(callback?: () => void): void
    pause(): void
    resume(): void
  }

  export class Server extends NetServer {
    readonly sessions: Session[]
  }

  export function connect(
    options: ConnectionOptions & { host: string; port: number; tls?: boolean; noDelay?: boolean },
  ): Session
  export function createServer(options: TlsOptions, listener: (session: Session) => void): Server
  export function createServer(listener: (session: Session) => void): Server
  export const errors: Record<string, number>

  const library: {
    PDU: typeof PDU
    connect: typeof connect
    createServer: typeof createServer
    errors: typeof errors
  }
  export default library
}
