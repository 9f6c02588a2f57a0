import { MultiSelect, NativeSelect, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useSay } from '../../../ui/language/index.ts'
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

type Props = { form: UseFormReturnType<Values>; fixedLanguage: boolean }

/** What an article is and for whom, who looks after it, and what it is about. */
export const ArticleFields = ({ form, fixedLanguage }: Props) => {
  const t = useSay()
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
      </div>
      <div className="rp-columns">
        <NativeSelect label={t('article.owner')} data={owners} {...form.getInputProps('ownerId')} />
        <TextInput type="date" label={t('article.reviewOn')} {...form.getInputProps('reviewOn')} />
        <NativeSelect
          label={t('article.language')}
          disabled={fixedLanguage}
          data={languages.map(value => ({ value, label: languageName(value) }))}
          {...form.getInputProps('language')}
        />
      </div>
    </>
  )
}
