import './case.css'
import './promises.css'
import './writing.css'
import { Button } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { remember } from '../../../ui/commands/recent.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { useEscape } from '../../../ui/kit/keys.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { ComplaintOf } from '../../complaints/ui/index.ts'
import { AskedFor } from '../../demand/ui/index.ts'
import { BookingsOf } from '../../diary/ui/index.ts'
import { CaseProcedures } from '../../procedures/ui/index.ts'
import { CaseReferrals } from '../../referrals/ui/index.ts'
import { ReturnsOf } from '../../returns/ui/index.ts'
import { type Case, cases } from '../contract.ts'
import { Beside } from './beside.tsx'
import { CaseHeader } from './case-header.tsx'
import { Composer } from './composer.tsx'
import type { Mode } from './composing.ts'
import { useFollow } from './follow.ts'
import { Joined } from './joined.tsx'
import { patchLine, useChangeCase } from './lines.ts'
import { PersonCard } from './person-card.tsx'
import { PlayingBar } from './playing-bar.tsx'
import { usePresence } from './presence.ts'
import { PromisesOf } from './promises-of.tsx'
import { SolveDialog } from './solve-dialog.tsx'
import { Timeline } from './timeline.tsx'
import { useWorkingOn } from './working-on.ts'

type Props = { id: number; level: 1 | 2; back: () => void }

const useTitle = (kase: Case | undefined) => {
  useEffect(() => {
    if (!kase) return
    const before = document.title
    document.title = `#${kase.number} ${kase.subject} · Rapport`
    return () => {
      document.title = before
    }
  }, [kase])
}

/** A number whose case was merged leads to the case that holds it. */
const useMoved = (asked: number, kase: Case | undefined) => {
  const go = useNavigate()
  const t = useSay()
  const moved = kase && kase.id !== asked ? kase.id : null
  useEffect(() => {
    if (moved === null) return
    void go(`/cases/${moved}`, { replace: true })
    told(t('joined.wasMerged', { number: asked }), 'merged')
  }, [moved, asked, go, t])
}

const press = (root: HTMLElement | null, name: string) => {
  const button = root?.querySelector<HTMLElement>(`[data-name="${name}"]`)
  button?.focus()
  button?.click()
}

/** A case: what it is and who it is about, what was said, and the answer. */
export const CasePane = ({ id, level, back }: Props) => {
  const client = useQueryClient()
  const kase = useCall(cases.get, { id })
  // That a number leads to another case may be over: the merge may have been taken back since.
  const data = kase.data?.id === id || !kase.isFetching ? kase.data : undefined
  useTitle(data)
  useMoved(id, data)
  // The row of an open case is as fresh as the case itself.
  useEffect(() => {
    if (data) patchLine(client, id, { ...data, unread: false })
  }, [client, id, data])
  if (data) return <Open kase={data} level={level} back={back} />
  return kase.error ? <Unavailable problem={kase.error} level={level} back={back} /> : <Loading rows={7} />
}

const Unavailable = ({ problem, level, back }: { problem: Error } & Omit<Props, 'id'>) => {
  const t = useSay()
  return (
    <>
      {level === 1 && <PageHeader title={t('case.unavailable')} hidden />}
      <EmptyState icon={<IconEyeOff size={34} stroke={1.2} />} title={t('case.unavailable')} text={sentenceOf(problem)}>
        <Button variant="default" onClick={back}>
          {t('notFound.back')}
        </Button>
      </EmptyState>
    </>
  )
}

type Keys = {
  root: React.RefObject<HTMLElement | null>
  write: (mode: Mode) => void
  solve: (goOn: boolean) => void
  back: () => void
}

const useCaseCommands = (kase: Case, { root, write, solve, back }: Keys) => {
  const change = useChangeCase()
  const follow = useFollow(kase)
  const { next } = useWorkingOn()
  const may = (what: Case['can'][number]) => kase.can.includes(what)
  useEscape(back)
  useCommands({
    back,
    reply: may('reply') && (() => write('reply')),
    heard: may('reply') && (() => write('heard')),
    note: may('note') && (() => write('note')),
    assign: may('assign') && (() => press(root.current, 'assignee')),
    assignMe: may('assign') && (() => change.mutate({ id: kase.id, assigneeId: 'me' })),
    status: may('change') && (() => press(root.current, 'status')),
    severity: may('change') && (() => press(root.current, 'severity')),
    team: may('assign') && (() => press(root.current, 'team')),
    kind: may('change') && (() => press(root.current, 'kind')),
    topic: may('change') && (() => press(root.current, 'topic')),
    stage: may('change') && (() => press(root.current, 'stage')),
    subject: may('change') && (() => press(root.current, 'subject')),
    confidential: may('mark_confidential') && (() => press(root.current, 'confidential')),
    tags: may('change') && (() => press(root.current, 'tags')),
    close: may('change') && (() => solve(false)),
    closeNext: may('change') && next !== null && (() => solve(true)),
    follow: follow.toggle,
  })
}

const Open = ({ kase, level, back }: { kase: Case } & Omit<Props, 'id'>) => {
  const t = useSay()
  const root = useRef<HTMLElement>(null)
  const [mode, setMode] = useState<{ mode: Mode; asked: number }>({
    mode: kase.can.includes('reply') ? 'reply' : 'note',
    asked: 0,
  })
  const [solving, setSolving] = useState<'stay' | 'next' | null>(null)
  const solve = (goOn: boolean) => setSolving(goOn ? 'next' : 'stay')
  const { next, playing } = useWorkingOn()
  const [writing, setWriting] = useState(false)
  const others = usePresence(kase.id, writing)
  const write = (next: Mode) => setMode(before => ({ mode: next, asked: before.asked + 1 }))
  useCaseCommands(kase, { root, write, solve, back })
  useEffect(() => {
    remember({ key: `/cases/${kase.id}`, label: `#${kase.number} ${kase.subject}`, path: `/cases/${kase.id}` })
  }, [kase.id, kase.number, kase.subject])
  useEffect(() => root.current?.querySelector<HTMLElement>('[data-heading]')?.focus({ preventScroll: true }), [])
  return (
    <article className="rp-case" ref={root} aria-label={t('case.label', { number: kase.number })}>
      <PlayingBar caseId={kase.id} />
      <CaseHeader kase={kase} level={level} back={back} solve={() => solve(false)} others={others} />
      <div className="rp-case-body">
        <div className="rp-case-talk">
          <Timeline kase={kase} />
          {(kase.can.includes('reply') || kase.can.includes('note')) && (
            <Composer kase={kase} mode={mode.mode} asked={mode.asked} setMode={write} setWriting={setWriting} />
          )}
        </div>
        <aside className="rp-case-side" aria-label={t('person.card')}>
          <PersonCard person={kase.person} kase={kase} />
          <Suspense fallback={null}>
            <ComplaintOf kase={kase} />
          </Suspense>
          <Suspense fallback={null}>
            <CaseProcedures kase={kase} />
          </Suspense>
          <PromisesOf kase={kase} />
          <Suspense fallback={null}>
            <BookingsOf kase={kase} />
          </Suspense>
          <Suspense fallback={null}>
            <AskedFor kase={kase} />
          </Suspense>
          <Suspense fallback={null}>
            <ReturnsOf caseId={kase.id} />
          </Suspense>
          <Beside kase={kase} />
          <Joined kase={kase} />
          <Suspense fallback={null}>
            <CaseReferrals kase={kase} />
          </Suspense>
        </aside>
      </div>
      {solving && (
        <SolveDialog
          kase={kase}
          close={() => setSolving(null)}
          solved={() => (solving === 'next' || playing) && next?.()}
        />
      )}
    </article>
  )
}
