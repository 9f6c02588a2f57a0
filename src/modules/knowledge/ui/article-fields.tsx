import { MultiSelect, NativeSelect, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { catalogue } from '../../catalogue/contract.ts'
import type { Values } from './article-form.ts'
import {
  languageName,
  languages,
  useAudienceOptions,
  useKindOptions,
  useOwnerOptions,
  useSourceOptions,
  useTeamOptions,
  useTopicOptions,
} from './choices.ts'

type Option = { id: number; name: string }
type Props = { form: UseFormReturnType<Values>; fixedLanguage: boolean; products: readonly Option[] }

/** Products by name, found as one types; those chosen already are known from the article. */
const Products = ({ form, products }: Pick<Props, 'form' | 'products'>) => {
  const t = useSay()
  const [search, setSearch] = useState('')
  const [q] = useDebouncedValue(search.trim(), 200)
  const found = useCall(catalogue.list, { limit: 20, ...(q ? { q } : {}) })
  const [known, setKnown] = useState(() => new Map(products.map(one => [String(one.id), one.name])))
  const options = new Map([...known, ...(found.data?.items ?? []).map(one => [String(one.id), one.name] as const)])
  const { onChange, ...props } = form.getInputProps('productIds')
  return (
    <MultiSelect
      label={t('article.products')}
      data={[...options].map(([value, label]) => ({ value, label }))}
      filter={({ options: all }) => all}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={t('pick.none')}
      {...props}
      onChange={(ids: string[]) => {
        setKnown(new Map(ids.map(id => [id, options.get(id) ?? id])))
        onChange(ids)
      }}
    />
  )
}

/** What an article is and for whom, who looks after it, and what it is about. */
export const ArticleFields = ({ form, fixedLanguage, products }: Props) => {
  const t = useSay()
  const may = useMay()
  const teams = useTeamOptions()
  const [kinds, sources, audiences] = [useKindOptions(), useSourceOptions(), useAudienceOptions()]
  const [owners, topics] = [useOwnerOptions(), useTopicOptions()]
  const { audience } = form.values
  return (
    <>
      <div className="rp-columns">
        <NativeSelect
          label={t('article.kind')}
          description={t(`article.kindText.${form.values.kind as 'informative'}`)}
          data={kinds}
          {...form.getInputProps('kind')}
        />
        <NativeSelect
          label={t('article.for')}
          description={t(`article.audienceText.${audience as 'public'}`)}
          data={audiences}
          {...form.getInputProps('audience')}
        />
        {audience === 'team' && (
          <NativeSelect
            label={t('article.team')}
            description={t('article.teamText')}
            data={[{ value: '', label: t('article.chooseTeam') }, ...teams]}
            {...form.getInputProps('teamId')}
          />
        )}
      </div>
      <div className="rp-columns">
        <NativeSelect label={t('article.source')} data={sources} {...form.getInputProps('source')} />
        <MultiSelect
          label={t('article.topics')}
          data={topics}
          searchable
          clearable
          nothingFoundMessage={t('pick.none')}
          clearButtonProps={{ 'aria-label': t('article.noTopics') }}
          {...form.getInputProps('topicIds')}
        />
        {may('catalogue.read') && <Products form={form} products={products} />}
      </div>
      <div className="rp-columns">
        <NativeSelect label={t('article.owner')} data={owners} {...form.getInputProps('ownerId')} />
        <TextInput type="date" label={t('article.reviewOn')} {...form.getInputProps('reviewOn')} />
        <NativeSelect
          label={t('article.language')}
          disabled={fixedLanguage}
          // Each language is called by its own name, whatever the screen speaks.
          translate="no"
          data={languages.map(value => ({ value, label: languageName(value) }))}
          {...form.getInputProps('language')}
        />
      </div>
    </>
  )
}
