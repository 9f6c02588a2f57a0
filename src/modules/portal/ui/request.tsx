import './portal.css'
import { Button, Textarea } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { StatusBadge } from '../../../ui/kit/badges.tsx'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { PromisedIn, useAsked } from '../../offers/ui/index.ts'
import { type PortalTalk, portal } from '../contract.ts'
import { FilesField, followed, useFiles } from './files.tsx'
import { Said } from './said.tsx'

const stale = [portal.request, portal.requests]

const Confirm = ({ talk }: { talk: PortalTalk }) => {
  const t = useSay()
  const [remark, setRemark] = useState('')
  const act = useAct(portal.confirmRequest, { refresh: stale, done: () => told(t('requests.confirmed')) })
  const say = (met: 'yes' | 'partly' | 'no') => act.mutate({ id: talk.id, met, remark })
  return (
    <section className="rp-section">
      <h2>{t('requests.confirm')}</h2>
      <div className="rp-stack">
        <Textarea
          label={t('requests.remark')}
          value={remark}
          onChange={event => setRemark(event.currentTarget.value)}
          maxLength={4000}
          autosize
        />
        <div className="rp-actions">
          <Button onClick={() => say('yes')}>{t('requests.confirmYes')}</Button>
          <Button variant="default" onClick={() => say('partly')}>
            {t('requests.confirmPartly')}
          </Button>
          <Button variant="default" onClick={() => say('no')}>
            {t('requests.confirmNo')}
          </Button>
        </div>
      </div>
    </section>
  )
}

const Answer = ({ talk }: { talk: PortalTalk }) => {
  const t = useSay()
  const [text, setText] = useState('')
  const chosen = useFiles()
  const done = () => {
    setText('')
    chosen.set([])
  }
  const act = useAct(portal.answerRequest, { quiet: true, refresh: stale, done })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void chosen.send(attachmentIds => act.mutate({ id: talk.id, text, attachmentIds }))
  }
  return (
    <form onSubmit={submit} className="rp-stack">
      <ProblemNote problem={chosen.problem ?? act.error} />
      <Textarea
        label={t('requests.answer')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={14}
        maxLength={50_000}
      />
      <FilesField chosen={chosen} />
      <div>
        <Button type="submit" loading={chosen.sending || act.isPending} disabled={text.trim() === ''}>
          {t('requests.send')}
        </Button>
      </div>
    </form>
  )
}

/** One request as the one who asked sees it: no notes, no queue, what was said and what one can do. */
export const RequestPage = () => {
  const t = useSay()
  const id = Number(useParams().id)
  const talk = useCall(portal.request, { id }, { enabled: Number.isInteger(id) && id > 0, retry: false, ...followed })
  const askedIn = useAsked()
  const withdraw = useAct(portal.withdrawRequest, { refresh: stale, done: () => told(t('requests.withdrawn')) })
  if (!(id > 0) || talk.error?.status === 404) return <NotFound />
  if (!talk.data)
    return (
      <div className="rp-page" data-narrow>
        <PageHeader title={t('requests.title')} />
        <ProblemNote problem={talk.error} />
        <Loading rows={4} />
      </div>
    )
  return (
    <div className="rp-page" data-narrow>
      <Link to="/requests" className="rp-back-link">
        <IconArrowLeft size={16} aria-hidden /> {t('requests.back')}
      </Link>
      <PageHeader
        title={talk.data.subject}
        lead={
          <>
            #{talk.data.id} <StatusBadge status={talk.data.status} /> <PromisedIn asked={askedIn(id)} />
          </>
        }
      >
        {talk.data.can.includes('withdraw') && (
          <ConfirmButton
            action={t('requests.withdraw')}
            question={t('requests.withdraw')}
            text={t('talk.withdrawText')}
            onConfirm={() => withdraw.mutate({ id })}
          />
        )}
      </PageHeader>
      <Said talk={talk.data} />
      {talk.data.can.includes('say_met') && <Confirm talk={talk.data} />}
      {talk.data.can.includes('write') && <Answer talk={talk.data} />}
    </div>
  )
}
