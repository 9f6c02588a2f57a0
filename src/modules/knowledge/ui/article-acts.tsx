import { Button, Menu, Textarea } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { knowledge } from '../contract.ts'
import type { Article } from '../contract-shapes.ts'

const refresh = [knowledge.article, knowledge.articles, knowledge.articleVersions]

/** Gives it back with the reason, so that its writer knows what to do. */
const ReturnDialog = ({ article, close }: { article: Article; close: () => void }) => {
  const t = useSay()
  const [reason, setReason] = useState('')
  const act = useAct(knowledge.returnArticle, { quiet: true, refresh, done: close })
  return (
    <FormDialog
      title={t('return.title')}
      close={close}
      busy={act.isPending}
      ready={reason.trim() !== ''}
      action={t('return.act')}
      onSubmit={event => {
        event.preventDefault()
        act.mutate({ id: article.id, version: article.version, reason: reason.trim() })
      }}
    >
      <ProblemNote problem={act.error} shown={['reason']} />
      <Textarea
        label={t('return.reason')}
        value={reason}
        onChange={event => setReason(event.currentTarget.value)}
        maxLength={1000}
        autosize
        minRows={3}
        data-autofocus
      />
    </FormDialog>
  )
}

/** What may be done with an article now: the next step as a button, the rest in a menu. */
export const ArticleActs = ({ article }: { article: Article }) => {
  const t = useSay()
  const [returning, setReturning] = useState(false)
  const may = (what: Article['can'][number]) => article.can.includes(what)
  const asked = { id: article.id, version: article.version }
  const said = (key: Parameters<typeof t>[0]) => ({ refresh, done: () => told(t(key), 'article') })
  const submit = useAct(knowledge.submitArticle, said('acts.submitted'))
  const approve = useAct(knowledge.approveArticle, said('acts.approved'))
  const publish = useAct(knowledge.publishArticle, said('acts.published'))
  const archive = useAct(knowledge.archiveArticle, said('acts.archived'))
  const restore = useAct(knowledge.restoreArticle, said('acts.restored'))
  if (article.can.length === 0) return null
  const first = may('approve') || may('publish') || may('submit')
  return (
    <>
      {may('edit') && (
        <Button component={Link} to={`/knowledge/${article.id}/edit`} variant={first ? 'default' : 'filled'}>
          {t('action.edit')}
        </Button>
      )}
      {may('submit') && (
        <Button loading={submit.isPending} onClick={() => submit.mutate(asked)}>
          {t('acts.submit')}
        </Button>
      )}
      {may('return') && (
        <Button variant="default" onClick={() => setReturning(true)}>
          {t('return.act')}
        </Button>
      )}
      {may('approve') && (
        <Button loading={approve.isPending} onClick={() => approve.mutate({ ...asked, publish: true })}>
          {t('acts.approvePublish')}
        </Button>
      )}
      {may('publish') && (
        <Button loading={publish.isPending} onClick={() => publish.mutate(asked)}>
          {t('acts.publish')}
        </Button>
      )}
      {may('restore') && (
        <Button loading={restore.isPending} onClick={() => restore.mutate(asked)}>
          {t('acts.restore')}
        </Button>
      )}
      {(may('approve') || may('archive')) && (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button variant="default" px={8} aria-label={t('acts.more')}>
              <IconDots size={16} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {may('approve') && (
              <Menu.Item onClick={() => approve.mutate({ ...asked, publish: false })}>{t('acts.approve')}</Menu.Item>
            )}
            {may('archive') && <Menu.Item onClick={() => archive.mutate(asked)}>{t('acts.archive')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
      {returning && <ReturnDialog article={article} close={() => setReturning(false)} />}
    </>
  )
}
