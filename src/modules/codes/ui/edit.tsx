import './codes.css'
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { identity } from '../../identity/contract.ts'
import { codes } from '../contract.ts'
import { type Clause, type Code, type Content, jurisdictions, levels } from '../contract-shapes.ts'
import { ClauseFields } from './clause-fields.tsx'

const blank: Content = {
  name: '',
  level: 'organisation',
  scope: '',
  limits: '',
  definitions: '',
  contact: '',
  jurisdiction: 'uk',
  clauses: [],
}

const nextKey = (clauses: readonly Clause[]): string => {
  for (let n = clauses.length + 1; ; n++)
    if (!clauses.some(clause => clause.key === `clause_${n}`)) return `clause_${n}`
}

type Placing = { ownerId: number | undefined; reviewOn: string }

const Facts = ({ content, set }: { content: Content; set: (more: Partial<Content>) => void }) => {
  const t = useSay()
  return (
    <>
      <div className="rp-columns">
        <TextInput
          label={t('words.name')}
          maxLength={150}
          required
          withAsterisk={false}
          value={content.name}
          onChange={event => set({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('codes.level')}
          data={levels.map(value => ({ value, label: t(`codes.level.${value}`) }))}
          value={content.level}
          onChange={event => set({ level: event.currentTarget.value as Content['level'] })}
        />
        <NativeSelect
          label={t('codes.jurisdiction')}
          data={jurisdictions.map(value => ({ value, label: t(`codes.jurisdiction.${value}`) }))}
          value={content.jurisdiction}
          onChange={event => set({ jurisdiction: event.currentTarget.value as Content['jurisdiction'] })}
        />
      </div>
      {(['scope', 'limits', 'definitions', 'contact'] as const).map(key => (
        <Textarea
          key={key}
          label={t(`codes.${key}`)}
          autosize
          maxLength={key === 'contact' ? 300 : 1000}
          value={content[key]}
          onChange={event => set({ [key]: event.currentTarget.value })}
        />
      ))}
    </>
  )
}

const Place = ({ placing, set }: { placing: Placing; set: (more: Partial<Placing>) => void }) => {
  const t = useSay()
  const staff = useCall(identity.staff, {}, { staleTime: 5 * 60_000 }).data?.items ?? []
  return (
    <div className="rp-columns">
      <NativeSelect
        label={t('codes.owner')}
        data={[
          { value: '', label: t('codes.me') },
          ...staff.filter(one => one.endedAt === null).map(one => ({ value: String(one.id), label: one.name })),
        ]}
        value={String(placing.ownerId ?? '')}
        onChange={event => set({ ownerId: Number(event.currentTarget.value) || undefined })}
      />
      <TextInput
        type="date"
        label={t('codes.reviewOn')}
        value={placing.reviewOn}
        onChange={event => set({ reviewOn: event.currentTarget.value })}
      />
    </div>
  )
}

type FormProps = { begin: Content; place: Placing; code: Code | null }

const Form = ({ begin, place, code }: FormProps) => {
  const t = useSay()
  const go = useNavigate()
  const [content, setContent] = useState(begin)
  const [placing, setPlacing] = useState(place)
  const set = (more: Partial<Content>) => setContent(before => ({ ...before, ...more }))
  const options = {
    quiet: true,
    refresh: [codes.codes, codes.code],
    done: ({ id }: Code) => {
      told(t('action.saved'))
      void go(`/codes/${id}`)
    },
  }
  const add = useAct(codes.addCode, options)
  const change = useAct(codes.changeCode, options)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const reviewOn = placing.reviewOn || null
    const owner = placing.ownerId === undefined ? {} : { ownerId: placing.ownerId }
    if (code) change.mutate({ id: code.id, version: code.version, content, reviewOn, ...owner })
    else add.mutate({ ...content, reviewOn, ...owner })
  }
  return (
    <form className="rp-page rp-stack" data-narrow onSubmit={submit}>
      <PageHeader title={code ? t('codes.editTitle', { name: code.name }) : t('codes.add')}>
        <Button variant="default" onClick={() => void go(code ? `/codes/${code.id}` : '/codes')}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={add.isPending || change.isPending} disabled={content.name.trim() === ''}>
          {t('codes.save')}
        </Button>
      </PageHeader>
      <ProblemNote problem={add.error ?? change.error} />
      <Facts content={content} set={set} />
      <Place placing={placing} set={more => setPlacing(before => ({ ...before, ...more }))} />
      <Section title={t('codes.clausesTitle')} lead={t('codes.clausesLead')}>
        <ol className="rp-clause-cards">
          {content.clauses.map((clause, at) => (
            <ClauseFields
              key={clause.key}
              clause={clause}
              number={at + 1}
              set={next => set({ clauses: content.clauses.map(one => (one.key === clause.key ? next : one)) })}
              remove={() => set({ clauses: content.clauses.filter(one => one.key !== clause.key) })}
            />
          ))}
        </ol>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() =>
            set({
              clauses: [
                ...content.clauses,
                {
                  key: nextKey(content.clauses),
                  part: content.clauses.at(-1)?.part ?? 'staff',
                  text: '',
                  promise: null,
                },
              ],
            })
          }
        >
          {t('codes.addClause')}
        </Button>
      </Section>
    </form>
  )
}

export const NewCode = () => <Form begin={blank} place={{ ownerId: undefined, reviewOn: '' }} code={null} />

/** Writes the draft of a code; what is published stays until the draft is. */
export const EditCode = () => {
  const t = useSay()
  const id = Number(useParams().id)
  const code = useCall(codes.code, { id }, { refetchOnMount: 'always' })
  if (code.data && !code.isFetching)
    return (
      <Form
        key={code.data.version}
        begin={code.data.draft}
        place={{ ownerId: code.data.owner.id, reviewOn: code.data.reviewOn ?? '' }}
        code={code.data}
      />
    )
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('codes.title')} />
      {code.error ? <ProblemNote problem={code.error} /> : <Loading rows={6} />}
    </div>
  )
}
