import { Resolver } from 'node:dns/promises'
import type { DNSResolver } from 'mailauth'
import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Kernel } from '../../platform/kernel.ts'
import type { Module, Surroundings } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { caseLink, checkToken, repliedEvent, sendAtOf } from '../cases/index.ts'
import { acknowledgeForm, askByMail } from './acknowledging.ts'
import { channelsApi } from './api.ts'
import { closeTransport } from './attempting.ts'
import { CaseLetter, postCaseLetter } from './case-letters.ts'
import { deliverReplies } from './delivering.ts'
import { personal, sentences } from './events.ts'
import { startImap } from './imap.ts'
import { startIntake } from './intake.ts'
import { Letter, postLetter } from './letters.ts'
import { startListener } from './listening.ts'
import { addMailbox, mailboxesOf } from './mailboxes.ts'
import { send } from './sending.ts'
import { en } from './ui/en.ts'
import { gauges } from './watching.ts'

const openedEvent = z.object({ subject: z.object({ id: z.number() }).loose() }).loose()
const checkEvent = z
  .object({ subject: z.object({ id: z.number() }).loose(), data: z.object({ checkId: z.number() }).loose() })
  .loose()

const resolver = new Resolver({ timeout: 3_000, tries: 1 })
const dns = ((name: string, type: string) => resolver.resolve(name, type)) as DNSResolver

/** The first mailbox, when MAIL_ADDRESS names one and it does not exist yet. */
const ensureMailbox = async (kernel: Kernel, key: Buffer, address: string | null): Promise<void> => {
  if (!address) return
  const known = await kernel.read(system, mailboxesOf)
  if (known.some(mailbox => mailbox.address === address)) return
  const team = await kernel.read(system, ({ db }) =>
    db.selectFrom('teams').select('id').where('ended_at', 'is', null).orderBy('id').executeTakeFirst(),
  )
  await kernel.work(system, work =>
    addMailbox(work, key, {
      name: 'Customer service',
      address,
      kind: 'listener',
      teamId: team?.id ?? null,
      acknowledge: true,
      imap: null,
    }),
  )
}

const start = ({ config, kernel, files, log, outgoing, keyFor }: Surroundings) => {
  const linkKey = keyFor('case link')
  const keys = {
    mail: keyFor('stored mail'),
    thread: keyFor('mail threads'),
    kept: !config.smtpUrl,
    caseLink: (caseId: number, personId: number, madeAt: Date) =>
      `${config.baseUrl}/k/${caseLink(linkKey, caseId, personId, madeAt)}`,
  }
  const passwordKey = keyFor('mailbox passwords')
  const checkKey = keyFor('closing check')
  const intake = startIntake({
    kernel,
    files,
    log,
    keys,
    perMinute: config.intakePerMinute,
    authservId: config.mailAuthservId,
    resolver: dns,
  })
  const sweep = async () => {
    for (const mailbox of await kernel.read(system, mailboxesOf)) intake.nudge(mailbox.id)
  }
  const closing: (() => Promise<void>)[] = []
  return {
    api: channelsApi({ config, mailKey: keys.mail, passwordKey, nudge: intake.nudge }),
    jobs: [
      job({
        name: 'channels:deliver',
        payload: repliedEvent,
        run: ({ data }) => kernel.work(system, work => deliverReplies(work, keys, files, [data.messageId])),
        runAll: (work, replies) => {
          const ids = replies.map(({ data }) => data.messageId)
          return deliverReplies(work, keys, files, ids)
        },
      }),
      job({
        name: 'channels:send',
        payload: z.object({ id: z.number() }),
        run: ({ id }) => send(kernel, keys.mail, config.smtpUrl, id),
      }),
      job({
        name: 'channels:ask_if_met',
        payload: checkEvent,
        run: ({ subject, data }) =>
          kernel.work(system, work =>
            askByMail(
              work,
              keys,
              `${config.baseUrl}/c/${checkToken(checkKey, data.checkId)}`,
              subject.id,
              data.checkId,
            ),
          ),
      }),
      job({
        name: 'channels:acknowledge',
        payload: openedEvent,
        run: ({ subject }) => kernel.work(system, work => acknowledgeForm(work, keys, subject.id)),
      }),
      job({
        name: 'channels:letter',
        payload: Letter,
        run: letter => kernel.work(system, work => postLetter(work, keys, letter)),
      }),
      job({
        name: 'channels:case_letter',
        payload: CaseLetter,
        run: letter => kernel.work(system, work => postCaseLetter(work, keys, letter)),
      }),
      // What a process that was killed left unread is found here, and at the start.
      job({ name: 'channels:sweep', payload: z.object({}).loose(), cron: '* * * * *', run: sweep }),
    ],
    gauges,
    prepare: () => ensureMailbox(kernel, passwordKey, config.mailAddress),
    listen: async () => {
      await sweep()
      const imap = startImap({ kernel, log, outgoing, mailKey: keys.mail, passwordKey, stored: intake.nudge })
      closing.push(imap.stop)
      if (!config.smtpListen) return
      const listener = await startListener({ kernel, log, ...config.smtpListen, key: keys.mail, stored: intake.nudge })
      closing.push(listener.close)
    },
    stop: async () => {
      for (const close of closing) await close()
      await intake.stop()
      closeTransport()
    },
  }
}

export const channelsModule: Module = {
  name: 'channels',
  uses: ['identity', 'people', 'cases'],
  owns: ['mailboxes', 'received_mail', 'mail_ids', 'outgoing_mail', 'auto_replies'],
  words: en,
  sentences,
  personal,
  subscriptions: [
    {
      event: 'case.replied',
      job: 'channels:deliver',
      when: ({ data }) => data?.channel === 'email' && sendAtOf(data) !== undefined,
      at: ({ data }) => sendAtOf(data),
      together: true,
    },
    {
      event: 'case.wrote_aside',
      job: 'channels:deliver',
      when: ({ data }) => data?.channel === 'email' && sendAtOf(data) !== undefined,
      at: ({ data }) => sendAtOf(data),
      together: true,
    },
    {
      event: 'case.reply_hastened',
      job: 'channels:deliver',
      when: ({ data }) => data?.channel === 'email',
      together: true,
    },
    { event: 'case.opened', job: 'channels:acknowledge', when: ({ data }) => data?.channel === 'web_form' },
    { event: 'case.check_asked', job: 'channels:ask_if_met', at: ({ data }) => sendAtOf(data) },
  ],
  start,
}
