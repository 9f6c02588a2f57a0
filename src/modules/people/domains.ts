import { domainToASCII } from 'node:url'
import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'

/** Mail services open to everybody: having an address there says nothing about where somebody belongs. */
const publicDomains = new Set(
  `163.com 126.com aol.com aol.co.uk att.net blueyonder.co.uk bt.com btinternet.com btopenworld.com comcast.net duck.com
  eircom.net fastmail.com fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.co.uk gmx.com gmx.de gmx.net
  googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com icloud.com
  inbox.com laposte.net libero.it live.co.uk live.com live.ie lineone.net mac.com mail.com mail.ru mailbox.org me.com
  msn.com naver.com ntlworld.com o2.co.uk o2.pl online.de onet.pl orange.fr outlook.com outlook.co.uk outlook.de outlook.es
  outlook.fr outlook.ie plus.net pm.me posteo.de proton.me protonmail.com qq.com rediffmail.com rocketmail.com sfr.fr
  sky.com t-online.de talk21.com talktalk.net tiscali.co.uk tuta.com tuta.io tutanota.com verizon.net virgin.net
  virginmedia.com wanadoo.fr web.de wp.pl yahoo.ca yahoo.co.in yahoo.co.uk yahoo.com yahoo.com.au yahoo.de yahoo.es
  yahoo.fr yahoo.ie yahoo.it yandex.com yandex.ru ymail.com zoho.com`.split(/\s+/),
)

/** A name in the form the domain name system uses, which has one spelling; empty when it can be none. */
const plain = (domain: string): string =>
  domainToASCII(domain.trim().toLowerCase().replace(/^@/, '').replace(/\.$/, ''))

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

/** The domain of an e-mail address as groups keep it, or null where it says nothing about where somebody belongs. */
export const domainOfAddress = (address: string): string | null => {
  const domain = plain(address.slice(address.lastIndexOf('@') + 1))
  return domain === '' || publicDomains.has(domain) ? null : domain
}

/**
 * The mail domains of a group, each once, in plain spelling.
 * @param kept domains it has already: they stay, whatever is thought of them today
 * @throws Refusal naming the field for what is no domain, or one that everybody can have
 */
export const plainDomains = (domains: readonly string[], kept: readonly string[] = []): string[] => {
  const result = domains.map((given, index) => {
    if (kept.includes(given)) return given
    const domain = plain(given)
    if (domain.length === 0 || domain.length > 253 || !domain.split('.').every(part => label.test(part)))
      refuseField(`domains[${index}]`, `“${given}” is not a mail domain such as example.org`)
    if (publicDomains.has(domain))
      refuseField(
        `domains[${index}]`,
        `${domain} is open to everybody: people who write from there have nothing in common. Name a domain that is the organisation’s own`,
      )
    return domain
  })
  return [...new Set(result)]
}

/** What joining by a mail domain leaves behind. */
export type Joined = { groupId: number; name: string; domain: string }

export const recordJoined = (work: Work, personId: number, { groupId, name, domain }: Joined): void =>
  work.record({
    type: 'person.joined_group',
    subject: { kind: 'person', id: personId },
    data: { groupId, name, domain },
  })
