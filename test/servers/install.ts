import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const wanted = {
  '/usr/sbin/dovecot': 'dovecot-imapd',
  '/usr/sbin/exim4': 'exim4-daemon-light',
  '/usr/bin/promtool': 'prometheus',
}

/** Installs what is missing, as root on Debian; elsewhere the tests say that they were left out, and why. */
export default (): void => {
  const missing = Object.entries(wanted).filter(([program]) => !existsSync(program))
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing.map(([, name]) => name)], {
    stdio: 'ignore',
    env,
  })
}
