import './purchases.css'
import { Progress } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { keyOf, type Problem, useAct } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { inNumbers, TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { type PurchaseImport, purchaseImports } from '../contract.ts'
import { ImportActs } from './import-acts.tsx'
import { isBusy, isSending, useFollowed } from './import-following.ts'
import { ImportReport } from './import-report.tsx'
import { ImportRows } from './import-rows.tsx'
import { ImportState } from './import-state.tsx'

const useSentence = () => {
  const t = useSay()
  return (one: PurchaseImport): string => {
    const { id, state, rows, purchases, lines, returned, sold, cancelled } = one
    const n = { n: inNumbers(rows) }
    if (state === 'reading') return t(isSending(id) ? 'purchaseImport.reading' : 'purchaseImport.readingElsewhere', n)
    if (state === 'read') return t(sold + cancelled > 0 ? 'purchaseImport.readText' : 'purchaseImport.nothing')
    if (state === 'done') {
      const counts = { purchases: inNumbers(purchases), lines: inNumbers(lines), returned: inNumbers(returned) }
      return t('purchaseImport.doneText', counts)
    }
    return state === 'failed' ? t('purchaseImport.failed') : t(`purchaseImport.${state}`)
  }
}

const toneOf = ({ state, sold, cancelled }: PurchaseImport) =>
  state === 'failed' ? 'bad' : state === 'done' ? 'good' : state === 'read' && sold + cancelled === 0 ? 'note' : 'info'

/** How far it is, in a sentence; one that is being read or written says so by itself. */
const Standing = ({ one }: { one: PurchaseImport }) => {
  const said = useSentence()(one)
  return (
    <div role="status">
      <Notice tone={toneOf(one)}>
        <p>{said}</p>
        {one.problem && <p>{one.problem}</p>}
        {isBusy(one) && <Progress value={100} animated size="sm" mt={8} aria-label={said} />}
      </Notice>
    </div>
  )
}

const Shown = ({ one }: { one: PurchaseImport }) => {
  const t = useSay()
  const client = useQueryClient()
  // What is under way is followed at once, not after the next reading.
  const done = (now: PurchaseImport) => client.setQueryData(keyOf(purchaseImports.getImport, { id: one.id }), now)
  const options = { quiet: true, refresh: [purchaseImports.imports], done }
  const write = useAct(purchaseImports.write, options)
  const undo = useAct(purchaseImports.undo, options)
  const problem: Problem | null = write.error ?? undo.error
  const told = one.state === 'read' || one.state === 'done'
  return (
    <div className="rp-page">
      <PageHeader
        title={one.name}
        lead={
          <>
            <ImportState state={one.state} />{' '}
            {[one.source, one.by && t('purchaseImport.by', { name: one.by.name })].filter(Boolean).join(' · ')} ·{' '}
            <TimeAgo at={one.createdAt} />
          </>
        }
      >
        <ImportActs
          one={one}
          write={() => write.mutate({ id: one.id })}
          undo={() => undo.mutate({ id: one.id })}
          busy={write.isPending || undo.isPending}
        />
      </PageHeader>
      <div className="rp-stack" style={{ gap: 20 }}>
        <ProblemNote problem={problem} />
        <Standing one={one} />
        {(told || one.state === 'writing') && <ImportReport one={one} />}
        {told && <ImportRows one={one} />}
      </div>
    </div>
  )
}

/** One file: read, looked at, brought in, taken back. */
export const ImportPage = () => {
  const t = useSay()
  const { id = '' } = useParams()
  const number = /^\d+$/.test(id) ? Number(id) : null
  const found = useFollowed(number)
  if (number === null) return <NotFound />
  if (found.data) return <Shown key={number} one={found.data} />
  if (found.error)
    return (
      <>
        <PageHeader title={t('purchaseImport.unavailable')} hidden />
        <EmptyState title={t('purchaseImport.unavailable')} text={sentenceOf(found.error)} />
      </>
    )
  return <Loading rows={5} />
}
