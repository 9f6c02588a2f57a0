import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const dovecot = '/usr/sbin/dovecot'
const nobody = 65534

const configuration = (folder: string, port: number) => `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
default_login_user = nobody
default_internal_user = nobody
default_internal_group = nogroup
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${nobody} gid=${nobody} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`

export type Dovecot = {
  /** Puts a mail into somebody's mailbox, as another delivery agent would. */
  deliver(user: string, name: string, raw: string): void
  stop(): Promise<void>
}

/** Debian's dovecot with a configuration of its own, for any user with the password "secret". Needs root. */
export const startDovecot = async (port: number): Promise<Dovecot> => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-dovecot-'))
  chmodSync(folder, 0o755)
  for (const part of ['run', 'state', 'mail']) mkdirSync(join(folder, part))
  chownSync(join(folder, 'mail'), nobody, nobody)
  writeFileSync(join(folder, 'conf'), configuration(folder, port))
  const child: ChildProcess = spawn(dovecot, ['-F', '-c', join(folder, 'conf')], { stdio: 'ignore' })
  const deliver = (user: string, name: string, raw: string): void => {
    const box = join(folder, 'mail', user)
    for (const part of ['', 'new', 'cur', 'tmp']) {
      mkdirSync(join(box, part), { recursive: true })
      chownSync(join(box, part), nobody, nobody)
    }
    const path = join(box, 'new', name)
    writeFileSync(path, raw)
    chownSync(path, nobody, nobody)
  }
  return {
    deliver,
    stop: async () => {
      const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
      spawnSync('/usr/bin/doveadm', ['-c', join(folder, 'conf'), 'stop'])
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
