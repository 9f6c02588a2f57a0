import { count, type Finding, minutesSince, note, ok, type Query, wrong } from './checks.ts'

type Box = { name: string; error: string | null; checked: Date | null; kind: string }

/** An account is looked into every five minutes at the latest. */
const mostUncheckedMinutes = 15

const checkBox = (box: Box, at: Date): Finding => {
  if (box.error) return wrong(`Mailbox "${box.name}": ${box.error}`, 'Correct it under Organisation > Mailboxes.')
  const minutes = minutesSince(box.checked, at)
  if (box.kind !== 'imap' || (box.checked && minutes <= mostUncheckedMinutes)) return ok(`Mailbox "${box.name}" works.`)
  return wrong(
    box.checked
      ? `Mailbox "${box.name}" was last looked into ${minutes} minutes ago.`
      : `Mailbox "${box.name}" was never looked into.`,
    'Is a process with --roles=jobs running?',
  )
}

/** Mail: boxes that cannot be read, what waits to be read or sent, and what nobody has decided on. */
export const checkMail = async (query: Query, at: Date): Promise<Finding[]> => {
  const boxes = await query<Box>(
    `select name, last_error as error, last_checked_at as checked, kind from mailboxes where ended_at is null`,
  )
  const unread = await count(
    query,
    `select count(*)::int as n, min(received_at) as oldest from received_mail where state = 'stored'`,
  )
  const held = await count(
    query,
    `select count(*)::int as n, min(received_at) as oldest from received_mail where state = 'quarantined'`,
  )
  const unsent = await count(
    query,
    `select count(*)::int as n, min(created_at) as oldest from outgoing_mail where state = 'waiting'`,
  )
  const [ended = { failed: 0, kept: 0 }] = await query<{ failed: number; kept: number }>(
    `select count(*) filter (where state = 'failed')::int as failed, count(*) filter (where state = 'kept')::int as kept
      from outgoing_mail where created_at > now() - interval '7 days'`,
  )
  return [
    ...(boxes.length === 0 ? [note('There is no mailbox.', 'Add one under Organisation > Mailboxes.')] : []),
    ...boxes.map(box => checkBox(box, at)),
    minutesSince(unread.oldest, at) > 5
      ? wrong(
          `${unread.n} received mails have not been read for ${minutesSince(unread.oldest, at)} minutes.`,
          'Is a process with --roles=jobs running?',
        )
      : ok('Received mail is read.'),
    held.n > 0
      ? note(`${held.n} mails are held back.`, 'Decide on them under Organisation > Mail.')
      : ok('No mail is held back.'),
    minutesSince(unsent.oldest, at) > 15
      ? wrong(
          `${unsent.n} mails wait to go out, the oldest for ${minutesSince(unsent.oldest, at)} minutes.`,
          'Check SMTP_URL and the outgoing server.',
        )
      : ok('No outgoing mail waits for long.'),
    ...unsentFindings(ended),
  ]
}

/** What did not go out although nothing waits any more. */
const unsentFindings = ({ failed, kept }: { failed: number; kept: number }): Finding[] => [
  ...(failed > 0
    ? [note(`${failed} mails of the last seven days could not be sent.`, 'See why under Organisation > Mail.')]
    : []),
  ...(kept > 0
    ? [
        note(
          `${kept} mails of the last seven days were kept and not sent, for want of an outgoing server.`,
          'Set SMTP_URL, then send them under Organisation > Mail.',
        ),
      ]
    : []),
]
