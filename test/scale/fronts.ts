import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverAccount } from '../../src/platform/database/postgres/account.ts'
import { findFreePort } from '../../src/platform/database/postgres/server.ts'
import { type Daemon, isOpen, startDaemon, until } from './daemon.ts'
import { pathOf } from './needs.ts'

export type Front = { port: number; daemon: Daemon }

/**
 * nginx before several processes. A POST may be sent to the next one when the first breaks off (`non_idempotent`): each carries a key, and is
 * done once whoever answers it. None is put aside for having failed (`max_fails=0`): a port of the same machine that is closed says so at once, and
 * while one process is replaced a single failure of the other would leave nobody.
 */
export async function startNginx(folder: string, port: number, webPorts: readonly number[]): Promise<Front> {
  const file = join(folder, 'nginx.conf')
  for (const each of ['body', 'proxy']) mkdirSync(join(folder, each), { recursive: true })
  writeFileSync(
    file,
    `pid ${folder}/nginx.pid;
error_log ${folder}/nginx-error.log warn;
worker_processes 1;
daemon off;
user root;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  upstream shubbak {
    ${webPorts.map(each => `server 127.0.0.1:${each} max_fails=0;`).join('\n    ')}
    keepalive 32;
  }
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 90m;
    location / {
      proxy_pass http://shubbak;
      proxy_http_version 1.1;
      proxy_set_header Host $host:$server_port;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_read_timeout 120s;
      proxy_next_upstream error non_idempotent;
      add_header X-Answered-By $upstream_addr always;
    }
  }
}
`,
  )
  const daemon = startDaemon([pathOf('nginx'), '-c', file, '-p', folder], join(folder, 'nginx.log'))
  await until(`nginx listens (${daemon.said()})`, () => isOpen(port), 15_000)
  return { port, daemon }
}

/** pgbouncer in transaction mode: a connection of the database is whoever's transaction has it. */
export async function startBouncer(folder: string, databasePort: number, port?: number): Promise<Front> {
  const listen = port ?? (await findFreePort())
  const file = join(folder, 'pgbouncer.ini')
  const users = join(folder, 'users.txt')
  const account = serverAccount(folder)
  writeFileSync(users, '"web" "web-word"\n')
  writeFileSync(
    file,
    `[databases]
town = host=127.0.0.1 port=${databasePort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listen}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
max_client_conn = 400
default_pool_size = 24
server_reset_query =
ignore_startup_parameters = extra_float_digits
log_connections = 0
log_disconnections = 0
`,
  )
  if (account) for (const each of [users, file]) chownSync(each, account.uid, account.gid)
  const daemon = startDaemon([pathOf('pgbouncer'), file], join(folder, 'pgbouncer.log'), { account })
  await until(`pgbouncer listens (${daemon.said()})`, () => isOpen(listen), 15_000)
  return { port: listen, daemon }
}

/** haproxy before the nodes of Patroni: connections go to whichever says it is the leader, and end when it no longer is. */
export async function startLeaderProxy(
  folder: string,
  nodes: readonly { name: string; port: number; restPort: number }[],
): Promise<Front> {
  const port = await findFreePort()
  const file = join(folder, 'haproxy.cfg')
  writeFileSync(
    file,
    `global
  maxconn 500
defaults
  mode tcp
  timeout connect 2s
  timeout client 30m
  timeout server 30m
listen leader
  bind 127.0.0.1:${port}
  option httpchk GET /leader
  http-check expect status 200
  default-server inter 500ms fastinter 200ms fall 2 rise 1 on-marked-down shutdown-sessions
${nodes.map(({ name, port: at, restPort }) => `  server ${name} 127.0.0.1:${at} check port ${restPort}`).join('\n')}
`,
  )
  const daemon = startDaemon([pathOf('haproxy'), '-db', '-f', file], join(folder, 'haproxy.log'))
  await until(`haproxy listens (${daemon.said()})`, () => isOpen(port), 15_000)
  return { port, daemon }
}
