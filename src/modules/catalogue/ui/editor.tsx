import './catalogue.css'
import { Button } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { Link, useNavigate, useParams } from 'react-router'
import { minorOf } from '../../../shared/money.ts'
import { useAct, useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { type AttributeValue, catalogue, type Fault, families, type Press, type Product } from '../contract.ts'
import { AboutFields, FeatureFields, KnowFields } from './editor-fields.tsx'
import { AlternativeRows, FaultRows, PressRows } from './editor-lists.tsx'
import { PictureRows } from './picture-rows.tsx'

export type Chosen = { productId: number; name: string; bothWays: boolean; note: string }
export type Values = {
  name: string
  number: string
  kind: Product['kind']
  familyId: string
  barcode: string
  price: number | ''
  currency: string
  quality: string
  description: string
  packaging: string
  guarantee: string
  warnings: string
  safety: string
  url: string
  discontinued: boolean
  attributes: Record<string, AttributeValue | null>
  faults: Fault[]
  press: Press[]
  alternatives: Chosen[]
}
export type Form = UseFormReturnType<Values>

const digits = (currency: string) => minorOf(1, currency)

const start = (product: Product | null, usual: string): Values => ({
  name: product?.name ?? '',
  number: product?.number ?? '',
  kind: product?.kind ?? 'product',
  familyId: product?.familyId ? String(product.familyId) : '',
  barcode: product?.barcode ?? '',
  price: product?.priceMinor === null || !product ? '' : product.priceMinor / digits(product.currency),
  currency: product?.currency ?? usual,
  quality: product?.quality ?? '',
  description: product?.description ?? '',
  packaging: product?.packaging ?? '',
  guarantee: product?.guarantee ?? '',
  warnings: product?.warnings ?? '',
  safety: product?.safety ?? '',
  url: product?.url ?? '',
  discontinued: product?.discontinuedAt !== null && product !== null,
  attributes: product?.attributes ?? {},
  faults: product?.faults ?? [],
  press: product?.press ?? [],
  alternatives: (product?.alternatives ?? []).map(({ productId, name, bothWays, note }) => ({
    productId,
    name,
    bothWays,
    note,
  })),
})

/** What is sent: of the features only those that the chosen family declares. */
const inputOf = (values: Values, declared: readonly string[]) => {
  const { price, familyId, barcode, discontinued: _, alternatives, attributes, ...plain } = values
  return {
    ...plain,
    familyId: familyId ? Number(familyId) : null,
    barcode: barcode.trim() || null,
    priceMinor: price === '' ? null : minorOf(price, values.currency),
    attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => declared.includes(key))),
    alternatives: alternatives.map(({ name: _name, ...one }) => one),
  }
}

const useSaving = (product: Product | null, form: Form, declared: readonly string[]) => {
  const t = useSay()
  const go = useNavigate()
  const done = ({ id }: Product) => {
    told(t('action.saved'), 'product')
    void go(`/catalogue/${id}`)
  }
  const options = { quiet: true, refresh: [catalogue.list, catalogue.get, families.families], done }
  const add = useAct(catalogue.add, options)
  const change = useAct(catalogue.change, options)
  const submit = form.onSubmit(values => {
    const input = inputOf(values, declared)
    const onError = (problem: Parameters<typeof showFieldErrors>[1]) =>
      showFieldErrors(form, problem.errors.some(error => error.field === 'priceMinor') ? renamed(problem) : problem)
    if (product)
      change.mutate(
        { id: product.id, version: product.version, ...input, discontinued: values.discontinued },
        { onError },
      )
    else add.mutate(input, { onError })
  })
  return { submit, busy: add.isPending || change.isPending, problem: add.error ?? change.error }
}

/** The price is typed in pounds and sent in pence. */
const renamed = <P extends { errors: { field: string; message: string }[] }>(problem: P): P => {
  for (const error of problem.errors) if (error.field === 'priceMinor') error.field = 'price'
  return problem
}

const Editor = ({ product }: { product: Product | null }) => {
  const t = useSay()
  const { currency } = useMe().organisation
  const form = useForm<Values>({ initialValues: start(product, currency) })
  const all = useCall(families.families, {}, { staleTime: 5 * 60_000 }).data?.items ?? []
  const family = all.find(one => String(one.id) === form.values.familyId)
  const declared = (family?.attributes ?? []).map(one => one.key)
  const { submit, busy, problem } = useSaving(product, form, declared)
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={product ? t('productForm.edit', { name: product.name }) : t('productForm.add')} />
      <form onSubmit={submit} className="rp-stack" style={{ gap: 20 }}>
        <ProblemNote problem={problem} shown={Object.keys(form.values)} />
        <Section title={t('productForm.about')}>
          <AboutFields form={form} families={all} isNew={product === null} />
        </Section>
        {family && family.attributes.length > 0 && (
          <Section title={t('product.features')}>
            <FeatureFields form={form} attributes={family.attributes} />
          </Section>
        )}
        <Section title={t('productForm.know')}>
          <KnowFields form={form} />
        </Section>
        <Section title={t('product.faults')}>
          <FaultRows form={form} />
        </Section>
        <Section title={t('product.alternatives')} lead={t('productForm.alternativesText')}>
          <AlternativeRows form={form} />
        </Section>
        <Section title={t('product.press')}>
          <PressRows form={form} />
        </Section>
        {product && (
          <Section title={t('productForm.pictures')}>
            <PictureRows product={product} />
          </Section>
        )}
        <div className="rp-actions" data-end>
          <Button variant="default" component={Link} to={product ? `/catalogue/${product.id}` : '/catalogue'}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </div>
  )
}

export const NewProduct = () => <Editor product={null} />

export const EditProduct = () => {
  const { id = '' } = useParams()
  const number = /^\d+$/.test(id) ? Number(id) : null
  const product = useCall(catalogue.get, { id: number ?? 0 }, { enabled: number !== null })
  if (number === null || product.error) return <NotFound />
  return product.data ? <Editor key={number} product={product.data} /> : <Loading rows={8} />
}
